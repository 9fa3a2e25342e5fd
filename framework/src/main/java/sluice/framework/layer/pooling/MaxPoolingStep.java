package sluice.framework.layer.pooling;

import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.layer.OpenUnits;
import sluice.framework.internal.layer.StepLayer;
import sluice.framework.predict.internal.kernel.PoolingWindows;

/** Keeps, per position of units, where in its square the largest value was. */
final class MaxPoolingStep implements PoolingStep {
    private final OpenUnits order;
    private final float[] biases;
    private final NativeMatrix units;
    private final NativeMatrix gradient;
    private final int[] largest;

    MaxPoolingStep(StepLayer layer) {
        this.order = layer.order();
        this.biases = layer.biases();
        this.units = layer.buffers().units();
        this.gradient = layer.buffers().gradient();
        this.largest = new int[Math.multiplyExact(units.rows(), units.columns())];
    }

    @Override
    public void forward(Lane lane, NativeMatrix products, PoolingWindows tile, int first, int end) {
        lane.maxPooling().maxBiasAndRelu(products, tile, units, first, end, order.units(), biases, largest);
    }

    @Override
    public void backward(Lane lane, PoolingWindows tile, int first, int end, NativeMatrix products) {
        lane.maxPooling().spread(gradient, tile, first, end, largest, products);
    }

    @Override
    public void biases(Lane lane, int from, int to) {
        // the largest value of a square takes all of its gradient
    }
}
