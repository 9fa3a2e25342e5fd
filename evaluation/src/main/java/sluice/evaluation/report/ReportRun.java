package sluice.evaluation.report;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.stream.IntStream;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.ForgettingDefinition;
import sluice.evaluation.MetricValue;
import sluice.evaluation.RegressionScore;
import sluice.evaluation.RunMetrics;
import sluice.evaluation.regression.RegressionMatrix;

/**
 * One run, as a report shows it.
 *
 * @param place where it was read, for the reader
 * @param matrix its accuracies, without cells where numbers are predicted, under the strategy's name in the report
 * @param errors how far predicted numbers are off; empty where classes are told apart
 * @param counted whether the cells are counts of answers; otherwise accuracies are known to nine decimals, and totals mean
 *     nothing
 * @param metrics its figures, of the same strategy and seed
 * @param details what else is known
 */
record ReportRun(
        String place,
        AccuracyMatrix matrix,
        Optional<RegressionMatrix> errors,
        boolean counted,
        RunMetrics metrics,
        RunDetails details) {
    ReportRun(String place, AccuracyMatrix matrix, boolean counted, RunMetrics metrics, RunDetails details) {
        this(place, matrix, Optional.empty(), counted, metrics, details);
    }

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

    /** Whether any task was. */
    boolean isTested() {
        return errors.map(RegressionMatrix::isTested).orElseGet(matrix::isTested);
    }

    /** Accuracy, or RMSE where numbers are predicted. */
    MetricValue score(int row, int column) {
        return errors.isPresent()
                ? errors.get().value(RegressionScore.RMSE, row, column)
                : matrix.accuracy(row, column);
    }

    /** Forgetting of a task. */
    MetricValue forgetting(ForgettingDefinition definition, int task) {
        return errors.isPresent()
                ? errors.get().figures(RegressionScore.RMSE).forgetting(definition, task)
                : definition.ofTask(matrix, task);
    }

    /** Forgetting of each task. */
    ImmutableList<MetricValue> forgetting(ForgettingDefinition definition) {
        return IntStream.rangeClosed(1, matrix.tasks().size())
                .mapToObj(j -> forgetting(definition, j))
                .collect(ImmutableList.toImmutableList());
    }

    /** The same run under another name. */
    ReportRun named(String strategy) {
        return strategy.equals(strategy())
                ? this
                : new ReportRun(
                        place,
                        matrix.named(strategy),
                        errors,
                        counted,
                        new RunMetrics(strategy, metrics.seed(), metrics.values()),
                        details);
    }

    ReportRun with(RunMetrics other) {
        return new ReportRun(place, matrix, errors, counted, other, details);
    }

    ReportRun with(RunDetails other) {
        return new ReportRun(place, matrix, errors, counted, metrics, other);
    }
}
