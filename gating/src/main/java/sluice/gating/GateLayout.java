package sluice.gating;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * The gates of one layer, as an estimator needs to know them.
 *
 * @param neuron the kind of gate
 * @param granularity samples per mini-batch
 * @param units gates of the layer, at least 1
 * @param batchSize largest mini-batch, at least 1
 */
public record GateLayout(BinaryNeuron neuron, Granularity granularity, int units, int batchSize) {
    /** Checks the ranges. */
    public GateLayout {
        checkArgument(units >= 1, "units must be at least 1, got %s", units);
        checkArgument(batchSize >= 1, "batchSize must be at least 1, got %s", batchSize);
    }

    /**
     * @return gate samples for the largest mini-batch
     */
    public int maxRows() {
        return granularity.rows(batchSize);
    }
}
