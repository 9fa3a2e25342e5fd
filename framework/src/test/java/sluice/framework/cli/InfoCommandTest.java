package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.framework.cli.Console.oneLine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.framework.checkpoint.Checkpoint;
import sluice.framework.cli.Console.Result;
import sluice.framework.internal.state.Snapshot;

class InfoCommandTest {
    private static final String SCRIPT = """
            data: {set: digits, train_size: 100, test_size: 40}
            split: {groups: [[0, 1], [2, 3, 4]]}
            network: {hidden: [8]}
            training: {iterations: 5, batch_size: 8}
            threads: 1
            """;

    @TempDir
    private Path folder;

    private Path learned(String... options) throws IOException {
        Path script = Files.writeString(folder.resolve("mine.yaml"), SCRIPT);
        Path run = folder.resolve("run");
        Object[] words = new Object[options.length + 4];
        words[0] = "run";
        words[1] = script;
        words[2] = "--out";
        words[3] = run;
        System.arraycopy(options, 0, words, 4, options.length);
        assertThat(Console.sluice(words).code()).isZero();
        return run;
    }

    @Test
    void aGatedModelTellsItsTasksAndWhatIsFree() throws IOException {
        Path run = learned();

        Result told = Console.sluice("info", run);
        JsonNode json = new ObjectMapper()
                .readTree(Console.sluice("info", run.resolve("model.sluice"), "--json")
                        .out());

        assertThat(told.code()).as(told.err()).isZero();
        assertThat(told.out())
                .contains("kind             gated network", "inputs           784", "0-1: classes 0 1, open units ");
        assertThat(json.at("/tasks/2-3-4/classes").size()).isEqualTo(3);
        int open = json.at("/tasks/0-1/open_units/0").asInt();
        assertThat(json.at("/free_units/0").asInt()).isBetween(0, 8 - open);
        assertThat(json.at("/settings").asText()).contains("\"hidden\"");
    }

    @Test
    void otherModelsTellTheirs() throws IOException {
        Path run = learned(
                "--set", "scenario=class", "--set", "strategy=random-feature-lda", "--set", "inference.features=18");

        assertThat(Console.sluice("info", run).out())
                .contains("kind             discriminant", "classes          0 1 2 3 4");
    }

    @Test
    void aPlainNetworkTellsItsStrategyAndAnswersToThat() throws IOException {
        Path run = learned("--set", "strategy=hat");
        Path rows = Files.writeString(folder.resolve("rows.csv"), "0,".repeat(783) + "0\n");
        Path out = folder.resolve("answers.csv");

        assertThat(Console.sluice("info", run).out())
                .contains("kind             plain network, taught by strategy hat", "2-3-4: classes 2 3 4");
        assertThat(Console.sluice("predict", "--model", run, "--input", rows, "--out", out))
                .satisfies(oneLine("must be told the task: choose one of 0-1, 2-3-4"));
        assertThat(Console.sluice("predict", "--model", run, "--task", "5", "--input", rows, "--out", out))
                .satisfies(oneLine("has not learned task '5'"));
        assertThat(Console.sluice(
                        "predict", "--model", run, "--task", "0-1", "--budget", "9", "--input", rows, "--out", out))
                .satisfies(oneLine("has no exits"));
        assertThat(Console.sluice("predict", "--model", run, "--task", "0-1", "--input", rows, "--out", out)
                        .code())
                .isZero();
        assertThat(Files.readAllLines(out).get(1)).matches("1,[01],0\\.\\d{6}");
    }

    @Test
    void aCheckpointTellsWhereItWasTakenAndOfWhichSettings() throws IOException {
        Path file = folder.resolve("checkpoint-1.sluice");
        new Checkpoint(
                        ImmutableMap.of("task", "0-1", "position", "1", "steps", "7", "number", "3"),
                        new Snapshot(ImmutableMap.of()))
                .save(file);

        JsonNode json = new ObjectMapper()
                .readTree(Console.sluice("info", file, "--json").out());

        assertThat(json.at("/place").asText()).isEqualTo("task 1 (0-1), after 7 steps");
        assertThat(json.at("/steps").isIntegralNumber()).isTrue();
    }

    @Test
    void aFileThatIsNoneAndAFolderWithoutOneAreRefused() throws IOException {
        assertThat(Console.sluice("info", folder)).satisfies(oneLine("holds neither model nor checkpoint"));
        assertThat(Console.sluice("info", folder.resolve("none"))).satisfies(oneLine("does not exist"));
        assertThat(Console.sluice("info", Files.writeString(folder.resolve("text"), "no model")))
                .satisfies(oneLine("text"));
    }
}
