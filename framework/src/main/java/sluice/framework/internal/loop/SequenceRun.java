package sluice.framework.internal.loop;

import sluice.framework.internal.state.State;

/** A model that is taught a sequence of tasks, as the {@link TrainingLoop} sees it. */
public interface SequenceRun {
    /**
     * {@return stretches of training, each of which ends with a row of the accuracy matrix: one per task, unless
     * several are learned at once}
     */
    int stretches();

    /**
     * Prepares a stretch of training; what this takes is not training time.
     *
     * @param stretch which, from 0
     * @return it, to be closed by the loop
     */
    TaskRun begin(int stretch);

    /**
     * A row of the matrix is about to be measured; what is done here is not evaluation time.
     *
     * @param row from 0, the untrained model
     */
    default void beforeRow(int row) {}

    /**
     * {@return whether the row has the task}
     *
     * @param row of the matrix, from 0
     * @param task place in the sequence, from 0
     */
    default boolean measures(int row, int task) {
        return true;
    }

    /**
     * Answers all test examples of a task.
     *
     * @param row of the matrix that is measured, from 0: so many tasks are learned
     * @param task place in the sequence, from 0
     * @return how it did
     */
    Tested test(int row, int task);

    /** {@return whether a stretch that is ended between two steps is something to consolidate, or can be rolled back} */
    default boolean endsBetweenSteps() {
        return false;
    }

    /** {@return whether it can tell its state while a stretch is trained} */
    default boolean keepsState() {
        return false;
    }

    /**
     * Tells what is learned so far, while a stretch is trained, after that has told its state. It is taken up before the stretch is
     * begun again.
     *
     * @param state keeps it, or gives what was kept
     * @param stretch that is trained, from 0
     */
    default void state(State state, int stretch) {
        throw new UnsupportedOperationException("this training keeps no state");
    }
}
