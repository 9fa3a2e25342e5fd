package sluice.evaluation;

import com.google.common.collect.ImmutableList;

/**
 * Scores R of one run, of which larger ones are better: R[i][j] is that of task j = 1..T after learning task i; row i = 0 is the
 * untrained model's. Forgetting and transfer are figures of such scores, whatever they are made of.
 */
public interface ScoreMatrix {
    /** {@return the tasks' names in the order in which they are learned; task j is at index j - 1} */
    ImmutableList<String> tasks();

    /**
     * {@return R[i][j]; undefined, with a reason, where there is none}
     *
     * @param afterTask i, the number of tasks learned, in [0, T]
     * @param task j, the task evaluated, in [1, T]
     * @throws IllegalArgumentException if an argument is out of range
     */
    MetricValue score(int afterTask, int task);

    /**
     * {@return a score that others are held against as parts of it, above 0; undefined where it is worth nothing}
     *
     * @param task that has it
     * @param score one of the task's
     */
    default MetricValue whole(int task, MetricValue score) {
        return score instanceof MetricValue.Defined defined && defined.value() <= 0
                ? MetricValue.undefined("task " + task + " was never answered right before the last was learned")
                : score;
    }
}
