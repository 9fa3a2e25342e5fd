package sluice.framework.internal.loop;

import java.util.Optional;
import java.util.OptionalInt;
import sluice.framework.checkpoint.Checkpoints;
import sluice.framework.internal.state.Snapshot;
import sluice.framework.internal.state.State;
import sluice.framework.optimizer.TrainingPlan;
import sluice.framework.result.InterimModel;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.ValidationScore;

/** A stretch of training between two rows of the accuracy matrix, as the {@link TrainingLoop} sees it: mostly one task. */
public interface TaskRun extends AutoCloseable {
    /** {@return name of the task} */
    String task();

    /** {@return place of the task in the sequence, from 1; the row of the matrix that is measured after it} */
    int position();

    /** {@return epochs, and the steps of each} */
    TrainingPlan plan();

    /** {@return steps that listeners are told to expect} */
    default long announcedSteps() {
        return plan().steps();
    }

    /** {@return whether a step descends a loss; where none does, its loss is NaN and nothing can diverge} */
    default boolean descends() {
        return true;
    }

    /** Training time begins to run. */
    default void start() {}

    /**
     * The same, for a run that has a training of its own within, before its first step.
     *
     * @param within checkpoints of that training
     */
    default void start(Checkpoints within) {
        start();
    }

    /** {@return what may be asked between steps, from {@link #start} on; empty where nobody is told to ask} */
    default Optional<InterimModel> interim() {
        return Optional.empty();
    }

    /**
     * @param epoch which begins, from 0
     */
    void beginEpoch(int epoch);

    /**
     * One training step. It allocates nothing.
     *
     * @param index of the epoch, from 0
     * @return mean loss of the batch before the step
     */
    double step(int index);

    /**
     * {@return share of the last step's batch that was answered right before the step, in [0, 1]; NaN where it is not
     * known}
     */
    double accuracy();

    /**
     * @param epoch which ended, from 0
     * @param time where evaluation is to be told from training
     */
    default void endEpoch(int epoch, TrainingTime time) {}

    /** {@return passes without a better answer to held-out examples after which it ends; empty where none are held out} */
    default OptionalInt patience() {
        return OptionalInt.empty();
    }

    /** {@return how it answers the examples that are held out of its training, after a pass} */
    default ValidationScore validate() {
        throw new UnsupportedOperationException("nothing is held out of this training");
    }

    /** {@return all that {@link #backTo} needs of this moment, between two passes} */
    default Snapshot moment() {
        return Snapshot.of(this::state);
    }

    /**
     * It becomes what it was after an earlier pass, for good: no step follows. What was done since stays counted.
     *
     * @param pass from 0
     * @param then that moment
     */
    default void backTo(int pass, Snapshot then) {
        throw new UnsupportedOperationException("nothing is held out of this training");
    }

    /** {@return whether it can tell all its state between steps, and go on from that} */
    default boolean keepsState() {
        return false;
    }

    /**
     * Tells its state, between two steps. It is taken up after {@link #start}, by a run of a model that was as the first one's was when
     * its state was told.
     *
     * @param state keeps it, or gives what was kept
     */
    default void state(State state) {
        throw new UnsupportedOperationException("this training keeps no state");
    }

    /**
     * Goes on with an epoch that was begun before its state was told.
     *
     * @param epoch from 0
     * @param steps of it that are done; none where the training within had not ended
     */
    default void continueEpoch(int epoch, int steps) {
        throw new UnsupportedOperationException("this training keeps no state");
    }

    /** The steps are done; the last part of training time. */
    void end();

    /**
     * Keeps what the task is to keep. What this takes is not training time.
     *
     * @param seconds training time of the task
     * @return what it took
     * @throws sluice.framework.result.DivergedException if what was trained is not finite
     */
    TaskSummary consolidate(double seconds);

    /** Training diverged or was stopped before the task was learned: the model becomes what it was before the task. */
    default void rollBack() {}

    @Override
    default void close() {}
}
