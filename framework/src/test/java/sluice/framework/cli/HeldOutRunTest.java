package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.framework.cli.Console.sluice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training that ends by held-out examples, as scripts ask for it and reports tell of it. */
class HeldOutRunTest {
    private static final String RUN = """
            data: {set: digits, train_size: 300, test_size: 100}
            split: {groups: [[0, 1], [2, 3]]}
            network: {hidden: [12]}
            training: {epochs: 9, batch_size: 16, validation: 0.2, patience: 2}
            """;

    @TempDir
    Path folder;

    private Path script(String text) throws IOException {
        return Files.writeString(folder.resolve("a.yaml"), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gates", "er"})
    void thePassThatIsKeptIsTold(String strategy) throws IOException {
        Path out = folder.resolve("out");

        Console.Result result = sluice("run", script(RUN), "--set", "strategy=" + strategy, "--out", out);

        assertThat(result.code()).as(result.err()).isZero();
        JsonNode tasks =
                new ObjectMapper().readTree(out.resolve("run.json").toFile()).get("tasks");
        assertThat(tasks).hasSize(2);
        for (JsonNode task : tasks) {
            JsonNode chosen = task.get("validation");
            assertThat(chosen.get("examples").asInt()).isEqualTo(12);
            assertThat(chosen.get("trained").asInt())
                    .isEqualTo(Math.min(9, chosen.get("pass").asInt() + 2));
            assertThat(task.get("steps").asInt())
                    .isEqualTo(3 * chosen.get("trained").asInt());
            assertThat(result.out())
                    .containsPattern(task.get("task").asText() + " .*; pass " + chosen.get("pass") + " of "
                            + chosen.get("trained") + " kept, which answers [01]\\.\\d{4} of 12 held-out examples");
        }
        assertThat(Files.readString(out.resolve("report.md")))
                .contains("### Passes kept: " + strategy + ", seed 1")
                .contains("| 0-1 | ");
        assertThat(Files.readString(out.resolve("report.html"))).contains("\"passes\":[[0,");
    }

    @Test
    void eventsTellEveryPass() throws IOException {
        Console.Result result = sluice("run", script(RUN), "--json", "--out", folder.resolve("out"));

        long passes = result.out()
                .lines()
                .filter(line -> line.contains("\"event\":\"validated\""))
                .count();
        assertThat(passes).isBetween(2L * 3, 2L * 9);
        assertThat(result.out()).contains("\"epoch_kept\":");
    }

    @Test
    void whatHasNoPassesToChooseFromSaysSo() throws IOException {
        Path packnet = script(RUN + "strategy: packnet\n");

        assertThat(sluice("validate", packnet).err())
                .contains(":4: training: validation, patience do nothing, as this strategy is trained on all examples");
        assertThat(sluice("validate", script(RUN.replace("validation: 0.2, ", "")))
                        .err())
                .contains(":4: training.patience: needs training.validation");
        assertThat(sluice("validate", script(RUN.replace("0.2", "0.7"))).err())
                .contains(":4: training.validation: must be ");
        Console.Result none = sluice("run", script(RUN.replace("0.2", "0.001")), "--out", folder.resolve("none"));
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err())
                .contains(
                        ":4: training.validation: none of the 60 training examples of task 0-1 is held out by a share of 0.001")
                .hasLineCount(1);
        assertThat(folder.resolve("none")).doesNotExist();
    }
}
