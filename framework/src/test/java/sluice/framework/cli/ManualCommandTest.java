package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

class ManualCommandTest {
    private static final Path BASH = Path.of("/bin/bash");

    @TempDir
    private Path folder;

    static boolean thereIsBash() {
        return Files.isExecutable(BASH);
    }

    @Test
    void theManualHasEveryCommandWithItsOptionsAndCodes() {
        Console.Result result = Console.sluice("man");

        assertThat(result.code()).isZero();
        assertThat(result.out())
                .startsWith(".TH SLUICE 1")
                .contains(".SS \"sluice run\"", ".SS \"sluice report\"", ".SS \"sluice predict\"", ".SS \"sluice man\"")
                .contains("\\fB\\-\\-fail\\-if=CONDITION\\fR", "\\fB\\-\\-overwrite\\fR", "3 a check failed")
                .contains("with its 95 % interval")
                .doesNotContain("${COMPLETION", "@|", "%%");
        assertThat(result.out().lines()).noneMatch(line -> line.startsWith("'"));
    }

    @Test
    @EnabledIf(value = "thereIsBash", disabledReason = "there is no /bin/bash to complete in")
    void bashCompletesCommands() throws Exception {
        Path script = Files.writeString(
                folder.resolve("complete"), Console.sluice("completion").out());

        Process bash = new ProcessBuilder(
                        BASH.toString(),
                        "-c",
                        "source " + script
                                + "; COMP_WORDS=(sluice pre); COMP_CWORD=1; _complete_sluice; echo \"${COMPREPLY[@]}\"")
                .redirectErrorStream(true)
                .start();

        assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip())
                .isEqualTo("predict");
        assertThat(bash.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
}
