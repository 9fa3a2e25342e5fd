package sluice.framework.internal.step;

import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;

/**
 * The matrix multiplies of a gated layer in the training step: on what is open, in the orders of the layer's units and of
 * those below. Each lane does its share, of which a barrier between two methods makes a whole.
 */
sealed interface LayerProducts extends AutoCloseable permits DenseProducts, ConvProducts {
    /**
     * {@code relu(W x + b)}, which waits for its gates.
     *
     * @param first first row to compute
     * @param end row after the last
     */
    void forward(Lane lane, int first, int end, int batch);

    /**
     * The gradient at the output of the layer below, in this lane's rows of it.
     *
     * @param dz [units, values * batch], gradient before the ReLU
     */
    void inputGradient(Lane lane, NativeMatrix dz, GatedLayerStep lower, int batch);

    /** Whether the weight gradient must be formed by itself before weights move, where it is not to be clipped too. */
    boolean formsApart();

    /** Forms this lane's part of the weight gradient. */
    void form(Lane lane, NativeMatrix dz, int batch);

    /** Adds up, in this lane's rows, what lanes have formed each for itself. */
    void addUp(Lane lane);

    /** Moves this lane's part of the weights. */
    void move(Lane lane, NativeMatrix dz, int batch, float scale);

    @Override
    void close();
}
