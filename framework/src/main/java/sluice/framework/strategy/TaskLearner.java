package sluice.framework.strategy;

import java.util.Optional;
import sluice.framework.internal.state.State;
import sluice.framework.plain.Answering;
import sluice.framework.plain.Batch;

/** The running part of a {@link PlainStrategy}: one training, with whatever it remembers. Not thread-safe. */
public interface TaskLearner {
    /**
     * A task begins; its examples may be looked at.
     *
     * @param task what is learned next
     */
    default void begin(LearnedTask task) {}

    /**
     * One training step: loss, gradient, update.
     *
     * @param batch examples of the task, with room for as many more as {@link PlainStrategy#extraRows} said
     * @return the mean loss of the task's own examples
     */
    double step(Batch batch);

    /**
     * A task has been trained; its examples may be looked at for the last time.
     *
     * @param task what was learned
     */
    default void end(LearnedTask task) {}

    /** {@return whether it can tell all its state between two steps, and go on from that} */
    default boolean keepsState() {
        return false;
    }

    /**
     * Tells all that it remembers, between two steps, but for the network and its optimiser. It is taken up after {@link #begin}.
     *
     * @param state keeps it, or gives what was kept
     */
    default void state(State state) {
        throw new UnsupportedOperationException("this strategy keeps no state");
    }

    /**
     * Tells what it drew when it began, as far as that would be other numbers if there were more outputs.
     *
     * @param state keeps it, or gives what was kept
     */
    default void drawn(State state) {}

    /**
     * Scores are about to be asked for between two steps: what they need of the present task, and {@link #end} would only
     * then provide, is brought up to date. Later steps must be the same with this as without.
     */
    default void beforeInterimScores() {}

    /** {@return whether scores for examples of the present task mean anything before its {@link #end}} */
    default boolean answersPresentTask() {
        return true;
    }

    /**
     * What the network says of test examples.
     *
     * @param batch examples of one task
     * @param task that task, from 0; of meaning only where the scenario gives it at test time
     * @return [size, outputs], row-major: the largest among the outputs that compete is the answer
     */
    float[] scores(Batch batch, int task);

    /** {@return whether scores are logits: their softmax is how likely classes are} */
    default boolean hasProbabilities() {
        return true;
    }

    /**
     * How {@link #scores} come about, for a model that is asked without this learner. Asked for once, when the last task has been learned:
     * the network then holds the parameters that the model is to have.
     *
     * @return what such a model needs beside the parameters; empty if no model can be made of it
     */
    default Optional<Answering> answering() {
        return Optional.empty();
    }

    /**
     * What tasks take of the network, where each has weights of its own choice.
     *
     * @param tasks the first so many, at least 1
     * @return empty where tasks share all weights
     */
    default Optional<WeightCapacity> capacity(int tasks) {
        return Optional.empty();
    }

    /**
     * {@return bytes that it keeps beside the network's own parameters: stored examples, importances, copies, masks}
     */
    default long memoryBytes() {
        return 0;
    }
}
