package sluice.framework.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhysicalCoresTest {
    @TempDir
    private Path folder;

    private static String processor(int number, int physicalId, int coreId) {
        return """
                processor\t: %d
                model name\t: Example CPU
                physical id\t: %d
                siblings\t: 4
                core id\t\t: %d
                cpu cores\t: 2

                """.formatted(number, physicalId, coreId);
    }

    private Path cpuInfo(String... processors) throws IOException {
        return Files.writeString(folder.resolve("cpuinfo"), String.join("", processors));
    }

    @Test
    void siblingsOnOneCoreCountOnce() throws IOException {
        Path smt = cpuInfo(processor(0, 0, 0), processor(1, 0, 1), processor(2, 0, 0), processor(3, 0, 1));

        assertThat(PhysicalCores.count(smt, 4)).isEqualTo(2);
    }

    @Test
    void coresOfTwoSocketsMayHaveTheSameNumber() throws IOException {
        Path twoSockets = cpuInfo(processor(0, 0, 0), processor(1, 0, 1), processor(2, 1, 0), processor(3, 1, 1));

        assertThat(PhysicalCores.count(twoSockets, 4)).isEqualTo(4);
    }

    @Test
    void coresThatTheProcessMayNotUseDoNotCount() throws IOException {
        Path four = cpuInfo(processor(0, 0, 0), processor(1, 0, 1), processor(2, 0, 2), processor(3, 0, 3));

        assertThat(PhysicalCores.count(four, 3)).isEqualTo(3);
    }

    @Test
    void withoutCoreIdsEveryProcessorCounts() throws IOException {
        Path arm = cpuInfo("processor\t: 0\nBogoMIPS\t: 50.00\n\n", "processor\t: 1\nBogoMIPS\t: 50.00\n\n");

        assertThat(PhysicalCores.count(arm, 2)).isEqualTo(2);
    }

    @Test
    void aPlatformWithoutCpuInfoCountsProcessors() {
        assertThat(PhysicalCores.count(folder.resolve("absent"), 6)).isEqualTo(6);
    }

    @Test
    void thisMachineHasBetweenOneCoreAndOnePerProcessor() {
        assertThat(PhysicalCores.count()).isBetween(1, Runtime.getRuntime().availableProcessors());
    }
}
