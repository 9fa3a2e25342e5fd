package sluice.framework.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class StandardOutputTest {
    private static final Path FULL = Path.of("/dev/full");
    private static final String GOLDEN = "src/test/resources/sluice/framework/golden/";
    private static final String PREDICT =
            "predict --model " + GOLDEN + "clouds-discriminant-4.sluice --input " + GOLDEN + "clouds.csv";

    @Test
    void aFailureIsTold() {
        assertThat(lostTo("No space left on device")).contains("No space left on device");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Broken pipe", "The pipe is being closed", "Datenübergabe unterbrochen (broken pipe)"})
    void aReaderThatWentAwayHasWhatItWanted(String message) {
        assertThat(lostTo(message)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"list", "man", "completion", "schema", "help", "help run", "run --help", "--version", PREDICT})
    void whatIsPrintedOnAFullDiskEndsInOneLineAndExitCode2(String command) throws Exception {
        assumeTrue(Files.exists(FULL), "no full device here");
        Process process = sluice(command).redirectOutput(FULL.toFile()).start();

        String err = new String(process.getErrorStream().readAllBytes(), UTF_8);

        assertThat(err).startsWith("sluice: cannot write to standard output (").hasLineCount(1);
        assertThat(process.waitFor()).isEqualTo(2);
    }

    @Test
    void aPipeThatIsClosedEndsSilently() throws Exception {
        Process process = sluice("man").start();
        process.getInputStream().close();

        String err = new String(process.getErrorStream().readAllBytes(), UTF_8);

        assertThat(err).isEmpty();
        assertThat(process.waitFor()).isZero();
    }

    private static Optional<String> lostTo(String message) {
        StandardOutput standard = new StandardOutput(
                new OutputStream() {
                    @Override
                    public void write(int octet) throws IOException {
                        throw new IOException(message);
                    }
                },
                Path.of("nowhere"));
        try (PrintStream printed = new PrintStream(standard, true, UTF_8)) {
            printed.println("lost");
        }
        return standard.lost();
    }

    private static ProcessBuilder sluice(String command) {
        List<String> words = JavaProcess.sluice(command);
        return new ProcessBuilder(words);
    }
}
