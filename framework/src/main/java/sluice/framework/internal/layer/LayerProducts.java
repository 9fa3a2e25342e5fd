package sluice.framework.internal.layer;

import sluice.framework.internal.kernel.Lane;

/**
 * What a layer of some kind does in the training step: on what is open, in the orders of the layer's units and of those
 * below; in a plain network, where maps are computed by the same, everything is open and free. Each lane does its share, of which a barrier between two methods makes a whole.
 */
public interface LayerProducts extends AutoCloseable {
    /** What lanes' shares of its rows are multiples of, at least 1: 1 where a row is much work. */
    int grain();

    /**
     * Whether lanes share in {@link #forward} something else than rows, so that a row is not whole before all are done: then
     * {@link #activate} and {@link #gate} wait for all of them.
     */
    boolean sharesRows();

    /**
     * {@code W x}. Where rows are shared and nothing normalises them, it is activated here, while it is near.
     *
     * @param first first row to compute
     * @param end row after the last
     */
    void forward(Lane lane, int first, int end, int batch);

    /** What is left of {@code relu(W x + b)}, normalised or not, in this lane's rows; it waits for its gates. */
    void activate(Lane lane, int from, int to, int batch);

    /**
     * Multiplies rows by their gates.
     *
     * @param values a gate per unit, or [batch, units], row-major
     */
    void gate(Lane lane, int from, int to, double[] values, int batch);

    /**
     * From the gradient at the output of some rows to that at the gates, before the ReLU and at the biases, and what else a
     * normalisation learns.
     *
     * @param values the gates
     * @param into gradients at the gates, laid out as they are, overwritten for these units
     */
    void throughGates(Lane lane, int from, int to, double[] values, double[] into, int batch);

    /** The gradient at the output of the layer below, in this lane's rows of it. */
    void inputGradient(Lane lane, LowerGradient lower, int batch);

    /** Forms this lane's part of the weight gradient. */
    void form(Lane lane, int batch);

    /** Adds up, in this lane's rows, what lanes have formed each for itself. */
    void addUp(Lane lane);

    /** Moves this lane's part of the weights. */
    void move(Lane lane, int batch, float scale);

    @Override
    void close();
}
