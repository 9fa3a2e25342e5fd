package sluice.evaluation;

import static sluice.evaluation.MetricArithmetic.fold;
import static sluice.evaluation.MetricArithmetic.mean;
import static sluice.evaluation.MetricArithmetic.minus;

import java.util.function.Function;

/**
 * The metrics of an accuracy matrix R, in the order of a report. T is the number of tasks. A metric over a missing
 * cell is undefined, and so is a metric over pairs of tasks where there is only one task.
 */
public enum ForgettingMetric implements Metric {
    /** Average accuracy: the mean of R[T][j] over j = 1..T (Lopez-Paz and Ranzato 2017). In [0, 1]. */
    ACC(
            "acc",
            Description.ofAccuracies("ACC", "mean of R[T][j], j = 1..T", "Lopez-Paz & Ranzato 2017", Better.MORE)
                    .inWords("accuracy on all tasks after the last one was learned, mean"),
            ForgettingMetric::averageAccuracy),

    /**
     * Backward transfer: the mean of R[T][j] - R[j][j] over j = 1..T-1 (Lopez-Paz and Ranzato 2017). In [-1, 1];
     * below 0 where learning later tasks harmed earlier ones.
     */
    BWT(
            "bwt",
            Description.ofAccuracies(
                            "BWT", "mean of R[T][j] - R[j][j], j = 1..T-1", "Lopez-Paz & Ranzato 2017", Better.MORE)
                    .inWords("what earlier tasks gained after they were learned, lost where below 0, mean"),
            ForgettingMetric::backward),

    /**
     * Forward transfer: the mean of R[j-1][j] - R[0][j] over j = 2..T (Lopez-Paz and Ranzato 2017), where row 0 is the
     * untrained network of the same run. In [-1, 1].
     */
    FWT(
            "fwt",
            Description.ofAccuracies(
                            "FWT", "mean of R[j-1][j] - R[0][j], j = 2..T", "Lopez-Paz & Ranzato 2017", Better.MORE)
                    .inWords("accuracy on a task just before it is learned, less that of the untrained network, mean"),
            ForgettingMetric::forward),

    /**
     * Forgetting, as {@link ForgettingDefinition#BEST_EARLIER} defines it (Chaudhry et al. 2018). In [-1, 1]; below 0
     * where the last row is the best. A {@link ForgettingReport} may be asked for another definition.
     */
    FORGETTING(
            ForgettingDefinition.BEST_EARLIER.key(),
            ForgettingDefinition.BEST_EARLIER.description().named("Forgetting"),
            ForgettingDefinition.BEST_EARLIER::of),

    /** Learning accuracy: the mean of the diagonal R[j][j] over j = 1..T. In [0, 1]. */
    LEARNING_ACCURACY(
            "learning_accuracy",
            Description.ofAccuracies(
                            "Learning accuracy", "mean of R[j][j], j = 1..T (mean of the diagonal)", "", Better.MORE)
                    .inWords("accuracy on each task right after it was learned, mean"),
            ForgettingMetric::learningAccuracy),

    /**
     * Average incremental accuracy: the mean over i = 1..T of the mean of R[i][j] over j = 1..i, the accuracy on the tasks
     * so far after each (Rebuffi et al. 2017, who take the average over all classes so far). In [0, 1].
     */
    INCREMENTAL_ACCURACY(
            "incremental_accuracy",
            Description.ofAccuracies(
                            "Incremental acc.",
                            "mean of the mean of R[i][j], j = 1..i, over i = 1..T",
                            "after Rebuffi et al. 2017",
                            Better.MORE)
                    .inWords("accuracy on the tasks so far, after each task, mean"),
            ForgettingMetric::incrementalAccuracy),

    /** Worst task: the least of R[T][j] over j = 1..T, the final accuracy of the task that is answered worst. In [0, 1]. */
    WORST_TASK(
            "worst_task",
            Description.ofAccuracies("Worst task", "least of R[T][j], j = 1..T", "", Better.MORE)
                    .inWords("accuracy in the end on the task that is answered worst"),
            ForgettingMetric::worstTask);

    /** What is to be known of {@link #FWT} where every task has outputs of its own, as in scenario task. */
    public static final String FWT_OF_OWN_HEADS =
            "noise here: the outputs of a task are untrained before it is learned";

    private final String key;
    private final Description description;
    private final Function<ScoreMatrix, MetricValue> formula;

    ForgettingMetric(String key, Description description, Function<ScoreMatrix, MetricValue> formula) {
        this.key = key;
        this.description = description;
        this.formula = formula;
    }

    /**
     * {@return the metric; undefined, naming a missing cell, or because there is only one task}
     *
     * @param matrix R, of accuracies or other scores
     */
    public MetricValue of(ScoreMatrix matrix) {
        return formula.apply(matrix);
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public Description description() {
        return description;
    }

    private static MetricValue averageAccuracy(ScoreMatrix r) {
        int last = r.tasks().size();
        return mean(1, last, j -> r.score(last, j));
    }

    private static MetricValue worstTask(ScoreMatrix r) {
        int last = r.tasks().size();
        return fold(1, last, j -> r.score(last, j), Math::min);
    }

    private static MetricValue backward(ScoreMatrix r) {
        int last = r.tasks().size();
        return mean(1, last - 1, j -> minus(r.score(last, j), r.score(j, j)));
    }

    private static MetricValue forward(ScoreMatrix r) {
        return mean(2, r.tasks().size(), j -> minus(r.score(j - 1, j), r.score(0, j)));
    }

    private static MetricValue incrementalAccuracy(ScoreMatrix r) {
        return mean(1, r.tasks().size(), i -> mean(1, i, j -> r.score(i, j)));
    }

    private static MetricValue learningAccuracy(ScoreMatrix r) {
        return mean(1, r.tasks().size(), j -> r.score(j, j));
    }
}
