package sluice.evaluation.report;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.stream.IntStream;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.ForgettingDefinition;
import sluice.evaluation.MetricValue;
import sluice.evaluation.RunMetrics;

/**
 * One run, as a report shows it.
 *
 * @param place where it was read, for the reader
 * @param matrix its accuracies, under the strategy's name in the report
 * @param counted whether the cells are counts of answers; otherwise accuracies are known to nine decimals, and totals mean
 *     nothing
 * @param metrics its figures, of the same strategy and seed
 * @param details what else is known
 */
record ReportRun(String place, AccuracyMatrix matrix, boolean counted, RunMetrics metrics, RunDetails details) {
    ReportRun {
        checkArgument(
                metrics.strategy().equals(matrix.strategy()) && metrics.seed() == matrix.seed(),
                "metrics and matrix are of different runs");
    }

    String strategy() {
        return matrix.strategy();
    }

    long seed() {
        return matrix.seed();
    }

    /** The figure of that name; undefined where it was not measured. */
    MetricValue metric(String key) {
        return metrics.values().getOrDefault(key, MetricValue.undefined("it was not measured"));
    }

    /** Forgetting of each task. */
    ImmutableList<MetricValue> forgetting(ForgettingDefinition definition) {
        return IntStream.rangeClosed(1, matrix.tasks().size())
                .mapToObj(j -> definition.ofTask(matrix, j))
                .collect(ImmutableList.toImmutableList());
    }

    /** The same run under another name. */
    ReportRun named(String strategy) {
        return strategy.equals(strategy())
                ? this
                : new ReportRun(
                        place,
                        matrix.named(strategy),
                        counted,
                        new RunMetrics(strategy, metrics.seed(), metrics.values()),
                        details);
    }

    ReportRun with(RunMetrics other) {
        return new ReportRun(place, matrix, counted, other, details);
    }

    ReportRun with(RunDetails other) {
        return new ReportRun(place, matrix, counted, metrics, other);
    }
}
