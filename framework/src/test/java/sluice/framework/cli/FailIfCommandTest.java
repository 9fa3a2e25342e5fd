package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.framework.cli.Console.sluice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.evaluation.MetricsCsv;
import sluice.evaluation.RunMetrics;
import sluice.framework.experiment.MetricCheck;

/** {@code sluice run --fail-if}: checks for build pipelines. */
class FailIfCommandTest {
    private static final String SCRIPT = """
            data: {set: digits, train_size: 100, test_size: 50}
            split: {groups: [[0, 1], [7, 3]]}
            network: {hidden: [40, 30]}
            gates: {logit_mean: 0, logit_spread: 1}
            training: {epochs: 1, batch_size: 20}
            """;
    private static final String COMPARISON =
            SCRIPT + "compare: {seeds: [1, 2], variants: [{name: plain}, {name: ewc, set: {strategy: ewc}}]}\n";

    @TempDir
    private Path folder;

    private Console.Result run(String script, Object... options) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), script);
        Object[] start = {"run", file, "--out", folder.resolve("out")};
        return sluice(Stream.concat(Stream.of(start), Stream.of(options)).toArray());
    }

    private String xml() throws IOException {
        return Files.readString(folder.resolve("out/checks.xml"));
    }

    @Test
    void aRunThatPassesItsChecksSaysSoAndWritesThem() throws IOException {
        Console.Result result = run(SCRIPT, "--fail-if", "forgetting > 0", "--fail-if", "acc < 0.1");

        assertThat(result.code()).as(result.unusual()).isZero();
        assertThat(result.unusual()).isEmpty();
        assertThat(result.out())
                .contains(
                        "checks            2 of 2 passed",
                        folder.resolve("out/checks.xml").toString());
        assertThat(xml())
                .contains("<testsuite name=\"mine\" tests=\"2\" failures=\"0\"")
                .doesNotContain("<failure");
    }

    @Test
    void aRunThatFailsThemIsKeptAndEndsWithCodeThreeAndALineForEach() throws IOException {
        Console.Result result =
                run(SCRIPT, "--fail-if", "acc <= 1", "--fail-if", "forgetting > 0", "--fail-if", "intransigence > 0");

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.unusual().lines()).hasSize(2);
        assertThat(result.unusual())
                .startsWith("sluice: check failed: acc <= 1: it is ")
                .contains("sluice: check failed: intransigence > 0: it is undefined because ");
        assertThat(folder.resolve("out/model.sluice")).exists();
        assertThat(xml()).contains("failures=\"2\"", "<failure type=\"acc\" message=\"acc &lt;= 1: it is ");
    }

    @Test
    void aRunWithoutChecksWritesNone() throws IOException {
        run(SCRIPT);

        assertThat(folder.resolve("out/checks.xml")).doesNotExist();
    }

    @Test
    void aWrongConditionIsFoundBeforeAnythingIsLoaded() throws IOException {
        assertThat(run(SCRIPT, "--fail-if", "forgeting > 0"))
                .satisfies(Console.oneLine("--fail-if 'forgeting > 0': unknown metric", "did you mean 'forgetting'?"));
        assertThat(run("data: {set: minst}", "--fail-if", "acc << 1"))
                .satisfies(Console.oneLine("--fail-if 'acc << 1': unknown operator '<<'"));
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void ofAComparisonEveryVariantsMeanIsChecked() throws IOException {
        Console.Result result = run(COMPARISON, "--fail-if", "occupancy > 0");

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.unusual())
                .contains("occupancy > 0: the mean of variant plain is 0.")
                .contains("occupancy > 0: the mean of variant ewc is undefined because units without gates");
        assertThat(xml()).contains("classname=\"mine.plain\"", "classname=\"mine.ewc\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"strategy: gates", "strategy: ewc", "scenario: class\ninference: {features: 180}"})
    void everyMetricThatARunWritesCanBeChecked(String kind) throws IOException {
        run(SCRIPT + kind + "\n");

        List<RunMetrics> runs =
                MetricsCsv.read(Files.newBufferedReader(folder.resolve("out/metrics.csv")), "metrics.csv");

        assertThat(runs.get(0).values().keySet())
                .allSatisfy(metric ->
                        assertThat(MetricCheck.parse(metric + " > 0").metric()).isEqualTo(metric));
    }
}
