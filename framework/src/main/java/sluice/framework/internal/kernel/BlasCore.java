package sluice.framework.internal.kernel;

import com.google.common.base.Splitter;
import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which kernels OpenBLAS uses. The OpenBLAS that ND4J brings does not know recent CPUs and falls back to its slowest
 * kernels; naming the core type in OPENBLAS_CORETYPE mends that, if it happens before the native library loads. A
 * user's own setting wins.
 */
final class BlasCore {
    private static final Logger log = LoggerFactory.getLogger(BlasCore.class);
    private static final String VARIABLE = "OPENBLAS_CORETYPE";

    private BlasCore() {}

    /**
     * Chooses the core type from the CPU's flags and sets it in this process's environment.
     *
     * @return the core type in force, or "default" where OpenBLAS decides by itself
     */
    static String choose() {
        String own = System.getenv(VARIABLE);
        if (own != null && !own.isBlank()) {
            log.debug("{}={}, set by the user", VARIABLE, own);
            return own;
        }
        Optional<String> fitting = coreType(cpuFlags(Path.of("/proc/cpuinfo")));
        if (fitting.isEmpty() || !setEnvironment(fitting.get())) {
            log.debug("{} left to OpenBLAS", VARIABLE);
            return "default";
        }
        log.debug("{}={}, chosen from the CPU's flags", VARIABLE, fitting.get());
        return fitting.get();
    }

    /** The best of OpenBLAS 0.3.19's x86-64 kernels that these flags can run. */
    static Optional<String> coreType(Set<String> flags) {
        if (flags.containsAll(Set.of("avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"))) {
            return Optional.of(flags.contains("avx512_bf16") ? "Cooperlake" : "SkylakeX");
        }
        if (flags.containsAll(Set.of("avx2", "fma"))) {
            return Optional.of("Haswell");
        }
        return Optional.empty();
    }

    static Set<String> cpuFlags(Path cpuInfo) {
        try (Stream<String> lines = Files.lines(cpuInfo)) {
            return lines.filter(line -> line.startsWith("flags"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .map(flags -> Set.copyOf(Splitter.on(' ').omitEmptyStrings().splitToList(flags)))
                    .orElse(Set.of());
        } catch (IOException absent) {
            return Set.of();
        }
    }

    private static boolean setEnvironment(String coreType) {
        try {
            Function setenv = NativeLibrary.getInstance(null).getFunction("setenv");
            return setenv.invokeInt(new Object[] {VARIABLE, coreType, 1}) == 0;
        } catch (LinkageError absent) {
            log.debug("no setenv in this C library", absent);
            return false;
        }
    }
}
