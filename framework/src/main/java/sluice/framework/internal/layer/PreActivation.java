package sluice.framework.internal.layer;

import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.state.State;

/**
 * What becomes of a layer's products before the ReLU, in the training step of a task: a bias is added, and before that they
 * may be normalised, unit by unit over all values of the mini-batch. Products that are normalised are [units, positions * room]
 * in the order of the layer's units, or are cut into several such matrices. What lies beyond the batch at a position is
 * made 0.
 */
public interface PreActivation {
    /** What is added after all, by unit. */
    float[] biases();

    /** Whether products are normalised; else they are left alone, and may be activated as soon as they are there. */
    boolean normalises();

    /** Normalises some rows, of which all parts are there, in their place, and keeps what their mean and variance were. */
    void normalise(Lane lane, NativeMatrix[] products, int from, int to, int batch);

    /**
     * Scales some normalised rows of a part.
     *
     * @param target overwritten from row {@code into} on
     */
    void scale(Lane lane, NativeMatrix normalised, int from, int to, NativeMatrix target, int into);

    /** Makes the gradient of the scale of some rows 0. */
    void beginScaleGradient(int from, int to);

    /**
     * Adds the gradient of the scale in a part of some rows to that in the parts before it.
     *
     * @param gradient before the ReLU, from row {@code at} on; 0 beyond the batch
     */
    void formScaleGradient(Lane lane, NativeMatrix normalised, int from, int to, NativeMatrix gradient, int at);

    /**
     * From the gradient after normalisation to that at the products in a part of some rows, in its place. Those of the
     * scale and of the biases must have been formed.
     *
     * @param gradient before the ReLU, from row {@code at} on
     */
    void backward(Lane lane, NativeMatrix normalised, int from, int to, NativeMatrix gradient, int at);

    /** Whether anything of an open unit learns. */
    boolean learns();

    /**
     * {@return the sum with those of the gradients here}
     *
     * @param sum of other squares
     */
    double addSquares(double sum);

    /** Moves what learns, and running statistics. */
    void move(float scale);

    /** Tells what it has learned and what learning hangs on, but for biases of the layer, which tells them itself. */
    void state(State state);
}
