package sluice.framework.inference;

import java.util.Arrays;

/**
 * The task that each example is held to be of.
 *
 * @param tasks by example, a place among the tasks
 * @param probabilities of those, in [0, 1], calibrated on held-out training examples
 * @param typicality by example, the share of the found task's held-out training examples that fit it no better, in [0, 1]: 0 where the
 *     example fits worse than all of them
 */
public record FoundTasks(int[] tasks, double[] probabilities, double[] typicality) {
    /**
     * {@return tasks that are told, and need not be found}
     *
     * @param task a place among the tasks
     * @param examples how many
     */
    public static FoundTasks given(int task, int examples) {
        FoundTasks found = of(examples);
        Arrays.fill(found.tasks, task);
        Arrays.fill(found.probabilities, 1);
        Arrays.fill(found.typicality, 1);
        return found;
    }

    static FoundTasks of(int examples) {
        return new FoundTasks(new int[examples], new double[examples], new double[examples]);
    }
}
