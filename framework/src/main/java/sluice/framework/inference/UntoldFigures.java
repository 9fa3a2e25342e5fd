package sluice.framework.inference;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Doubles;
import com.google.common.primitives.Floats;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;
import sluice.evaluation.MeasuredMetric;
import sluice.evaluation.MetricValue;
import sluice.framework.result.TestAnswers;

/** How tasks were found in a row of the accuracy matrix, over the test examples of all tasks that are learned. Mutable. */
public final class UntoldFigures {
    private long examples;
    private long found;
    private long answered;
    private long right;
    private double finding;
    private double asking;
    private final List<float[]> typicality = new ArrayList<>();

    /** Begins anew. */
    public void reset() {
        examples = 0;
        found = 0;
        answered = 0;
        right = 0;
        finding = 0;
        asking = 0;
        typicality.clear();
    }

    /**
     * Adds the test examples of a task.
     *
     * @param tasks that they were found to be of
     * @param own whether that is their own
     * @param answers to them
     * @param perExample multiply-adds of finding the task of one
     * @param subnetwork multiply-adds of asking a task's subnetwork
     */
    public void add(
            FoundTasks tasks, IntPredicate own, TestAnswers answers, double perExample, IntToLongFunction subnetwork) {
        int count = tasks.tasks().length;
        examples += count;
        finding += perExample * count;
        typicality.add(Floats.toArray(Doubles.asList(tasks.typicality())));
        for (int i = 0; i < count; i++) {
            found += own.test(tasks.tasks()[i]) ? 1 : 0;
            answered += answers.answers()[i] == TestAnswers.UNKNOWN ? 0 : 1;
            right += answers.answers()[i] == answers.actual(i) ? 1 : 0;
            asking += subnetwork.applyAsLong(tasks.tasks()[i]);
        }
    }

    /** {@link FoundTasks#typicality} of all those examples. */
    float[] typicality() {
        return Floats.concat(typicality.toArray(new float[0][]));
    }

    /** {@return figures by metric; none where nothing was asked} */
    public ImmutableMap<String, MetricValue> metrics() {
        if (examples == 0) {
            return ImmutableMap.of();
        }
        ImmutableMap.Builder<String, MetricValue> metrics = ImmutableMap.builder();
        metrics.put(MeasuredMetric.TASK_FOUND.key(), MetricValue.of((double) found / examples));
        metrics.put(MeasuredMetric.MACS_INFERENCE.key(), MetricValue.of(finding / examples));
        metrics.put(MeasuredMetric.MACS_PREDICTION.key(), MetricValue.of(asking / examples));
        metrics.put(MeasuredMetric.ANSWERED.key(), MetricValue.of((double) answered / examples));
        if (answered > 0) {
            metrics.put(MeasuredMetric.ANSWERED_ACCURACY.key(), MetricValue.of((double) right / answered));
        }
        return metrics.buildOrThrow();
    }
}
