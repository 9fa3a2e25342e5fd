package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.framework.cli.Console.mistake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.framework.cli.Console.Result;

/** Networks with exits, from the command line. */
class ExitCommandTest {
    /** A script that says 784 x 4 + 4 x 10 = 3176 multiply-adds to the first exit, and 784 x 12 + 12 x 10 = 9528 more. */
    private static final String SCRIPT = """
            data: {set: digits, train_size: 1500, test_size: 300, normalisation: unit}
            split: {classes_per_task: 10}
            network:
              layers: [{dense: 4, exit: margin}, {dense: 12, sees: input}]
              held_out: 0.2
              budget: 6000
            training: {epochs: 4, batch_size: 50, learning_rate: 0.01}
            threads: 1
            """;

    @TempDir
    private Path folder;

    private Path script(String content) throws IOException {
        return Files.writeString(folder.resolve("mine.yaml"), content);
    }

    @Test
    void aRunKeepsToItsBudgetAndPredictKeepsToAnother() throws IOException {
        Path run = folder.resolve("run");
        Result learned = Console.sluice("run", script(SCRIPT), "--out", run);

        assertThat(learned.err()).contains("still falls where training ends").hasLineCount(1);
        assertThat(learned.out()).contains("strategy exits", "multiply-adds     ", "of the test examples stop there");
        String metrics = Files.readString(run.resolve("metrics.csv"));
        assertThat(metrics).contains("exits,1,macs_prediction,", "exits,1,macs_prediction_all_open,12704");

        List<String> budgets = Files.readAllLines(run.resolve("budgets.csv"));
        assertThat(budgets.get(0)).isEqualTo("budget,multiply_adds,accuracy");
        assertThat(budgets.get(1)).startsWith("3176,3176.0,0.");
        assertThat(Files.readString(run.resolve("report.html"))).contains("\"budgets\":[[3176,3176.0,");

        Path input = folder.resolve("two.csv");
        Files.writeString(
                input,
                IntStream.range(0, 20)
                        .mapToObj(row -> IntStream.range(0, 784)
                                .mapToObj(i -> Integer.toString((i * 7 + row * 31) % 256))
                                .collect(Collectors.joining(",")))
                        .collect(Collectors.joining("\n")));
        Path out = folder.resolve("out.csv");
        Result predicted = Console.sluice("predict", "--model", run, "--input", input, "--out", out, "--budget", 3176);

        assertThat(predicted.err()).isEmpty();
        assertThat(predicted.out()).contains("multiply-adds 3,176 per example, mean");
        List<String> lines = Files.readAllLines(out);
        assertThat(lines.get(0)).isEqualTo("row,predicted,probability,multiply_adds");
        assertThat(lines.subList(1, lines.size())).hasSize(20).allMatch(line -> line.endsWith(",3176"));
        assertThat(Console.sluice(
                        "predict", "--model", run, "--input", input, "--out", folder.resolve("x"), "--budget", 3175))
                .satisfies(
                        Console.oneLine("--budget: 3,175 multiply-adds are below the 3,176 that every example takes"));
        assertThat(Console.sluice(
                        "predict", "--model", run, "--input", input, "--out", folder.resolve("x"), "--budget", 12705))
                .satisfies(Console.oneLine(
                        "--budget: 12,705 multiply-adds are more than the 12,704 of the whole network"));
        assertThat(Console.sluice(
                        "predict", "--model", run, "--task", "0", "--input", input, "--out", folder.resolve("x")))
                .satisfies(Console.oneLine("--task: "));
        assertThat(folder.resolve("x")).doesNotExist();
    }

    /** What can be told only once data are loaded comes after the lines that say what is run. */
    @Test
    void aDryRunCountsEveryPart() throws IOException {
        Result dry = Console.sluice("run", script(SCRIPT), "--dry-run");

        // two parts of four epochs of 24 steps over the 1,200 examples that are not held out
        assertThat(dry.err()).isEmpty();
        assertThat(dry.out()).contains("steps             192", "parameters        12,740 ");
    }

    @Test
    void neuronsMayDecideAtExits() throws IOException {
        Path run = folder.resolve("run");
        Result learned = Console.sluice(
                "run", script(SCRIPT.replace("held_out: 0.2", "held_out: 0.2\n  exit_neurons: disarm")), "--out", run);

        assertThat(learned.err()).contains("still falls where training ends").hasLineCount(1);
        assertThat(Files.readString(run.resolve("run.json"))).contains("\"exit_neurons\" : \"disarm\"");
        assertThat(Console.sluice(
                        "run",
                        script(SCRIPT.replace("held_out: 0.2", "exit_neurons: gumbel-softmax")),
                        "--out",
                        folder.resolve("other")))
                .satisfies(mistake("mine.yaml:5: network.exit_neurons: "));
    }

    @Test
    void whatDoesNotFitTheDataIsOneLine() throws IOException {
        assertThat(Console.sluice("run", script(SCRIPT.replace("6000", "3000")), "--out", folder.resolve("run")))
                .satisfies(mistake("mine.yaml:6: network.budget: 3,000 multiply-adds are below the 3,176"));
        assertThat(Console.sluice("run", script(SCRIPT.replace("6000", "60000")), "--out", folder.resolve("run")))
                .satisfies(mistake("mine.yaml:6: network.budget: 60,000 multiply-adds are more than the 12,704"));
        assertThat(Console.sluice(
                        "run",
                        script(SCRIPT.replace("classes_per_task: 10", "classes_per_task: 5")),
                        "--out",
                        folder.resolve("run")))
                .satisfies(
                        mistake(
                                "split.classes_per_task: makes 2 tasks, where a layer has an exit or a gater there can be one"));
        assertThat(Console.sluice(
                        "run", script(SCRIPT.replace("epochs: 4", "gradient_clip: 1")), "--out", folder.resolve("run")))
                .satisfies(Console.oneLine("training.gradient_clip: has no meaning where a layer has an exit"));
        assertThat(Console.sluice(
                        "run",
                        script(SCRIPT.replace("batch_size: 50", "batch_size: 1")),
                        "--out",
                        folder.resolve("run")))
                .satisfies(Console.oneLine("training.batch_size: one example has no variance"));
        assertThat(Console.sluice("run", script(SCRIPT + "strategy: ewc\n"), "--out", folder.resolve("run")))
                .satisfies(Console.oneLine("ewc does not work where a layer has an exit"));
        assertThat(Console.sluice("run", script(SCRIPT + "gates: {slope: 2}\n"), "--out", folder.resolve("run")))
                .satisfies(Console.oneLine("gates.slope: has no meaning where a layer has an exit"));
        assertThat(folder.resolve("run")).doesNotExist();
    }
}
