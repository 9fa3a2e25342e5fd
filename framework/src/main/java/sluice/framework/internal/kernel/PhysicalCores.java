package sluice.framework.internal.kernel;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How many cores this process may compute on. Processors that share a core (SMT) share its multipliers, so a second
 * thread on one gains a matrix multiply nothing.
 */
final class PhysicalCores {
    private static final Splitter PROCESSORS = Splitter.on("\n\n").omitEmptyStrings();
    private static final Splitter LINES = Splitter.on('\n');

    private PhysicalCores() {}

    /** Cores as /proc/cpuinfo numbers them; where it is absent or does not, every processor counts as one. */
    static int count() {
        return count(Path.of("/proc/cpuinfo"), Runtime.getRuntime().availableProcessors());
    }

    /**
     * {@return unique pairs of the two ids, never more than available}
     *
     * @param cpuInfo lists the machine's processors, with or without "physical id" and "core id" of each
     * @param available how many of them this process may use
     */
    static int count(Path cpuInfo, int available) {
        try {
            Set<List<String>> cores = PROCESSORS
                    .splitToStream(Files.readString(cpuInfo))
                    .map(PhysicalCores::ids)
                    .filter(ids -> ids.size() == 2)
                    .collect(Collectors.toSet());
            return cores.isEmpty() ? available : Math.min(cores.size(), available);
        } catch (IOException absent) {
            return available;
        }
    }

    private static List<String> ids(String processor) {
        return LINES.splitToStream(processor)
                .filter(line -> line.startsWith("physical id") || line.startsWith("core id"))
                .toList();
    }
}
