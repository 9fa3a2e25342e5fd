package sluice.framework.internal.layer;

import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.state.State;

/** The layer's own biases, those of used units frozen, and nothing before them. */
public final class LayerBias implements PreActivation {
    private final OpenUnits order;
    private final float[] biases;
    private final float[] gradient;
    private final UnitLearning learning;

    public LayerBias(StepUnits units) {
        this.order = units.order();
        this.biases = units.biases();
        this.gradient = units.dBiases();
        this.learning = new UnitLearning(biases, units.update());
    }

    @Override
    public float[] biases() {
        return biases;
    }

    @Override
    public boolean normalises() {
        return false;
    }

    @Override
    public void normalise(Lane lane, NativeMatrix[] products, int from, int to, int batch) {
        // left alone
    }

    @Override
    public void scale(Lane lane, NativeMatrix normalised, int from, int to, NativeMatrix target, int into) {
        // left alone
    }

    @Override
    public void beginScaleGradient(int from, int to) {
        // there is no scale
    }

    @Override
    public void formScaleGradient(
            Lane lane, NativeMatrix normalised, int from, int to, NativeMatrix gradientAfter, int at) {
        // there is no scale
    }

    @Override
    public void backward(Lane lane, NativeMatrix normalised, int from, int to, NativeMatrix gradientAfter, int at) {
        // what was left alone has the same gradient
    }

    @Override
    public boolean learns() {
        return order.openFree() > 0;
    }

    @Override
    public double addSquares(double sum) {
        double all = sum;
        for (int at = order.first(); at < order.boundary(); at++) {
            all += (double) gradient[at] * gradient[at];
        }
        return all;
    }

    @Override
    public void move(float scale) {
        learning.move(order.units(), order.first(), order.boundary(), gradient, scale);
    }

    @Override
    public void state(State state) {
        learning.state(state);
    }
}
