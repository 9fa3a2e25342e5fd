package sluice.framework.plain;

import sluice.framework.internal.state.State;

/**
 * How a plain network that was taught task by task is asked: what of it serves which task, and what is made of what it says.
 */
public sealed interface Answering
        permits WholeNetwork, UnitGates, KeptParameters, MaskedParameters, NearestMeans, LikeliestGenerator {
    /** {@return the word by which a model file names it} */
    String word();

    /**
     * Writes the parameters that serve a task to a network.
     *
     * @param network that is to be asked
     * @param parameters of the network that was taught
     * @param task from 0
     */
    default void show(PlainNetwork network, float[] parameters, int task) {
        network.write(own -> System.arraycopy(parameters, 0, own, 0, own.length));
    }

    /**
     * What the network says of examples.
     *
     * @param network that {@linkplain #show shows} the parameters of the task
     * @param batch the examples
     * @param task from 0
     * @return [size, outputs], row-major: the largest among the outputs that compete is the answer
     */
    float[] scores(PlainNetwork network, Batch batch, int task);

    /**
     * Tells what it holds.
     *
     * @param state keeps it, or gives a blank one what was kept
     */
    void state(State state);
}
