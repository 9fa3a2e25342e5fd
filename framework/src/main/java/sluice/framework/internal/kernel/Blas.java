package sluice.framework.internal.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.factory.Nd4j;

/** The OpenBLAS that ND4J brings: loaded once, with the kernels that fit this CPU. {@link Gemm} calls it. */
public final class Blas {
    private static final Start STARTED = start();

    private Blas() {}

    /** What came of loading; one failure stays one, as a library cannot be loaded again. */
    private sealed interface Start {
        record Done(String coreType) implements Start {}

        record Failed(Throwable cause) implements Start {}
    }

    private static Start start() {
        try {
            return new Start.Done(load());
        } catch (LinkageError | RuntimeException unloadable) {
            return new Start.Failed(unloadable);
        }
    }

    private static String load() {
        String coreType = BlasCore.choose();
        // ND4J reports its backend, version and environment on start, through loggers and properties of its own.
        System.setProperty("org.nd4j.log.initialization", "false");
        Nd4j.getBackend();
        // one thread per call: Lanes share the work out
        openblas.blas_set_num_threads(1);
        return coreType;
    }

    /**
     * Loads the native library, once, with the kernels that fit this CPU.
     *
     * @return the OpenBLAS core type in force
     * @throws NativeLibraryException if it cannot be loaded on this machine
     */
    public static String coreType() {
        if (STARTED instanceof Start.Failed failed) {
            throw new NativeLibraryException(failed.cause());
        }
        return ((Start.Done) STARTED).coreType();
    }

    /** Whether the kernels in force have a variant for small matrices, which does without packing them. */
    static boolean hasSmallKernels() {
        return coreType().equals("SkylakeX") || coreType().equals("Cooperlake");
    }

    /** {@return the version of ND4J} */
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
}
