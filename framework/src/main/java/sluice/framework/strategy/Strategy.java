package sluice.framework.strategy;

import com.google.common.collect.ImmutableSet;
import sluice.framework.result.TrainingListener;
import sluice.framework.result.TrainingResult;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;

/** A way of learning tasks one after another; an immutable value. */
public interface Strategy {
    /**
     * @return the name that scripts and reports use
     */
    String name();

    /**
     * @return the scenarios that it can serve; all unless it says otherwise
     */
    default ImmutableSet<Scenario> scenarios() {
        return ImmutableSet.copyOf(Scenario.values());
    }

    /**
     * Refuses, before any training, a sequence that it could learn only with other parameters.
     *
     * @param sequence the tasks
     * @throws sluice.tasks.InputException saying which parameter does not fit the sequence, and what would
     */
    default void check(TaskSequence sequence) {}

    /**
     * Learns the tasks of a sequence on a fresh network.
     *
     * @param sequence the tasks, of a scenario that the strategy serves
     * @param setup the network's shape, and how it is trained
     * @param listener told of progress
     * @return accuracy of every task after every task, and what each took
     * @throws sluice.framework.result.DivergedException if the loss becomes NaN or infinite
     * @throws IllegalArgumentException if the strategy cannot serve the sequence's scenario
     * @throws sluice.tasks.InputException as {@link #check} does
     */
    TrainingResult learn(TaskSequence sequence, Setup setup, TrainingListener listener);
}
