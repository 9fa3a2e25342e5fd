package sluice.framework.internal.step;

import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.layer.Activations;
import sluice.framework.layer.DenseLayer;

/** Products of a dense layer, one value per unit: lanes share its rows. */
record DenseProducts(
        DenseLayer layer,
        UnitOrder order,
        UnitOrder below,
        WorkingWeights weights,
        WeightLearning learning,
        Activations input,
        NativeMatrix units)
        implements LayerProducts {
    @Override
    public void forward(Lane lane, int first, int end, int batch) {
        int from = lane.first(first, end);
        int to = lane.end(first, end);
        int column = below.first() * layer.span();
        input.right(lane.gemm().left(weights.weights(), from, column), column)
                .into(units, from, 0)
                .multiply(to - from, batch, below.open() * layer.span());
        lane.passes().biasAndRelu(units, from, to, order.units(), layer.biases());
    }

    @Override
    public void inputGradient(Lane lane, NativeMatrix dz, GatedLayerStep lower, int batch) {
        int from = lower.firstRow(lane) * layer.span();
        int to = lower.endRow(lane) * layer.span();
        lane.gemm()
                .leftTransposed(weights.weights(), order.first(), from)
                .right(dz, order.first(), 0)
                .into(lower.outputGradient(), from, 0)
                .multiply(to - from, batch, order.open());
    }

    @Override
    public boolean formsApart() {
        return false;
    }

    @Override
    public void form(Lane lane, NativeMatrix dz, int batch) {
        learning.form(lane, dz, input, batch);
    }

    @Override
    public void addUp(Lane lane) {
        // lanes have formed rows of their own
    }

    @Override
    public void move(Lane lane, NativeMatrix dz, int batch, float scale) {
        learning.move(lane, dz, input, batch, scale);
    }

    @Override
    public void close() {
        // buffers are those of the layer's step
    }
}
