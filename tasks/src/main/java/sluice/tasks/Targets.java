package sluice.tasks;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Numbers that are to be predicted, one per example.
 *
 * @param numbers in their own units
 * @param scaled the same, as a network learns them
 * @param scale from the ones to the others
 */
record Targets(double[] numbers, float[] scaled, TargetScale scale) {
    static Targets of(double[] numbers, TargetScale scale) {
        float[] scaled = new float[numbers.length];
        for (int i = 0; i < scaled.length; i++) {
            TargetScale.checkFinite(numbers, i);
            scaled[i] = scale.scaled(numbers[i]);
            checkArgument(
                    Float.isFinite(scaled[i]),
                    "target %s at row %s is too far from the scale of %s",
                    (Object) numbers[i],
                    i,
                    scale);
        }
        return new Targets(numbers.clone(), scaled, scale);
    }

    Targets select(int[] indices) {
        double[] chosen = Arrays.stream(indices).mapToDouble(i -> numbers[i]).toArray();
        float[] chosenScaled = new float[indices.length];
        IntStream.range(0, indices.length).forEach(i -> chosenScaled[i] = scaled[indices[i]]);
        return new Targets(chosen, chosenScaled, scale);
    }

    /** Makes sure that tasks of a sequence all predict numbers, or none does, and that such can be in the scenario. */
    static void check(ImmutableList<Task> tasks, Scenario scenario) {
        Task first = tasks.get(0);
        for (Task task : tasks) {
            checkArgument(
                    task.isRegression() == first.isRegression(),
                    "task %s predicts a number, and task %s tells classes apart: a sequence has one kind",
                    task.isRegression() ? task.name() : first.name(),
                    task.isRegression() ? first.name() : task.name());
            checkArgument(
                    scenario != Scenario.DOMAIN
                            || task.train().scale().equals(first.train().scale()),
                    "tasks %s and %s share an output in scenario domain: their targets must be by one scale",
                    first.name(),
                    task.name());
        }
        checkArgument(
                scenario != Scenario.CLASS || !first.isRegression(),
                "tasks that predict numbers have no classes for scenario class: choose task or domain");
    }
}
