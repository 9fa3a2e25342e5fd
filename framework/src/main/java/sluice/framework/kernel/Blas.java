package sluice.framework.kernel;

import static com.google.common.base.Preconditions.checkArgument;
import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.factory.Nd4j;

/** Single-precision matrix multiply by the OpenBLAS that ND4J brings, on ND4J's buffers. */
public final class Blas {
    private static final int LARGEST_COUNT = 256;
    /** What this OpenBLAS is built for: it takes a larger count for this one. */
    private static final int MOST_THREADS = 64;

    private static volatile int threads;
    private static final String CORE_TYPE = start();

    private Blas() {}

    private static String start() {
        String coreType = BlasCore.choose();
        // ND4J reports its backend, version and environment on start, through loggers and properties of its own.
        System.setProperty("org.nd4j.log.initialization", "false");
        Nd4j.getBackend();
        useThreads(usualThreads());
        return coreType;
    }

    /**
     * @return threads where nobody asks for a number: OPENBLAS_NUM_THREADS where the user set it, else one per physical
     *     core; 64 at the most
     */
    public static int usualThreads() {
        String own = System.getenv("OPENBLAS_NUM_THREADS");
        int wanted = own != null && own.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(own) : PhysicalCores.count();
        return Math.min(wanted, MOST_THREADS);
    }

    /**
     * Sets the threads of every matrix multiply of this process from now on; not to be called while one is running. The
     * bits of a product depend on it.
     *
     * @param count how many, in [1, 256]; more than 64 are taken for 64, which this OpenBLAS is built for
     * @throws IllegalArgumentException if the count is out of range
     */
    public static synchronized void useThreads(int count) {
        checkArgument(count >= 1 && count <= LARGEST_COUNT, "threads must be in [1, %s], got %s", LARGEST_COUNT, count);
        threads = Math.min(count, MOST_THREADS);
        openblas.blas_set_num_threads(threads);
    }

    /**
     * Loads the native library, once, with the kernels that fit this CPU.
     *
     * @return the OpenBLAS core type in force
     */
    public static String coreType() {
        return CORE_TYPE;
    }

    /**
     * @return threads of the matrix multiply in force: {@link #usualThreads} until {@link #useThreads} sets others
     */
    public static int threads() {
        return threads;
    }

    /**
     * @return the version of ND4J
     */
    public static String nd4jVersion() {
        Properties properties = new Properties();
        try (InputStream in = Nd4j.class.getResourceAsStream("/META-INF/maven/org.nd4j/nd4j-api/pom.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException unreadable) {
            return "unknown";
        }
        return properties.getProperty("version", "unknown");
    }

    /**
     * {@code c = a b^T}.
     *
     * @param a [m, k]
     * @param b [n, k]
     * @param c [m, n], overwritten
     * @param m rows of c
     * @param n columns of c
     * @param k terms per sum; 0 makes c zero
     */
    public static void multiplyTransposed(NativeMatrix a, NativeMatrix b, NativeMatrix c, int m, int n, int k) {
        multiply(CblasNoTrans, CblasTrans, a, b, c, m, n, k);
    }

    /**
     * {@code c = a b}.
     *
     * @param a [m, k]
     * @param b [k, n]
     * @param c [m, n], overwritten
     * @param m rows of c
     * @param n columns of c
     * @param k terms per sum; 0 makes c zero
     */
    public static void multiply(NativeMatrix a, NativeMatrix b, NativeMatrix c, int m, int n, int k) {
        multiply(CblasNoTrans, CblasNoTrans, a, b, c, m, n, k);
    }

    /**
     * {@code c = a^T b}.
     *
     * @param a [k, m]
     * @param b [k, n]
     * @param c [m, n], overwritten
     * @param m rows of c
     * @param n columns of c
     * @param k terms per sum; 0 makes c zero
     */
    public static void transposedMultiply(NativeMatrix a, NativeMatrix b, NativeMatrix c, int m, int n, int k) {
        multiply(CblasTrans, CblasNoTrans, a, b, c, m, n, k);
    }

    private static void multiply(
            int transposeA, int transposeB, NativeMatrix a, NativeMatrix b, NativeMatrix c, int m, int n, int k) {
        if (m == 0 || n == 0) {
            return;
        }
        if (k == 0) {
            c.fillZero(m, n);
            return;
        }
        openblas.cblas_sgemm(
                CblasRowMajor,
                transposeA,
                transposeB,
                m,
                n,
                k,
                1f,
                a.pointer(),
                a.stride(),
                b.pointer(),
                b.stride(),
                0f,
                c.pointer(),
                c.stride());
    }
}
