package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.framework.cli.Console.oneLine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.framework.cli.Console.Result;

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
    void aFileThatIsNoneAndAFolderWithoutOneAreRefused() throws IOException {
        assertThat(Console.sluice("info", folder)).satisfies(oneLine("holds neither model nor checkpoint"));
        assertThat(Console.sluice("info", folder.resolve("none"))).satisfies(oneLine("does not exist"));
        assertThat(Console.sluice("info", Files.writeString(folder.resolve("text"), "no model")))
                .satisfies(oneLine("text"));
    }
}
