package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.framework.cli.Console.sluice;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.evaluation.MetricsCsv;
import sluice.evaluation.RunMetrics;
import sluice.framework.discriminant.DiscriminantModel;

/** {@code sluice run} where the scenario does not tell the task. */
class TaskAgnosticCommandTest {
    private static final String SCRIPT = """
            data: {set: digits, train_size: 400, test_size: 100}
            split: {groups: [[0, 1], [2, 3]]}
            inference: {features: 180}
            """;

    @TempDir
    private Path folder;

    private Console.Result run(String script, Object... options) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), script);
        Object[] start = {"run", file, "--out", folder.resolve("out")};
        return sluice(Stream.concat(Stream.of(start), Stream.of(options)).toArray());
    }

    private RunMetrics metrics() throws IOException {
        try (Reader in = Files.newBufferedReader(folder.resolve("out/metrics.csv"))) {
            return MetricsCsv.read(in, "metrics.csv").get(0);
        }
    }

    private double metric(String name) throws IOException {
        return metrics().values().get(name).number().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"class", "domain"})
    void aRunWithoutTheTaskWritesItsModelAndSaysWhatAPredictionCosts(String scenario) throws IOException {
        Console.Result result = run(SCRIPT + "scenario: " + scenario);

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("inference features 180", "open features", "calibration error", "no example");
        assertThat(result.out()).doesNotContain("network   hidden", "training  epochs");
        assertThat(metric("acc")).isGreaterThan(0.9);
        assertThat(metric("macs_prediction")).isLessThanOrEqualTo(metric("macs_prediction_all_open"));
        assertThat(DiscriminantModel.load(folder.resolve("out/model.sluice")).labels())
                .hasSize(scenario.equals("class") ? 4 : 2);
    }

    @Test
    void theRunTakesWhatWasForeseen() throws IOException {
        String script = SCRIPT + "scenario: class";
        String foreseen = run(script, "--dry-run").out();

        run(script);

        assertThat(foreseen)
                .contains(String.format(Locale.ROOT, "%.3g in all", metric("macs_dense")))
                .contains("sums of their products", "steps             ");
    }

    @Test
    void dataThatAreNoImagesAreProjected() throws IOException {
        StringBuilder rows = new StringBuilder("size,colour,label\n");
        for (int i = 0; i < 80; i++) {
            rows.append(i % 4 + 0.01 * (i % 7))
                    .append(i % 2 == 0 ? ",red," : ",blue,")
                    .append(i % 4)
                    .append('\n');
        }
        Files.writeString(folder.resolve("mine.csv"), rows.toString());

        Console.Result result = run("""
                data: {set: csv, file: %s, test_share: 0.2, label: label, categorical: [colour]}
                split: {classes_per_task: 2}
                inference: {features: 50}
                scenario: class
                """.formatted(folder.resolve("mine.csv")));

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(metric("acc")).isEqualTo(1);
    }

    @Test
    void unknownCountsAsWrong() throws IOException {
        run(SCRIPT + "scenario: class", "--set", "inference.threshold=1");

        assertThat(metric("answered")).isLessThan(1);
        assertThat(metric("acc")).isLessThanOrEqualTo(metric("answered") + 1e-9);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "class | network={hidden: [40]} | network.hidden: does nothing, as strategy random-feature-lda",
                "class | training.epochs=3 | training.epochs: does nothing, as strategy random-feature-lda",
                "class | gates.sparsity=3 | gates.sparsity: does nothing, as strategy random-feature-lda",
                "task | training.epochs=1 | inference.features: does nothing unless the scenario is class or domain, and the strategy gates or random-feature-lda"
            })
    void keysThatDoNothingAreNamed(String scenario, String setting, String words) throws IOException {
        assertThat(run(SCRIPT + "scenario: " + scenario, "--set", setting).err())
                .contains("sluice: warning: ", words);
    }

    @ParameterizedTest
    @CsvSource({"class", "domain"})
    void gatesWithoutTheTaskSayWhatTheyAreAndTablesDoToo(String scenario) throws IOException {
        String named = "sluice: warning: --set strategy=gates: strategy: gates in scenario " + scenario
                + " are random features with a streaming linear discriminant, which have a name of their own: write"
                + " strategy: random-feature-lda, or inference: {task: auto} for subnetworks whose task is found";

        Console.Result gates = run(SCRIPT + "scenario: " + scenario, "--set", "strategy=gates");
        List<String> matrix = Files.readAllLines(folder.resolve("out/accuracy-matrix.csv"));
        Console.Result lda =
                run(SCRIPT + "scenario: " + scenario, "--overwrite", "--set", "strategy=random-feature-lda");

        assertThat(gates.err()).contains(named);
        assertThat(matrix.subList(1, matrix.size())).allMatch(line -> line.startsWith("random-feature-lda,"));
        assertThat(lda.err()).doesNotContain("a name of their own");
        assertThat(Files.readAllLines(folder.resolve("out/accuracy-matrix.csv")))
                .isEqualTo(matrix);
    }
}
