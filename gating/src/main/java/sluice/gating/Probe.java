package sluice.gating;

/**
 * One gate tensor that an estimator wants pushed through the network, and room for what came of it. The estimator
 * fills {@link #gates}; whoever runs the network fills {@link #losses} and {@link #upstream} as far as asked for.
 * Reused from step to step, so that a step allocates nothing.
 */
public final class Probe {
    private final int units;
    private final boolean needsLoss;
    private final boolean needsUpstream;
    private final double[] gates;
    private final double[] losses;
    private final double[] upstream;
    private int rows;

    /**
     * A probe with room for the largest mini-batch.
     *
     * @param layout the gates of one layer
     * @param needsLoss whether the estimator wants the losses
     * @param needsUpstream whether it wants the gradient at the gates
     */
    public Probe(GateLayout layout, boolean needsLoss, boolean needsUpstream) {
        this.units = layout.units();
        this.needsLoss = needsLoss;
        this.needsUpstream = needsUpstream;
        this.gates = new double[layout.maxRows() * units];
        this.losses = new double[layout.maxRows()];
        this.upstream = needsUpstream ? new double[gates.length] : new double[0];
    }

    /**
     * Sets the number of gate samples of this step; called by the estimator, in the first phase.
     *
     * @param count 1, or the examples of the batch
     */
    public void rows(int count) {
        rows = count;
    }

    /**
     * @return gate samples in this probe: 1, or one per example
     */
    public int rows() {
        return rows;
    }

    /**
     * @return gates per sample
     */
    public int units() {
        return units;
    }

    /**
     * @return whether {@link #losses} must be filled
     */
    public boolean needsLoss() {
        return needsLoss;
    }

    /**
     * @return whether {@link #upstream} must be filled
     */
    public boolean needsUpstream() {
        return needsUpstream;
    }

    /**
     * @return gate values [rows, units], row-major
     */
    public double[] gates() {
        return gates;
    }

    /**
     * @return [rows]: the mean loss of the batch if there is one sample, else the loss of each example, not reduced
     */
    public double[] losses() {
        return losses;
    }

    /**
     * @return [rows, units], row-major: the gradient of the batch's mean loss with respect to each gate value, taken at
     *     the gates of this probe
     */
    public double[] upstream() {
        return upstream;
    }
}
