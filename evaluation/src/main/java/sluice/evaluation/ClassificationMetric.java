package sluice.evaluation;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableMap;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How well a run tells classes apart in the end: means over tasks, as ACC is, of what a {@link ClassificationReport} of each
 * task's test examples says after the last task, and what one of all test examples together says: there an answer that names a
 * class of another task counts as one of that class, too. An answer that names a class of another task is wrong, and the classes of a
 * task are those that have test examples in it. Undefined where it is not known what was answered to some task.
 */
public enum ClassificationMetric implements Metric {
    /** Macro precision. In [0, 1]. */
    MACRO_PRECISION(
            "Macro precision",
            "mean over tasks of the mean precision of the classes that have test rows, 0 for a class that is never predicted",
            ClassificationReport::macroPrecision),
    /** Macro recall. In [0, 1]. */
    MACRO_RECALL(
            "Macro recall",
            "mean over tasks of the mean recall of the classes that have test rows",
            ClassificationReport::balancedAccuracy),
    /** Macro F1. In [0, 1]. */
    MACRO_F1(
            "Macro F1",
            "mean over tasks of the mean F1 of the classes that have test rows, 0 for a class that is never predicted",
            ClassificationReport::macroF1),
    /** Balanced accuracy. In [0, 1]. */
    BALANCED_ACCURACY(
            "Balanced accuracy",
            "mean over tasks of the mean recall of the classes that have test rows, each counting alike; the same as macro recall",
            ClassificationReport::balancedAccuracy),
    /** Macro precision over the test examples of all tasks together. In [0, 1]. */
    POOLED_PRECISION(
            "Pooled precision",
            "mean over the classes of all tasks of their precision on the test rows of all tasks together, 0 for a class that is never predicted",
            Rows.POOLED,
            ClassificationReport::macroPrecision),
    /** Macro recall over the test examples of all tasks together. In [0, 1]. */
    POOLED_RECALL(
            "Pooled recall",
            "mean over the classes of all tasks of their recall on the test rows of all tasks together",
            Rows.POOLED,
            ClassificationReport::balancedAccuracy),
    /** Macro F1 over the test examples of all tasks together. In [0, 1]. */
    POOLED_F1(
            "Pooled F1",
            "mean over the classes of all tasks of their F1 on the test rows of all tasks together, 0 for a class that is never predicted",
            Rows.POOLED,
            ClassificationReport::macroF1);

    /** Of which rows a report is. */
    private enum Rows {
        TASK_BY_TASK,
        POOLED
    }

    private final Description description;
    private final Rows rows;
    private final ToDoubleFunction<ClassificationReport> figure;

    ClassificationMetric(String title, String formula, ToDoubleFunction<ClassificationReport> figure) {
        this(title, formula, Rows.TASK_BY_TASK, figure);
    }

    ClassificationMetric(String title, String formula, Rows rows, ToDoubleFunction<ClassificationReport> figure) {
        this.description = Description.ofAccuracies(title, formula, "", Better.MORE);
        this.rows = rows;
        this.figure = figure;
    }

    /**
     * {@return all of them by key, in order}
     *
     * @param tasks of the run, at least one
     * @param reports by task, on its test examples after the last task
     */
    public static ImmutableMap<String, MetricValue> all(List<String> tasks, Map<String, ClassificationReport> reports) {
        return Arrays.stream(values())
                .collect(ImmutableMap.toImmutableMap(Metric::key, metric -> metric.of(tasks, reports)));
    }

    /**
     * {@return the metric; undefined, naming the first task whose answers are not known}
     *
     * @param tasks of the run, at least one
     * @param reports by task, on its test examples after the last task
     */
    public MetricValue of(List<String> tasks, Map<String, ClassificationReport> reports) {
        MetricValue each = MetricArithmetic.mean(1, tasks.size(), j -> ofTask(tasks.get(j - 1), reports));
        return rows == Rows.POOLED && each instanceof MetricValue.Defined
                ? MetricValue.of(figure.applyAsDouble(ClassificationReport.pooled(
                        tasks.stream().map(reports::get).toList())))
                : each;
    }

    private MetricValue ofTask(String task, Map<String, ClassificationReport> reports) {
        return reports.containsKey(task)
                ? MetricValue.of(figure.applyAsDouble(reports.get(task)))
                : MetricValue.undefined(
                        "what was answered to task " + Printable.of(task) + " after the last task is not known");
    }

    /** Such as {@code macro_f1}. */
    @Override
    public String key() {
        return Ascii.toLowerCase(name());
    }

    @Override
    public Description description() {
        return description;
    }
}
