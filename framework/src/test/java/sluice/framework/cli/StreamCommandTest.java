package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.framework.cli.Console.sluice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The section {@code stream}: nobody tells where tasks end. */
class StreamCommandTest {
    private static final String SCRIPT = """
            data: {set: digits, train_size: 1500, test_size: 60}
            split: {permuted: 3}
            scenario: domain
            network: {hidden: [30, 30]}
            inference: {task: auto}
            stream: {borders: gradual, repeats: [1, permutation-3], horizon: 40}
            training: {batch_size: 32}
            """;

    @TempDir
    private Path folder;

    private Console.Result run(String script, Object... options) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), script);
        Object[] start = {"run", file, "--out", folder.resolve("out")};
        return sluice(Stream.concat(Stream.of(start), Stream.of(options)).toArray());
    }

    @Test
    void aStreamIsLearnedReportedAndItsModelPredicts() throws IOException {
        Console.Result result = run(SCRIPT, "--fail-if", "borders_found<1", "--fail-if", "borders_false>0");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.unusual()).isEmpty();
        assertThat(result.out())
                .contains(
                        "stream    borders gradual, width 0.2, repeats [1, permutation-3], horizon 40",
                        "exact retention   yes",
                        "borders           4 of 4 noticed",
                        "2 of 2 tasks recognised that came back; prequential accuracy 0.");
        assertThat(Files.readString(folder.resolve("out/metrics.csv"))).contains("gates,1,prequential_accuracy,0.");
        assertThat(Files.readString(folder.resolve("out/report.html")))
                .contains("borders: 4 of 4 noticed", "found-3 was learned in ");

        Path rows = Files.writeString(folder.resolve("rows.csv"), "0,".repeat(783) + "0\n");
        Console.Result predicted =
                sluice("predict", "--model", folder.resolve("out"), "--input", rows, "--out", folder.resolve("p.csv"));

        assertThat(predicted.code()).as(predicted.err()).isZero();
        assertThat(Files.readString(folder.resolve("p.csv"))).contains("found-");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    scenario=class | scenario: class does not work with a stream, of which nobody says what tasks there are, so that they share their outputs: write scenario: domain
                    scenario=task | scenario: task does not work with a stream, of which nobody says what tasks there are, so that they share their outputs: write scenario: domain
                    stream.borders=hidden | stream.width: is how long one task goes over into the next, and borders are hidden: write borders: gradual, or remove it
                    stream.horizon=0 | stream.horizon: must be in [1, 100000000], got 0
                    training.epochs=3 | training.epochs: a stream passes once, and nobody says how long a task is: remove it, and say by stream.horizon how many steps schedules run over
                    training.validation=0.1 | training.validation: needs all examples of a task beforehand, and a stream has them as they come: remove it
                    strategy=ewc | stream: strategy ewc is told where tasks begin: write strategy: gates, or remove the section
                    inference.task=given | inference.task: tasks of a stream are found by densities: write inference: {task: density}, or auto
                    network.growth=auto | network.growth: does not work with a stream: remove it, or the section stream
                    inference.strangers=[noise] | inference.strangers: does not work with a stream: remove it, or the section stream
                    stream.repeats=[7] | stream: repeats: there is no task 7: write names of tasks, or positions from 1 to 3
                    stream={} split.permuted=1 | stream: one task that does not come back has no border to be noticed: split the data into more tasks, or remove the section
                    """)
    void keysThatDoNotGoTogetherAreRefusedInOneLine(String set, String message) throws IOException {
        Object[] options = Stream.of(set.split(" ", 2))
                .flatMap(one -> Stream.of("--set", one))
                .toArray();

        Console.Result result = run(SCRIPT.replace("gradual,", "gradual, width: 0.2,"), options);

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.err()).contains(message);
        assertThat(folder.resolve("out")).doesNotExist();
    }
}
