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

/** Exits before the subnetworks of tasks, from the command line. */
class TaskExitsCommandTest {
    private static final String SCRIPT = """
            data: {set: digits, train_size: 400, test_size: 200, normalisation: unit}
            split: {groups: [[0, 1], [2, 3]]}
            network:
              hidden: [20]
              exits: {layers: [{dense: 4, pool: 4, exit: margin}, {dense: 8, sees: input, exit: margin}], budget: 5000}
            training: {epochs: 2}
            threads: 1
            """;

    @TempDir
    private Path folder;

    private Path script(String content) throws IOException {
        return Files.writeString(folder.resolve("mine.yaml"), content);
    }

    @Test
    void aRunTellsWhereExamplesStopAndPredictTakesABudget() throws IOException {
        Path run = folder.resolve("run");
        Result learned = Console.sluice("run", script(SCRIPT), "--out", run);

        assertThat(learned.code()).isZero();
        assertThat(learned.out())
                .contains("multiply-adds     ", "of the test examples stop there, the last are the subnetworks'");
        assertThat(Files.readString(run.resolve("metrics.csv"))).contains("gates,1,macs_prediction,");
        assertThat(Files.readAllLines(run.resolve("budgets.csv")).get(1)).startsWith("988,988.0,");
        assertThat(Files.readString(run.resolve("run.json")))
                .contains("\"exits\" : {", "\"held_out\" : 0.1", "\"budget\" : 5000");

        Path input = folder.resolve("one.csv");
        Files.writeString(input, String.join(",", Collections.nCopies(784, "7")) + "\n");
        Path out = folder.resolve("out.csv");
        Result predicted = predict(run, input, out, 988);
        assertThat(predicted.err()).isEmpty();
        assertThat(Files.readAllLines(out).get(1)).endsWith(",988");
        assertThat(predict(run, input, out, 987))
                .satisfies(Console.oneLine("--budget: 987 multiply-adds are below the 988 that every example takes"));
        assertThat(predict(run, input, out, 9_000_000))
                .satisfies(Console.oneLine("--budget: 9,000,000 multiply-adds are more than the "));
    }

    @Test
    void withoutABudgetExitsTakeWhatHeldOutExamplesGainFrom() throws IOException {
        Result learned =
                Console.sluice("run", script(SCRIPT.replace(", budget: 5000", "")), "--out", folder.resolve("run"));

        assertThat(learned.code()).as(learned.err()).isZero();
        assertThat(folder.resolve("run/budgets.csv")).exists();
    }

    private static Result predict(Path run, Path input, Path out, int budget) {
        return Console.sluice(
                "predict",
                "--model",
                run,
                "--task",
                "2-3",
                "--input",
                input,
                "--out",
                out,
                "--budget",
                budget,
                "--overwrite");
    }

    @Test
    void whatDoesNotFitIsOneLine() throws IOException {
        assertThat(Console.sluice("run", script(SCRIPT.replace("5000", "90000")), "--out", folder.resolve("run")))
                .satisfies(mistake(
                        "mine.yaml:5: network.exits: a budget of 90,000 multiply-adds is more than the",
                        "of exits and network with every unit open: allow fewer"));
        assertThat(Console.sluice("run", script(SCRIPT.replace("5000", "900")), "--out", folder.resolve("run")))
                .satisfies(mistake("mine.yaml:5: network.exits: a budget of 900 multiply-adds is below the 988"));
        assertThat(Console.sluice("run", script(SCRIPT.replace("pool: 4", "pool: 30")), "--out", folder.resolve("run")))
                .satisfies(mistake("mine.yaml:5: network.exits: task 0-1: squares of 30 pixels do not fit"));
        assertThat(Console.sluice("run", script(SCRIPT + "scenario: class\n"), "--out", folder.resolve("run")))
                .satisfies(mistake("network.exits: exits and gaters are of tasks that are told"));
        assertThat(Console.sluice(
                        "run",
                        script(SCRIPT.replace("epochs: 2", "epochs: 2, gradient_clip: 1")),
                        "--out",
                        folder.resolve("run")))
                .satisfies(mistake("training.gradient_clip: has no meaning where tasks have exits"));
        assertThat(Console.sluice(
                                "run", script(SCRIPT.replace("dense: 4,", "conv: 4,")), "--out", folder.resolve("run"))
                        .err()
                        .lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("mine.yaml:5: network.exits.layers[0]: unknown key 'conv'"),
                        line -> assertThat(line).contains("mine.yaml:5: network.exits.layers[0].dense: is missing"));
        assertThat(Console.sluice(
                        "run", script(SCRIPT.replace("layers: [", "layer: [")), "--out", folder.resolve("run")))
                .satisfies(mistake("mine.yaml:5: network.exits: unknown key 'layer': did you mean 'layers'?"));
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void otherStrategiesSayThatTheyHaveNoSubnetworks() throws IOException {
        assertThat(Console.sluice("validate", script(SCRIPT + "strategy: ewc\n"))
                        .err())
                .contains("network.exits", "only strategy gates has subnetworks");
    }
}
