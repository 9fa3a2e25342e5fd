package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.framework.cli.Console.mistake;
import static sluice.framework.cli.Console.sluice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table's number that is to be predicted, from the command line. */
class TargetCommandTest {
    private static final String MORE = """
            network: {hidden: [12]}
            training: {iterations: 20, batch_size: 16}
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void writeTable() throws IOException {
        Files.writeString(
                folder.resolve("t.csv"),
                IntStream.range(0, 60)
                        .mapToObj(i -> "%d,%d,%s".formatted(i % 7, 3 * (i % 7) + i % 3, i % 2 == 0 ? "a" : "b"))
                        .collect(Collectors.joining("\n", "x,price,kind\n", "\n")));
    }

    private Path script(String name, String task, String columns) throws IOException {
        return Files.writeString(
                folder.resolve(name + ".yaml"),
                "data: {set: csv, test_share: 0.2, tasks: [{name: %s, file: t.csv}], %s}\n%s"
                        .formatted(task, columns, MORE));
    }

    private Path run(Path script, String... options) {
        Path out = folder.resolve("run-" + script.getFileName());
        List<Object> arguments = new ArrayList<>(List.of("run", script, "--out", out));
        arguments.addAll(List.of(options));
        Console.Result result = sluice(arguments.toArray());
        assertThat(result.code()).as(result.err()).isZero();
        return out;
    }

    @Test
    void whatIsWrongWithScriptAndTableIsToldAtOnce() throws IOException {
        Path script = Files.writeString(
                folder.resolve("bad.yaml"),
                "data: {set: csv, file: t.csv, test_share: 0.2, target: kind}\nstrategy: lwf\ntraining: {class_weights: balanced}\n");

        Console.Result result = sluice("validate", script);

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err().lines())
                .hasSize(3)
                .satisfiesExactly(
                        strategy -> assertThat(strategy).contains("bad.yaml:2: strategy: lwf tells classes apart"),
                        weights -> assertThat(weights).contains("bad.yaml:3: training.class_weights: weighs classes"),
                        table -> assertThat(table)
                                .contains(
                                        "t.csv, line 2, column 'kind': the target must be a number",
                                        "and 59 more like it"));
    }

    @Test
    void whatOutputsAndTasksAreIsToldWithoutClasses() throws IOException {
        Path script = script("d", "first", "target: price, exclude: [kind]");

        Console.Result valid = sluice("validate", script, "--set", "scenario=domain", "--set", "strategy=joint");
        Console.Result dry = sluice("run", script, "--dry-run");

        assertThat(valid.out()).contains("; one output, by the scale of the first task's targets");
        assertThat(dry.out()).containsPattern("\\| first +\\| +- +\\| +48 \\| +12 \\| +20 ");
    }

    @Test
    void aNetworkGoesOnWithTasksThatPredictNumbersToo() throws IOException {
        Path first = run(script("one", "first", "target: price, exclude: [kind]"));
        Path second = run(script("two", "second", "target: price, exclude: [kind]"), "--from", first.toString());

        assertThat(sluice("info", second).out()).contains("task.first.target", "task.second.target");
    }

    @Test
    void aNetworkLearnsEitherNumbersOrClasses() throws IOException {
        Path numbers = run(script("numbers", "first", "target: price, exclude: [kind]"));
        Path classes = run(script("classes", "first", "label: kind, exclude: [price]"));

        assertThat(sluice("run", script("c", "second", "label: kind, exclude: [price]"), "--from", numbers))
                .satisfies(
                        mistake(
                                "has learned task 'first', which predicts a number, and these tasks tell classes apart: give it data with a target, or learn them without --from"));
        assertThat(sluice("run", script("n", "second", "target: price, exclude: [kind]"), "--from", classes))
                .satisfies(
                        mistake(
                                "has learned task 'first', which tells classes apart, and these tasks predict a number: give it data with a label, or learn them without --from"));
    }
}
