package sluice.gating;

/**
 * One gate tensor that an estimator wants pushed through the network, and room for what came of it. The estimator
 * fills {@link #gates}; whoever runs the network fills {@link #losses} and {@link #upstream} as far as asked for.
 * Reused from step to step, so that a step allocates nothing.
 */
public final class Probe {
    /** At which gates an estimator wants the gradient. */
    public enum Upstream {
        /** At none. */
        NONE,
        /** At gates that are not 0; closed units need not be computed, and their entries are garbage. */
        OPEN,
        /** At closed gates too: what they would have changed had they been open. */
        ALL
    }

    /** What gate values there are. */
    public enum Values {
        /** 0 and 1. */
        BINARY,
        /** Any finite number, most of them in [0, 1]. */
        RELAXED
    }

    private final int units;
    private final Values values;
    private final boolean trainsWeights;
    private final boolean needsLoss;
    private final Upstream upstreamNeeded;
    private final double[] gates;
    private final double[] losses;
    private final double[] upstream;
    private int rows;

    /**
     * A probe with room for the largest mini-batch.
     *
     * @param layout the gates of one layer
     * @param values what gate values there are
     * @param needsLoss whether the estimator wants the losses
     * @param upstreamNeeded at which gates it wants the gradient
     * @param trainsWeights whether weights learn from this probe
     */
    public Probe(GateLayout layout, Values values, boolean needsLoss, Upstream upstreamNeeded, boolean trainsWeights) {
        this.units = layout.units();
        this.values = values;
        this.trainsWeights = trainsWeights;
        this.needsLoss = needsLoss;
        this.upstreamNeeded = upstreamNeeded;
        this.gates = new double[layout.maxRows() * units];
        this.losses = new double[layout.maxRows()];
        this.upstream = upstreamNeeded != Upstream.NONE ? new double[gates.length] : new double[0];
    }

    /**
     * The probe of an estimator with one: binary gates, from which weights learn.
     *
     * @param layout the gates of one layer
     * @param needsLoss whether the estimator wants the losses
     * @param upstreamNeeded at which gates it wants the gradient
     */
    public Probe(GateLayout layout, boolean needsLoss, Upstream upstreamNeeded) {
        this(layout, Values.BINARY, needsLoss, upstreamNeeded, true);
    }

    /**
     * Sets the number of gate samples of this step; called by the estimator, in the first phase.
     *
     * @param count 1, or the examples of the batch
     */
    public void rows(int count) {
        rows = count;
    }

    /** {@return gate samples in this probe: 1, or one per example} */
    public int rows() {
        return rows;
    }

    /** {@return gates per sample} */
    public int units() {
        return units;
    }

    /** {@return what gate values there are} */
    public Values values() {
        return values;
    }

    /** {@return whether weights learn from this probe} */
    public boolean trainsWeights() {
        return trainsWeights;
    }

    /** {@return whether {@link #losses} must be filled} */
    public boolean needsLoss() {
        return needsLoss;
    }

    /** {@return whether {@link #upstream} must be filled} */
    public boolean needsUpstream() {
        return upstreamNeeded != Upstream.NONE;
    }

    /** {@return whether {@link #upstream} must be filled for closed gates too} */
    public boolean needsClosedUpstream() {
        return upstreamNeeded == Upstream.ALL;
    }

    /** {@return gate values [rows, units], row-major; 0 or 1 if {@link #values} says so} */
    public double[] gates() {
        return gates;
    }

    /**
     * {@return [rows]: the mean loss of the batch if there is one sample, else the loss of each example, not reduced}
     */
    public double[] losses() {
        return losses;
    }

    /**
     * {@return [rows, units], row-major: the gradient of the batch's mean loss with respect to each gate value, taken
     * at the gates of this probe}
     */
    public double[] upstream() {
        return upstream;
    }
}
