package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.framework.cli.Console.mistake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.framework.cli.Console.Result;

/** Gates of tasks that hang on the example, from the command line. */
class InputGatesCommandTest {
    private static final String SCRIPT = """
            data: {set: digits, train_size: 400, test_size: 200, normalisation: unit}
            split: {groups: [[0, 1], [2, 3]]}
            network: {layers: [{conv: {maps: 6, kernel: 5, pool: 2}}, {dense: 20}]}
            gates: {estimator: st-sigmoid, gater: {hidden: 4, pool: 7, open: 0.5}}
            training: {epochs: 3}
            threads: 1
            """;

    @TempDir
    private Path folder;

    private Path script(String content) throws IOException {
        return Files.writeString(folder.resolve("mine.yaml"), content);
    }

    @Test
    void aRunTellsWhatGatesDoAndPredictWhatExamplesTake() throws IOException {
        Path run = folder.resolve("run");
        Result learned = Console.sluice("run", script(SCRIPT), "--out", run);

        assertThat(learned.code()).isZero();
        assertThat(learned.out())
                .contains("exact retention   yes", "gates of layer 1", "gates of layer 2", "of them vary");
        assertThat(Files.readString(run.resolve("metrics.csv"))).contains("gates,1,macs_prediction,");
        assertThat(Files.readAllLines(run.resolve("gate-classes.csv")))
                .contains("layer,block,class,open")
                .anyMatch(line -> line.startsWith("1,1,2-3: 2,"));
        assertThat(Files.readString(run.resolve("run.json"))).contains("\"gater\" : {", "\"pool\" : 7");

        Path input = folder.resolve("one.csv");
        Files.writeString(input, String.join(",", Collections.nCopies(784, "7")) + "\n");
        Path out = folder.resolve("out.csv");
        Result predicted = Console.sluice("predict", "--model", run, "--task", "2-3", "--input", input, "--out", out);
        assertThat(predicted.err()).isEmpty();
        assertThat(Files.readAllLines(out).get(0)).isEqualTo("row,predicted,probability,multiply_adds");
    }

    @Test
    void whatDoesNotFitIsOneLine() throws IOException {
        Path out = folder.resolve("run");
        assertThat(Console.sluice("run", script(SCRIPT.replace("st-sigmoid", "noisy-rectifier")), "--out", out))
                .satisfies(mistake("mine.yaml:4: gates.estimator: gates of estimator noisy-rectifier are not 0 and 1"));
        assertThat(Console.sluice("run", script(SCRIPT.replace("open: 0.5", "open: 0")), "--out", out))
                .satisfies(mistake("mine.yaml:4: gates.gater.open: must be in (0, 1]"));
        assertThat(Console.sluice("run", script(SCRIPT.replace("pool: 7", "pool: 29")), "--out", out))
                .satisfies(mistake("mine.yaml:4: gates.gater: squares of 29 pixels do not fit"));
        assertThat(Console.sluice("run", script(SCRIPT.replace("gater:", "sparsity: 1, gater:")), "--out", out))
                .satisfies(mistake("mine.yaml:4: gates.sparsity: has no meaning beside gater"));
        assertThat(Console.sluice("run", script(SCRIPT.replace("open: 0.5", "blocks: 2, open: 0.5")), "--out", out))
                .satisfies(mistake("mine.yaml:4: gates.gater: unknown key 'blocks'"));
        assertThat(out).doesNotExist();
    }

    @Test
    void aGaterThatTakesMoreThanItSavesIsWarnedOf() throws IOException {
        assertThat(Console.sluice(
                                "run",
                                script(SCRIPT.replace("hidden: 4, pool: 7", "hidden: 4000, pool: 1")),
                                "--dry-run")
                        .err())
                .contains("gates.gater: the gater of layer 2 takes ", " the units that it closes save ");
        assertThat(Console.sluice("run", script(SCRIPT), "--dry-run").err()).doesNotContain("the gater of layer");
    }
}
