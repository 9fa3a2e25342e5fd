package sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsCsvTest {
    private static final String HEADER = "strategy,seed,metric,value\n";

    @Test
    void aFileHasAHeaderAndALinePerMetricInOrderWithNothingForAnUndefinedOne() throws IOException {
        AccuracyMatrix matrix = RandomMatrices.percent(new int[] {50}, new int[] {75});
        RunMetrics metrics = RunMetrics.of(ForgettingReport.of(matrix))
                .with("train_seconds", 12.5)
                .with("macs", 6_500_000_000.0);

        assertThat(written(metrics))
                .isEqualTo(HEADER
                        + "naive,1,acc,0.75\n"
                        + "naive,1,bwt,\n"
                        + "naive,1,fwt,\n"
                        + "naive,1,forgetting,\n"
                        + "naive,1,learning_accuracy,0.75\n"
                        + "naive,1,incremental_accuracy,0.75\n"
                        + "naive,1,worst_task,0.75\n"
                        + "naive,1,forgetting_first,\n"
                        + "naive,1,forgetting_best_of_all,\n"
                        + "naive,1,forgetting_mean_drop,\n"
                        + "naive,1,forgetting_relative,\n"
                        + "naive,1,forgetting_best_earlier_literal,\n"
                        + "naive,1,forgetting_best_of_all_literal,\n"
                        + "naive,1,forgetting_relative_literal,\n"
                        + "naive,1,intransigence,\n"
                        + "naive,1,forgetting_ratio,\n"
                        + "naive,1,fwt_independent,\n"
                        + "naive,1,train_seconds,12.5\n"
                        + "naive,1,macs,6500000000\n");
    }

    @Test
    void figuresOfARunHaveEveryForgettingAndEveryReferenceMetric() {
        AccuracyMatrix matrix = RandomMatrices.percent(new int[] {50, 50}, new int[] {75, 50}, new int[] {80, 100});
        ReferenceAccuracies references =
                ReferenceAccuracies.empty(1).with(Reference.JOINT, "t1", 1, 1).with(Reference.JOINT, "t2", 1, 1);

        RunMetrics metrics = RunMetrics.of(
                ForgettingReport.of(matrix, ForgettingDefinition.FIRST).against(references));

        assertThat(metrics.values())
                .containsEntry("forgetting", ForgettingDefinition.BEST_EARLIER.of(matrix))
                .containsEntry("forgetting_first", ForgettingDefinition.FIRST.of(matrix))
                .containsEntry("forgetting_best_of_all", MetricValue.of(0))
                .containsEntry("forgetting_mean_drop", ForgettingDefinition.MEAN_DROP.of(matrix))
                .containsEntry("intransigence", MetricValue.of(0.125));
    }

    @Test
    void aMatrixGivesBackTheReasonsThatAFileHasNoRoomFor() {
        AccuracyMatrix matrix = RandomMatrices.percent(new int[] {50}, new int[] {75});
        RunMetrics read = RunMetrics.empty("naive", 1)
                .with("acc", 0.75)
                .with("bwt", MetricValue.undefined("m.csv, line 2 gives no value"))
                .with("reuse", MetricValue.undefined("m.csv, line 3 gives no value"));

        assertThat(read.explainedBy(matrix, ContinualEvaluation.none("naive", 1, matrix.tasks())))
                .isEqualTo(RunMetrics.empty("naive", 1)
                        .with("acc", 0.75)
                        .with("bwt", MetricValue.undefined("there is only one task"))
                        .with("reuse", MetricValue.undefined("m.csv, line 3 gives no value")));
    }

    @Test
    void theFileOfAComparisonEndsWithTheStatisticsOfEveryStrategy() throws IOException {
        StringBuilder out = new StringBuilder();
        List<RunMetrics> runs = List.of(
                RunMetrics.empty("ewc", 1).with("acc", 0.5).with("bwt", MetricValue.undefined("it rained")),
                RunMetrics.empty("naive", 1).with("acc", 0.25),
                RunMetrics.empty("ewc", 2).with("acc", 0.5));

        MetricsCsv.writeComparison(runs, out);

        assertThat(out)
                .hasToString(HEADER
                        + "ewc,1,acc,0.5\n"
                        + "ewc,1,bwt,\n"
                        + "naive,1,acc,0.25\n"
                        + "ewc,2,acc,0.5\n"
                        + "ewc,mean,acc,0.5\n"
                        + "ewc,ci95_low,acc,0.5\n"
                        + "ewc,ci95_high,acc,0.5\n"
                        + "ewc,mean,bwt,\n"
                        + "ewc,ci95_low,bwt,\n"
                        + "ewc,ci95_high,bwt,\n"
                        + "naive,mean,acc,0.25\n"
                        + "naive,ci95_low,acc,\n"
                        + "naive,ci95_high,acc,\n");
    }

    @Test
    void intervalsAreNotHeldBackAtOneInFiles() throws IOException {
        StringBuilder out = new StringBuilder();

        MetricsCsv.writeComparison(
                List.of(
                        RunMetrics.empty("a", 1).with("acc", 1),
                        RunMetrics.empty("a", 2).with("acc", 0.5)),
                out);

        assertThat(out.toString()).contains("a,mean,acc,0.75\n").containsPattern("a,ci95_high,acc,3\\.92");
    }

    @Test
    void joinedComparisonsReadAsTheirRunsAlone() throws IOException {
        RunMetrics first = RunMetrics.empty("naive", 1).with("acc", 0.5);
        RunMetrics second = RunMetrics.empty("naive", 2).with("acc", 0.25);
        StringBuilder out = new StringBuilder();
        MetricsCsv.writeComparison(List.of(first), out);
        MetricsCsv.writeComparison(List.of(second), out);

        assertThat(read(out.toString())).containsExactly(first, second);
    }

    @Test
    void anEmptyValueReadsBackAsUndefinedNeverAsZero() throws IOException {
        assertThat(read(HEADER + "naive,1,bwt,\n"))
                .containsExactly(RunMetrics.empty("naive", 1)
                        .with("bwt", MetricValue.undefined("m.csv, line 2 gives no value")));
    }

    @Property
    void figuresReadBackAsTheyWereAndAreWrittenAgainToTheSameBytes(@ForAll("runs") RunMetrics metrics)
            throws IOException {
        String text = written(metrics);

        RunMetrics back = metrics.values().isEmpty() ? metrics : read(text).get(0);

        assertThat(back.values().keySet().asList())
                .isEqualTo(metrics.values().keySet().asList());
        metrics.values()
                .forEach((name, value) ->
                        assertThat(back.values().get(name).number()).isEqualTo(value.number()));
        assertThat(written(back)).isEqualTo(text);
    }

    @Property
    void theStatisticsOfAComparisonAreSkipped(@ForAll("runs") RunMetrics metrics) throws IOException {
        StringBuilder comparison = new StringBuilder();

        MetricsCsv.writeComparison(List.of(metrics), comparison);

        assertThat(comparison.toString()).startsWith(written(metrics));
        assertThat(read(comparison.toString())).hasSameSizeAs(read(written(metrics)));
    }

    @Provide
    Arbitrary<RunMetrics> runs() {
        Arbitrary<MetricValue> values = Arbitraries.oneOf(
                Arbitraries.doubles().map(MetricValue::of),
                Arbitraries.doubles().between(-1, 1).map(MetricValue::of),
                Arbitraries.just(MetricValue.undefined("nobody looked")));
        Arbitrary<Map<String, MetricValue>> figures =
                Arbitraries.maps(RandomMatrices.names(), values).ofMaxSize(8);
        return Combinators.combine(RandomMatrices.names(), Arbitraries.longs(), figures)
                .as((strategy, seed, map) -> new RunMetrics(strategy, seed, ImmutableMap.copyOf(map)))
                .withoutEdgeCases();
    }

    @Test
    void joinedFilesGiveARecordPerStrategyAndSeed() throws IOException {
        RunMetrics first = RunMetrics.empty("naive", 1).with("acc", 0.5);
        RunMetrics second = RunMetrics.empty("naive", 2).with("acc", 0.25).with("bwt", -0.5);

        assertThat(read(written(first) + written(second))).containsExactly(first, second);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "naive,1,acc,x | column value: must be a decimal number such as 0.25 or 1.5E9, got \"x\"",
                "naive,1,acc,Infinity | column value: must be a decimal number such as 0.25 or 1.5E9, got \"Infinity\"",
                "naive,1,,0.5 | column metric: is empty: write a name",
                "naive,1.5,acc,1 | column seed: must be a whole number in [-9223372036854775808, 9223372036854775807], got \"1.5\"",
                "naive,median,acc,1 | column seed: must be a whole number in [-9223372036854775808, 9223372036854775807], got \"median\"",
                "naive,Mean,acc,1 | column seed: must be a whole number in [-9223372036854775808, 9223372036854775807], got \"Mean\"",
                "naive,mean,acc,x | column value: must be a decimal number such as 0.25 or 1.5E9, got \"x\"",
                "naive,mean,,1 | column metric: is empty: write a name",
                ",mean,acc,1 | column strategy: is empty: write a name",
                "naive,0,acc,1 | column metric: \"acc\" of strategy \"naive\", seed 0 is on line 2 already: remove one, or give one run another seed",
            })
    void aBadValueIsRefusedWithItsPlace(String line, String problem) {
        assertThatExceptionOfType(MatrixFormatException.class)
                .isThrownBy(() -> read(HEADER + "naive,0,acc,1\n" + line + "\n"))
                .withMessage("m.csv, line 3, " + problem);
    }

    @Test
    void anAccuracyFileIsNotAMetricsFile() {
        assertThatExceptionOfType(MatrixFormatException.class)
                .isThrownBy(() -> read("strategy,seed,after_task,task,correct,total,accuracy\n"))
                .withMessage(
                        "m.csv, line 1: missing column \"metric\", \"value\"; unknown column \"after_task\", \"task\", "
                                + "\"correct\", \"total\", \"accuracy\"; write the header strategy,seed,metric,value");
    }

    @Test
    void aMetricCannotBeAddedTwice() {
        RunMetrics metrics = RunMetrics.empty("naive", 1).with("acc", 0.5);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> metrics.with("acc", 0.5))
                .withMessageStartingWith("metric acc is already set to ");
        assertThatIllegalArgumentException().isThrownBy(() -> metrics.with("", 0.5));
        assertThatIllegalArgumentException().isThrownBy(() -> metrics.with("ms_per_step", Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MetricsCsv.write(List.of(metrics, metrics), new StringBuilder()))
                .withMessage("two sets of metrics of strategy \"naive\", seed 1: a file can hold only one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MetricsCsv.writeComparison(List.of(metrics, metrics), new StringBuilder()));
    }

    private static String written(RunMetrics metrics) throws IOException {
        StringBuilder out = new StringBuilder();
        MetricsCsv.write(List.of(metrics), out);
        return out.toString();
    }

    private static List<RunMetrics> read(String text) throws IOException {
        return MetricsCsv.read(new StringReader(text), "m.csv");
    }
}
