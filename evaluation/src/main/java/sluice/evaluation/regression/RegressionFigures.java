package sluice.evaluation.regression;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Sets;
import java.util.Set;
import sluice.evaluation.ForgettingDefinition;
import sluice.evaluation.ForgettingMetric;
import sluice.evaluation.MetricValue;
import sluice.evaluation.RegressionMetric;
import sluice.evaluation.RegressionScore;
import sluice.evaluation.ScoreMatrix;

/**
 * Figures of one score of a run. Levels (mean, learned, incremental, worst) are in the score's own units. Of forgetting above 0 is a loss,
 * whichever score it is: of RMSE, how much the error rose; of transfer above 0 is a gain, how much the error fell. A relative forgetting
 * of RMSE is the rise as a part of the least error; of R2 it is undefined where R2 was never above 0.
 *
 * @param matrix errors of the run
 * @param score which
 */
public record RegressionFigures(RegressionMatrix matrix, RegressionScore score) {
    /** Those that are a score, and not a difference of scores. */
    private static final Set<ForgettingMetric> LEVELS = Sets.immutableEnumSet(
            ForgettingMetric.ACC,
            ForgettingMetric.LEARNING_ACCURACY,
            ForgettingMetric.INCREMENTAL_ACCURACY,
            ForgettingMetric.WORST_TASK);

    private static final Set<ForgettingDefinition> SHARES =
            Sets.immutableEnumSet(ForgettingDefinition.RELATIVE, ForgettingDefinition.RELATIVE_LITERAL);

    /**
     * {@return a figure of the run: in the place of accuracies, the score; of {@link ForgettingMetric#WORST_TASK} the largest RMSE or the
     * least R2}
     *
     * @param metric which; undefined where a cell that it needs is missing
     */
    public MetricValue of(ForgettingMetric metric) {
        Scores scores = Scores.of(matrix, score);
        MetricValue value = metric.of(scores);
        boolean turned = score == RegressionScore.RMSE && LEVELS.contains(metric);
        return scaled(value, turned ? -scores.unit() : scores.unit());
    }

    /**
     * {@return forgetting of the run; undefined where a cell that the formula needs is missing, or with one task only}
     *
     * @param definition of forgetting
     */
    public MetricValue forgetting(ForgettingDefinition definition) {
        Scores scores = Scores.of(matrix, score);
        return scaled(definition.of(scores), SHARES.contains(definition) ? 1 : scores.unit());
    }

    /**
     * {@return forgetting of a task alone; undefined also for the task learned last}
     *
     * @param definition of forgetting
     * @param task j, in [1, T]
     * @throws IllegalArgumentException if there is no such task
     */
    public MetricValue forgetting(ForgettingDefinition definition, int task) {
        Scores scores = Scores.of(matrix, score);
        return scaled(definition.ofTask(scores, task), SHARES.contains(definition) ? 1 : scores.unit());
    }

    /**
     * {@return the figure of a metric}
     *
     * @param metric of this score
     */
    MetricValue of(RegressionMetric metric) {
        return metric.figure() instanceof ForgettingDefinition definition
                ? forgetting(definition)
                : of((ForgettingMetric) metric.figure());
    }

    private static MetricValue scaled(MetricValue value, double unit) {
        return value instanceof MetricValue.Defined defined ? MetricValue.of(defined.value() * unit) : value;
    }

    /**
     * As scores of which larger ones are better: R2, or RMSE with the other sign.
     *
     * @param unit power of two that the score is divided by, so that figures have the same digits whatever the target's units are
     */
    private record Scores(RegressionMatrix matrix, RegressionScore kind, double unit) implements ScoreMatrix {
        static Scores of(RegressionMatrix matrix, RegressionScore kind) {
            double largest = kind == RegressionScore.R2
                    ? 1
                    : matrix.cells().values().stream()
                            .mapToDouble(RegressionCell::rmse)
                            .max()
                            .orElse(1);
            return new Scores(
                    matrix, kind, largest < Double.MIN_NORMAL ? 1 : Math.scalb(1.0, Math.getExponent(largest)));
        }

        @Override
        public ImmutableList<String> tasks() {
            return matrix.tasks();
        }

        @Override
        public MetricValue score(int afterTask, int task) {
            return scaled(matrix.value(kind, afterTask, task), kind == RegressionScore.RMSE ? -1 / unit : 1);
        }

        @Override
        public MetricValue whole(int task, MetricValue score) {
            if (!(score instanceof MetricValue.Defined best)) {
                return score;
            }
            if (kind == RegressionScore.RMSE) {
                return best.value() == 0
                        ? MetricValue.undefined("task " + task + " was once answered without any error")
                        : MetricValue.of(-best.value());
            }
            return best.value() > 0
                    ? best
                    : MetricValue.undefined("task " + task + " was never answered better than by its mean");
        }
    }
}
