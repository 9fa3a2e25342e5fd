package sluice.framework.layer.pooling;

import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.layer.OpenUnits;
import sluice.framework.internal.layer.StepLayer;
import sluice.framework.predict.internal.kernel.AveragePooling;
import sluice.framework.predict.internal.kernel.PoolingWindows;

/** Keeps, per position of units, which values of its square were above 0. */
final class AveragePoolingStep implements PoolingStep {
    private final OpenUnits order;
    private final float[] biases;
    private final NativeMatrix units;
    private final NativeMatrix gradient;
    private final float[] dBiases;
    private final int side;
    private final int[] above;

    AveragePoolingStep(StepLayer layer, int side) {
        this.order = layer.order();
        this.biases = layer.biases();
        this.units = layer.buffers().units();
        this.gradient = layer.buffers().gradient();
        this.dBiases = layer.buffers().dBiases();
        this.side = side;
        int pooled = Math.multiplyExact(units.rows(), units.columns());
        this.above = new int[Math.multiplyExact(AveragePooling.words(side), pooled)];
    }

    @Override
    public void forward(Lane lane, NativeMatrix products, PoolingWindows tile, int first, int end) {
        lane.averagePooling().biasReluAndMean(products, tile, units, first, end, order.units(), biases, above);
    }

    @Override
    public void backward(Lane lane, PoolingWindows tile, int first, int end, NativeMatrix products) {
        lane.averagePooling().spread(gradient, tile, first, end, above, products);
    }

    @Override
    public void biases(Lane lane, int from, int to) {
        lane.averagePooling().biasGradient(gradient, side, from, to, above, dBiases);
    }
}
