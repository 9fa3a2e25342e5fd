package sluice.framework.layer.fullyconnected;

import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.layer.Activations;
import sluice.framework.internal.layer.FreeWeights;
import sluice.framework.internal.layer.Gating;
import sluice.framework.internal.layer.GradientFactors;
import sluice.framework.internal.layer.LayerProducts;
import sluice.framework.internal.layer.LowerGradient;
import sluice.framework.internal.layer.OpenUnits;
import sluice.framework.internal.layer.PreActivation;
import sluice.framework.internal.layer.StepLayer;

/** Products of a fully connected layer, one value per unit: lanes share its rows. */
final class FullProducts implements LayerProducts {
    private final int span;
    private final OpenUnits order;
    private final OpenUnits below;
    private final NativeMatrix weights;
    private final PreActivation preActivation;
    private final float[] biases;
    private final FreeWeights learning;
    private final Activations input;
    private final NativeMatrix units;
    /** Where products go: the units themselves, unless they are normalised. */
    private final NativeMatrix products;

    private final NativeMatrix[] parts;
    private final NativeMatrix gated;
    private final NativeMatrix gradient;
    private final float[] dBiases;
    private final Gating gating;
    private final GradientFactors factors;

    FullProducts(StepLayer layer, int span) {
        this.span = span;
        this.order = layer.order();
        this.below = layer.orderBelow();
        this.weights = layer.weights();
        this.preActivation = layer.preActivation();
        this.biases = layer.biases();
        this.learning = layer.learning();
        this.input = layer.input();
        this.units = layer.buffers().units();
        this.products = preActivation.normalises() ? NativeMatrix.allocate(units.rows(), units.columns()) : units;
        this.parts = new NativeMatrix[] {products};
        this.gated = layer.buffers().gated();
        this.gradient = layer.buffers().gradient();
        this.dBiases = layer.buffers().dBiases();
        this.gating = layer.gating();
        this.factors = new GradientFactors(gradient, input);
    }

    @Override
    public int grain() {
        return Lane.GRAIN;
    }

    @Override
    public boolean sharesRows() {
        return false;
    }

    @Override
    public void forward(Lane lane, int first, int end, int batch) {
        int from = lane.first(first, end);
        int to = lane.end(first, end);
        int column = below.first() * span;
        input.right(lane.gemm().left(weights, from, column), column)
                .into(products, from, 0)
                .multiply(to - from, batch, below.open() * span);
    }

    @Override
    public void activate(Lane lane, int from, int to, int batch) {
        preActivation.normalise(lane, parts, from, to, batch);
        preActivation.scale(lane, products, from, to, units, from);
        lane.passes().biasAndRelu(units, from, to, order.units(), biases);
    }

    @Override
    public void gate(Lane lane, int from, int to, double[] values, int batch) {
        int width = gating == Gating.PER_EXAMPLE ? biases.length : 0;
        lane.passes().gate(units, gated, from, to, order.units(), values, batch, width);
    }

    @Override
    public void throughGates(Lane lane, int from, int to, double[] values, double[] into, int batch) {
        int[] rows = order.units();
        switch (gating) {
            case PER_EXAMPLE ->
                lane.passes()
                        .backwardPerExample(
                                gradient, units, from, to, batch, rows, values, into, dBiases, biases.length);
            case PER_BATCH ->
                lane.passes().backwardMultiplied(gradient, units, from, to, batch, rows, values, into, dBiases);
            case ALL_ONE -> lane.passes().backwardShared(gradient, units, from, to, batch, rows, into, dBiases);
        }
        preActivation.beginScaleGradient(from, to);
        preActivation.formScaleGradient(lane, products, from, to, gradient, from);
        preActivation.backward(lane, products, from, to, gradient, from);
    }

    @Override
    public void inputGradient(Lane lane, LowerGradient lower, int batch) {
        int from = lower.firstRow(lane) * span;
        int to = lower.endRow(lane) * span;
        lane.gemm()
                .leftTransposed(weights, order.first(), from)
                .right(gradient, order.first(), 0)
                .into(lower.outputGradient(), from, 0)
                .multiply(to - from, batch, order.open());
    }

    @Override
    public void form(Lane lane, int batch) {
        learning.form(lane, factors, batch);
    }

    @Override
    public void addUp(Lane lane) {
        // lanes have formed rows of their own
    }

    @Override
    public void move(Lane lane, int batch, float scale) {
        learning.move(lane, factors, batch, scale);
    }

    @Override
    public void close() {
        if (products != units) {
            products.close();
        }
    }
}
