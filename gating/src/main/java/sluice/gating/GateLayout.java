package sluice.gating;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * The gates of one layer, as an estimator needs to know them.
 *
 * @param neuron the kind of gate
 * @param granularity samples per mini-batch
 * @param units gates of the layer, at least 1
 * @param batchSize largest mini-batch, at least 1
 * @param choices 1 for gates that are independent of each other; K of at least 2 for gates in consecutive runs of K, of
 *     which exactly one is open, by the softmax of their logits; a divisor of units
 * @param logits whose logits they are
 */
public record GateLayout(
        BinaryNeuron neuron, Granularity granularity, int units, int batchSize, int choices, Logits logits) {
    /** Whose the logits are. */
    public enum Logits {
        /** Parameters [units], the same for every example. */
        SHARED,
        /** Computed from each example [batch, units]; gates are then sampled per example. */
        PER_EXAMPLE
    }

    /** Checks the ranges. */
    public GateLayout {
        checkArgument(units >= 1, "units must be at least 1, got %s", units);
        checkArgument(batchSize >= 1, "batchSize must be at least 1, got %s", batchSize);
        checkArgument(choices >= 1 && units % choices == 0, "choices must divide the %s units, got %s", units, choices);
        checkArgument(
                logits == Logits.SHARED || granularity == Granularity.PER_EXAMPLE,
                "logits per example need gates per example");
    }

    /**
     * Independent gates with logits that all examples share.
     *
     * @param neuron the kind of gate
     * @param granularity samples per mini-batch
     * @param units gates of the layer, at least 1
     * @param batchSize largest mini-batch, at least 1
     */
    public GateLayout(BinaryNeuron neuron, Granularity granularity, int units, int batchSize) {
        this(neuron, granularity, units, batchSize, 1, Logits.SHARED);
    }

    /** {@return gate samples for the largest mini-batch} */
    public int maxRows() {
        return granularity.rows(batchSize);
    }

    /** {@return logits for the largest mini-batch} */
    public int maxLogits() {
        return logits == Logits.SHARED ? units : batchSize * units;
    }

    /** {@return whether exactly one of a run of gates is open} */
    public boolean categorical() {
        return choices > 1;
    }
}
