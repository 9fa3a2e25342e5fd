package sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

/** The metrics against loops over the points, where NaN stands for undefined. */
@Domain(RandomEvaluations.class)
class ContinualMetricPropertyTest {
    @Property
    void everyMetricAgreesWithTheNaiveComputation(@ForAll ContinualEvaluation evaluation) {
        double[] naive = {
            minimum(evaluation), worstCase(evaluation), windowed(evaluation), gap(evaluation), lca(evaluation)
        };

        for (ContinualMetric metric : ContinualMetric.values()) {
            double expected = naive[metric.ordinal()];
            MetricValue actual = metric.of(evaluation);
            assertThat(actual instanceof MetricValue.Undefined).as(metric.key()).isEqualTo(Double.isNaN(expected));
            actual.number()
                    .ifPresent(value -> assertThat(value)
                            .as(metric.key())
                            .isCloseTo(expected, within(1e-12))
                            .isBetween(0.0, 1.0));
        }
    }

    @Property
    void aFileGivesTheEvaluationBack(@ForAll ContinualEvaluation evaluation) throws IOException {
        StringBuilder out = new StringBuilder();
        ContinualCsv.write(evaluation, out);

        AccuracyMatrix matrix = AccuracyMatrix.empty(evaluation.strategy(), evaluation.seed(), evaluation.tasks());
        assertThat(ContinualCsv.of(ContinualCsv.lines(new StringReader(out.toString()), "c.csv"), matrix))
                .isEqualTo(evaluation);
    }

    private static List<Double> accuracies(ContinualEvaluation e, int j, int from, int to) {
        List<Double> found = new ArrayList<>();
        for (int k = from; k <= to; k++) {
            int before = found.size();
            for (ContinualEvaluation.Point point : e.points()) {
                if (point.task() == j && point.learning() == k) {
                    found.add((double) point.correct() / point.total());
                }
            }
            if (found.size() == before) {
                return List.of(Double.NaN);
            }
        }
        return found;
    }

    private static double least(List<Double> values) {
        double least = Double.POSITIVE_INFINITY;
        for (double value : values) {
            least = Math.min(least, value); // NaN if one is
        }
        return least;
    }

    private static double minimum(ContinualEvaluation e) {
        int tasks = e.tasks().size();
        double sum = 0;
        for (int j = 1; j < tasks; j++) {
            List<Double> a = accuracies(e, j, j + 1, tasks);
            sum += least(a.size() == 1 ? a : a.subList(1, a.size()));
        }
        return sum / (tasks - 1); // 0/0 with one task
    }

    private static double worstCase(ContinualEvaluation e) {
        int tasks = e.tasks().size();
        List<Double> newest = accuracies(e, tasks, tasks, tasks);
        return newest.get(newest.size() - 1) / tasks + (tasks - 1) * minimum(e) / tasks;
    }

    private static double windowed(ContinualEvaluation e) {
        int tasks = e.tasks().size();
        double sum = 0;
        for (int j = 1; j < tasks; j++) {
            List<Double> a = accuracies(e, j, j + 1, tasks);
            double worst = a.get(0).isNaN() ? Double.NaN : 0;
            for (int m = 0; m < a.size(); m++) {
                for (int n = m + 1; n < a.size() && n < m + 10; n++) {
                    worst = Math.max(worst, a.get(m) - a.get(n));
                }
            }
            sum += worst;
        }
        return sum / (tasks - 1);
    }

    private static double gap(ContinualEvaluation e) {
        int tasks = e.tasks().size();
        double sum = 0;
        int pairs = 0;
        for (int k = 2; k <= tasks; k++) {
            for (int j = 1; j < k; j++, pairs++) {
                List<Double> a = accuracies(e, j, k, k);
                List<Double> before = accuracies(e, j, k - 1, k - 1);
                double low = Math.min(before.get(before.size() - 1), a.get(a.size() - 1));
                sum += Math.max(0, low - least(a));
            }
        }
        return sum / pairs;
    }

    private static double lca(ContinualEvaluation e) {
        double sum = 0;
        for (int k = 1; k <= e.tasks().size(); k++) {
            double[] first = new double[11];
            Arrays.fill(first, Double.NaN);
            for (ContinualEvaluation.Point point : e.points()) {
                if (point.task() == k && point.learning() == k && point.step() <= 10) {
                    first[(int) point.step()] = (double) point.correct() / point.total();
                }
            }
            sum += Arrays.stream(first).sum() / 11;
        }
        return sum / e.tasks().size();
    }
}
