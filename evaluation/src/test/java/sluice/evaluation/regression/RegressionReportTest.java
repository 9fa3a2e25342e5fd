package sluice.evaluation.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.ForgettingDefinition;
import sluice.evaluation.ForgettingMetric;
import sluice.evaluation.Metric;
import sluice.evaluation.MetricValue;
import sluice.evaluation.Metrics;
import sluice.evaluation.ReferenceMetric;
import sluice.evaluation.RegressionMetric;
import sluice.evaluation.RegressionScore;
import sluice.evaluation.RunMetrics;

class RegressionReportTest {
    /** RMSE of two tasks; variation of 100 in all, of ten rows. */
    private static RegressionMatrix matrix(double unit) {
        double[][] rmse = {{4, 4}, {1, 3}, {2, 0.5}};
        RegressionMatrix matrix = RegressionMatrix.empty("naive", 7, List.of("north", "a name that is long"));
        for (int i = 0; i < rmse.length; i++) {
            for (int j = 1; j <= 2; j++) {
                double error = rmse[i][j - 1] * unit;
                matrix = matrix.with(i, j, new RegressionCell(error * error * 10, 100 * unit * unit, 10));
            }
        }
        return matrix;
    }

    @Test
    void everyFigureHasAKeyOfItsOwnThatTellsWhatItIs() {
        Set<String> keys = RegressionMetric.all().stream().map(Metric::key).collect(Collectors.toSet());

        assertThat(keys)
                .hasSize(RegressionMetric.all().size())
                .hasSize(2 * (ForgettingMetric.values().length + ForgettingDefinition.values().length - 1))
                .contains(
                        "rmse",
                        "r2",
                        "rmse_forgetting",
                        "rmse_forgetting_first",
                        "r2_bwt",
                        "r2_fwt",
                        "rmse_learning",
                        "rmse_incremental",
                        "rmse_worst_task");
        assertThat(RegressionMetric.all()).allSatisfy(metric -> {
            assertThat(Metrics.of(metric.key())).contains(metric);
            assertThat(metric.definition()).isNotBlank();
            assertThat(metric.better()).isNotEqualTo(Metric.Better.NEITHER);
        });
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RegressionMetric(RegressionScore.R2, ReferenceMetric.INTRANSIGENCE));
    }

    @Test
    void lessErrorIsBetterAndMoreOfWhatIsExplained() {
        assertThat(better("rmse", "rmse_worst_task", "rmse_learning", "rmse_incremental", "rmse_forgetting"))
                .containsOnly(Metric.Better.LESS);
        assertThat(better("r2_forgetting_relative")).containsOnly(Metric.Better.LESS);
        assertThat(better("r2", "r2_worst_task", "r2_bwt", "rmse_bwt", "rmse_fwt"))
                .containsOnly(Metric.Better.MORE);
    }

    private static Stream<Metric.Better> better(String... keys) {
        return Stream.of(keys).map(key -> Metrics.of(key).orElseThrow().better());
    }

    @Test
    void metricsAreOfTheLastRowAndOfWhatWasLost() {
        RunMetrics metrics = RegressionReport.of(matrix(1)).metrics();

        assertThat(metrics.values().keySet())
                .containsExactlyElementsOf(
                        RegressionMetric.all().stream().map(Metric::key).toList());
        assertThat(metrics.values())
                .containsEntry("rmse", MetricValue.of(1.25))
                .containsEntry("rmse_forgetting", MetricValue.of(1))
                .containsEntry("rmse_bwt", MetricValue.of(-1))
                .containsEntry("rmse_fwt", MetricValue.of(1))
                .containsEntry("rmse_worst_task", MetricValue.of(2))
                .containsEntry("rmse_learning", MetricValue.of(0.75))
                .containsEntry("rmse_incremental", MetricValue.of(1.125))
                .containsEntry("rmse_forgetting_relative", MetricValue.of(1));
        assertThat(metrics.value(RegressionMetric.R2).number().orElseThrow()).isEqualTo((0.6 + 0.975) / 2);
        assertThat(metrics.areOfNumbers()).isTrue();
        assertThat(metrics.areOfOneTask()).isFalse();
    }

    @Test
    void theReportFitsATerminalAndSaysNothingOfAccuracy() {
        String text = RegressionReport.of(matrix(123_456.7)).render(60);

        assertThat(text.lines().filter(line -> line.startsWith("|"))).allMatch(line -> line.length() <= 60);
        assertThat(text)
                .contains(
                        "| RMSE ",
                        "| forgetting (best-earlier) | 123,457 |",
                        "R2, last row       north 0.6000, ",
                        "RMSE forgetting      123,457  best-earlier: how far the RMSE of a task ends above its best",
                        "RMSE BWT            -123,457  how far the RMSE of earlier tasks fell after they",
                        "how far the R2 of a task ends below")
                .doesNotContainIgnoringCase("accura");
    }

    @Test
    void nothingCanBeForgottenOfOneTask() {
        RegressionMatrix one = RegressionMatrix.empty("naive", 1, List.of("only"))
                .with(0, 1, new RegressionCell(90, 10, 10))
                .with(1, 1, new RegressionCell(2.5, 10, 10));

        String text = RegressionReport.of(one).render();

        assertThat(text)
                .contains(
                        "RMSE                 0.50000  how far off",
                        "R2                    0.7500  what predictions explain")
                .doesNotContain("orgetting");
        assertThat(RegressionReport.of(one).metrics().areOfOneTask()).isTrue();
    }

    @Test
    void manyTasksAreToldWithoutTheirMatrix() {
        List<String> tasks = IntStream.range(0, 30).mapToObj(j -> "t" + j).toList();
        RegressionMatrix first = RegressionMatrix.empty("naive", 1, tasks).with(0, 1, new RegressionCell(1, 1, 1));

        String text = RegressionReport.of(first).renderMetrics();

        assertThat(text)
                .doesNotContain("+--")
                .contains("RMSE                       -  undefined because there is no row after task 30");
        assertThat(first.value(RegressionScore.RMSE, 0, 2)).isEqualTo(MetricValue.undefined("task 2 was never tested"));
    }

    @Test
    void aRunWithoutTestsSaysSo() {
        RegressionReport untested = RegressionReport.of(RegressionMatrix.empty("naive", 1, List.of("a", "b")));

        assertThat(untested.render())
                .isEqualTo(untested.renderMetrics())
                .contains("\nnot tested ")
                .doesNotContain("RMSE");
        assertThat(untested.metrics().value(RegressionMetric.RMSE)).isEqualTo(AccuracyMatrix.NOT_TESTED);
    }
}
