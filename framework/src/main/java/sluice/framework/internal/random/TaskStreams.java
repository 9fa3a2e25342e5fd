package sluice.framework.internal.random;

import java.util.random.RandomGenerator;

/**
 * The random streams of one task.
 *
 * @param streams of the network
 * @param position of the task among all that the network learns, from 0
 */
public record TaskStreams(RandomStreams streams, int position) {
    /** The order of its examples. */
    public RandomGenerator shuffling() {
        return streams.stream("shuffling", position);
    }

    /** Samples of a layer's gates. */
    public RandomGenerator gates(int layer) {
        return streams.stream("gates", position, layer);
    }

    /** The head's weights to begin with. */
    public RandomGenerator initialHead() {
        return streams.stream("initial-head", position);
    }

    /** A layer's logits to begin with. */
    public RandomGenerator initialLogits(int layer) {
        return streams.stream("initial-logits", position, layer);
    }
}
