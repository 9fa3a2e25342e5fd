package sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

/** The metrics against loops over plain arrays, where NaN stands for undefined. */
@Domain(RandomMatrices.class)
class ForgettingMetricPropertyTest {
    @Property
    void everyMetricAgreesWithTheNaiveComputation(@ForAll AccuracyMatrix matrix) {
        double[][] r = RandomMatrices.accuracies(matrix);
        double[] naive = {
            acc(r),
            bwt(r),
            fwt(r),
            NaiveForgetting.bestEarlier(r, false),
            learningAccuracy(r),
            incremental(r),
            worstTask(r)
        };

        for (ForgettingMetric metric : ForgettingMetric.values()) {
            double expected = naive[metric.ordinal()];
            MetricValue actual = metric.of(matrix);
            assertThat(actual instanceof MetricValue.Undefined).as(metric.key()).isEqualTo(Double.isNaN(expected));
            actual.number()
                    .ifPresent(value -> assertThat(value).as(metric.key()).isCloseTo(expected, within(1e-12)));
        }
    }

    @Property
    void metricsStayInRange(@ForAll AccuracyMatrix matrix) {
        for (ForgettingMetric metric : ForgettingMetric.values()) {
            boolean isMeanOfAccuracies = metric == ForgettingMetric.ACC
                    || metric == ForgettingMetric.LEARNING_ACCURACY
                    || metric == ForgettingMetric.INCREMENTAL_ACCURACY
                    || metric == ForgettingMetric.WORST_TASK;
            metric.of(matrix)
                    .number()
                    .ifPresent(value ->
                            assertThat(value).as(metric.key()).isBetween(isMeanOfAccuracies ? 0.0 : -1.0, 1.0));
        }
    }

    @Property
    void anUndefinedMetricNamesACellOrARowThatIsMissing(@ForAll AccuracyMatrix matrix) {
        for (ForgettingMetric metric : ForgettingMetric.values()) {
            if (metric.of(matrix) instanceof MetricValue.Undefined undefined
                    && matrix.tasks().size() > 1) {
                assertThat(RandomMatrices.absences(matrix)).contains(undefined.reason());
            }
        }
    }

    @Property
    void forgettingIsAtLeastTheLossThatBwtReports(@ForAll AccuracyMatrix matrix) {
        if (ForgettingMetric.FORGETTING.of(matrix) instanceof MetricValue.Defined forgetting) {
            double bwt = ForgettingMetric.BWT.of(matrix).number().orElseThrow();
            assertThat(forgetting.value()).isGreaterThanOrEqualTo(-bwt - 1e-12);
        }
    }

    private static double worstTask(double[][] r) {
        double worst = Double.POSITIVE_INFINITY;
        for (double last : r[r.length - 1]) {
            // NaN where one is missing
            worst = Math.min(worst, last);
        }
        return worst;
    }

    private static double acc(double[][] r) {
        double sum = 0;
        for (double last : r[r.length - 1]) {
            sum += last;
        }
        return sum / r[0].length;
    }

    private static double learningAccuracy(double[][] r) {
        double sum = 0;
        for (int j = 0; j < r[0].length; j++) {
            sum += r[j + 1][j];
        }
        return sum / r[0].length;
    }

    private static double incremental(double[][] r) {
        double sum = 0;
        for (int i = 1; i < r.length; i++) {
            double ofRow = 0;
            for (int j = 0; j < i; j++) {
                ofRow += r[i][j];
            }
            sum += ofRow / i;
        }
        return sum / r[0].length;
    }

    private static double bwt(double[][] r) {
        int tasks = r[0].length;
        double sum = 0;
        for (int j = 0; j < tasks - 1; j++) {
            sum += r[tasks][j] - r[j + 1][j];
        }
        return sum / (tasks - 1); // 0/0 with one task
    }

    private static double fwt(double[][] r) {
        int tasks = r[0].length;
        double sum = 0;
        for (int j = 1; j < tasks; j++) {
            sum += r[j][j] - r[0][j];
        }
        return sum / (tasks - 1);
    }
}
