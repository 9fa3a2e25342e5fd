package sluice.framework.optimizer;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
import java.util.Arrays;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.Printable;
import sluice.tasks.Suggestion;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/**
 * How much the loss of an example counts, by its class: classes that are rare, or dear to get wrong, may count more. The mean weight of
 * a task's training examples is 1, so that learning rates keep their meaning. Immutable.
 */
public sealed interface ClassWeights {
    /** Every example counts the same. */
    record None() implements ClassWeights {
        @Override
        public double[] relative(Task task, TaskSequence sequence) {
            double[] all = new double[task.classes().size()];
            Arrays.fill(all, 1);
            return all;
        }
    }

    /** Every class of a task counts the same: examples of a class that has n of them weigh 1/n, before the mean is made 1. */
    record Balanced() implements ClassWeights {
        @Override
        public double[] relative(Task task, TaskSequence sequence) {
            double[] all = counts(task);
            Arrays.setAll(all, c -> all[c] == 0 ? 0 : 1 / all[c]);
            return all;
        }
    }

    /**
     * Weights by classes' names; classes that are not named weigh 1, before the mean is made 1.
     *
     * @param weights by what the data call the classes, each above 0 and finite, at least one
     */
    record ByClass(ImmutableMap<String, Double> weights) implements ClassWeights {
        /** Checks the ranges. */
        public ByClass {
            checkArgument(!weights.isEmpty(), "name the weight of at least one class");
            weights.forEach((name, weight) -> checkArgument(
                    weight > 0 && Double.isFinite(weight),
                    "the weight of class %s must be above 0 and finite, got %s",
                    name,
                    weight));
        }

        @Override
        public double[] relative(Task task, TaskSequence sequence) {
            double[] all = new double[task.classes().size()];
            Arrays.setAll(
                    all,
                    c -> weights.getOrDefault(sequence.className(task.classes().get(c)), 1.0));
            return all;
        }

        @Override
        public void check(TaskSequence sequence) {
            ImmutableSortedSet<String> known = sequence.tasks().stream()
                    .flatMap(task -> task.classes().stream())
                    .map(sequence::className)
                    .collect(ImmutableSortedSet.toImmutableSortedSet(String::compareTo));
            for (String name : weights.keySet()) {
                if (!known.contains(name)) {
                    throw new InputException("no task has a class '%s', of which a weight is given: %s"
                            .formatted(Printable.of(name), Suggestion.of(name, known)));
                }
            }
        }
    }

    /** {@return every example counts the same} */
    static ClassWeights none() {
        return new None();
    }

    /** {@return every class counts the same, however many examples it has} */
    static ClassWeights balanced() {
        return new Balanced();
    }

    /**
     * {@return weights of a task's classes against each other, in their order, before the mean is made 1}
     *
     * @param task the task
     * @param sequence that has it, and knows what classes are called
     */
    double[] relative(Task task, TaskSequence sequence);

    /**
     * Refuses names that no class has.
     *
     * @param sequence the tasks
     * @throws InputException saying which name, and which there are
     */
    default void check(TaskSequence sequence) {}

    /**
     * {@return weights of a task's classes, in their order: their mean over its training examples is 1}
     *
     * @param task the task
     * @param sequence that has it, and knows what classes are called
     */
    default double[] of(Task task, TaskSequence sequence) {
        double[] weights = relative(task, sequence);
        double[] counts = counts(task);
        double sum = 0;
        for (int c = 0; c < counts.length; c++) {
            sum += counts[c] * weights[c];
        }
        double mean = sum / task.train().size();
        Arrays.setAll(weights, c -> weights[c] / mean);
        return weights;
    }

    private static double[] counts(Task task) {
        double[] counts = new double[task.classes().size()];
        Examples train = task.train();
        for (int i = 0; i < train.size(); i++) {
            counts[train.label(i)]++;
        }
        return counts;
    }
}
