package sluice.framework.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import sluice.framework.internal.kernel.Blas;

/** What the run ran on, for its record. */
final class Machine {
    private Machine() {}

    static Map<String, String> versions() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("sluice", SluiceVersion.get());
        versions.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        versions.put("nd4j", Blas.nd4jVersion());
        versions.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        return versions;
    }

    static Map<String, Object> description(int threads) {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("cpu", cpu());
        description.put("processors", Runtime.getRuntime().availableProcessors());
        description.put("blas_core_type", Blas.coreType());
        description.put("blas_threads", threads);
        return description;
    }

    /** Most memory that this process had resident, as Linux tells it. */
    static OptionalLong peakBytes() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst();
        } catch (IOException elsewhere) {
            return OptionalLong.empty();
        }
    }

    private static String cpu() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException elsewhere) {
            return System.getProperty("os.arch");
        }
    }
}
