package sluice.framework.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlasCoreTest {
    private static final Set<String> AVX512 =
            Set.of("avx2", "fma", "avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl");

    @TempDir
    private Path folder;

    @Test
    void eachSetOfFlagsGetsTheWidestKernelsItCanRun() {
        Set<String> bfloat = new HashSet<>(AVX512);
        bfloat.add("avx512_bf16");

        assertThat(BlasCore.coreType(bfloat)).contains("Cooperlake");
        assertThat(BlasCore.coreType(AVX512)).contains("SkylakeX");
        assertThat(BlasCore.coreType(Set.of("avx2", "fma", "avx512f"))).contains("Haswell");
        assertThat(BlasCore.coreType(Set.of("avx2"))).isEmpty();
        assertThat(BlasCore.coreType(Set.of())).isEmpty();
    }

    @Test
    void flagsAreReadFromTheFirstProcessor() throws IOException {
        Path cpuInfo = Files.writeString(folder.resolve("cpuinfo"), "processor\t: 0\nflags\t\t: fpu avx2  fma\n");

        assertThat(BlasCore.cpuFlags(cpuInfo)).containsExactlyInAnyOrder("fpu", "avx2", "fma");
    }

    @Test
    void aPlatformWithoutCpuInfoHasNoFlags() {
        assertThat(BlasCore.cpuFlags(folder.resolve("absent"))).isEmpty();
    }
}
