package sluice.framework.strategy;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import sluice.evaluation.AccuracyMatrix;
import sluice.tasks.Task;

/**
 * What is at hand of tasks that a network learned in earlier runs.
 *
 * @param rows their accuracies as they were measured then; empty where nobody kept them
 * @param tasks those of them whose test examples are there, in any order: they are asked again
 * @param missing why others are not, as in "their data are not given"
 */
public record EarlierTasks(Optional<AccuracyMatrix> rows, ImmutableList<Task> tasks, String missing) {
    /** Nothing. */
    public static final EarlierTasks NONE =
            new EarlierTasks(Optional.empty(), ImmutableList.of(), "their data are not given");
}
