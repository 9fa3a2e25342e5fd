package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.framework.cli.Console.sluice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Warnings before a run, as a user of the command line meets them: a line each, and the run goes on. */
@Tag("slow")
class LintCommandTest {
    private static final String SCRIPT = """
            data: {set: digits, train_size: 200, test_size: 50}
            split: {groups: [[0, 1], [2, 3]]}
            network: {hidden: [40]}
            training: {epochs: 60, batch_size: 20}
            strategy: fine-tuning
            """;

    @TempDir
    private Path folder;

    private List<String> warnings(String script, Object... options) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), script);
        Object[] start = {"run", file, "--out", folder.resolve("out")};
        Console.Result result =
                sluice(Stream.concat(Stream.of(start), Stream.of(options)).toArray());

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.err().lines()).allMatch(line -> line.startsWith("sluice: warning: "));
        return result.err()
                .lines()
                .map(line -> line.substring("sluice: warning: ".length()).replace(folder + "/", ""))
                .toList();
    }

    @Test
    void aTrainingThatIsFarTooShortIsNamedAndSoIsWhatComesOfIt() throws IOException {
        List<String> said = warnings(SCRIPT, "--set", "strategy=gates", "--set", "training.epochs=3");

        JsonNode kept = new ObjectMapper()
                .readTree(folder.resolve("out/run.json").toFile())
                .path("warnings");
        assertThat(kept).extracting(JsonNode::asText).isEqualTo(said);
        assertThat(said)
                .hasSizeGreaterThan(1)
                .satisfies(
                        lines -> assertThat(lines.get(0))
                                .isEqualTo(
                                        "--set training.epochs=3: training.epochs: 6 steps for each task are far too few: weights hardly move from where they were drawn, and gates cannot decide; some hundred are usual, for which write 150"),
                        lines -> assertThat(lines.get(1))
                                .startsWith(
                                        "40 of 40 gates of task 0-1 end undecided, with an open probability between"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fine-tuning", "hat", "gates"})
    void whatARunRecordsOfItselfRunsAgainWithoutAWarning(String strategy) throws IOException {
        warnings(SCRIPT, "--set", "strategy=" + strategy, "--set", "gates.slope=2");
        JsonNode settings = new ObjectMapper()
                .readTree(folder.resolve("out/run.json").toFile())
                .get("settings");
        String matrix = Files.readString(folder.resolve("out/accuracy-matrix.csv"));

        assertThat(warnings(settings.toString(), "--overwrite")).noneMatch(line -> line.contains("nothing"));
        assertThat(folder.resolve("out/accuracy-matrix.csv")).hasContent(matrix);
        assertThat(settings.has("gates")).isEqualTo(strategy.equals("gates"));
        assertThat(settings.at("/training").has("optimizer")).isEqualTo(!strategy.equals("hat"));
    }
}
