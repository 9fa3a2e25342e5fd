package sluice.framework.layer.pooling;

import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.predict.internal.kernel.PoolingWindows;

/** Pooling of a layer in the training step, with what it keeps from forward for backward. */
public interface PoolingStep {
    /**
     * Bias, ReLU and pooling.
     *
     * @param products [end - first, positions of the tile * batch]
     * @param tile squares of it
     * @param first first row of the layer
     * @param end row after the last
     */
    void forward(Lane lane, NativeMatrix products, PoolingWindows tile, int first, int end);

    /**
     * From the gradient at the pooled values of some rows to that before bias and ReLU.
     *
     * @param tile squares of it
     * @param first first row of the layer
     * @param end row after the last
     * @param products overwritten from its first row and column on
     */
    void backward(Lane lane, PoolingWindows tile, int first, int end, NativeMatrix products);

    /** Puts right, in some rows, the gradient of biases, which is the sum of that at the pooled values. */
    void biases(Lane lane, int from, int to);
}
