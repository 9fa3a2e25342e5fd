package sluice.framework.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Machine code that cannot be loaded, as from a folder on a file system from which programs may not run. */
@Tag("slow")
class NativeLibraryTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"run split-digits --out OUT", "run split-digits --set strategy=ewc --out OUT"})
    void oneLineNamesTheFolderAndTheWayOut(String command) throws Exception {
        Path cache = folder.resolve("cache");
        Process process = new ProcessBuilder(JavaProcess.sluice(
                        command.replace("OUT", folder.resolve("out").toString()),
                        "-Dorg.bytedeco.javacpp.cachedir=" + cache,
                        "-Dorg.bytedeco.javacpp.platform=linux-none"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();

        String err = new String(process.getErrorStream().readAllBytes(), UTF_8);

        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(err)
                .hasLineCount(1)
                .startsWith("sluice: the native libraries cannot be loaded from " + cache)
                .contains("SLUICE_JAVA_OPTS=-Dorg.bytedeco.javacpp.cachedir=");
        assertThat(Files.exists(folder.resolve("out"))).isFalse();
    }
}
