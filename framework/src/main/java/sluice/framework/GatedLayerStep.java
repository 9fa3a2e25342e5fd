package sluice.framework;

import sluice.framework.kernel.Lane;
import sluice.framework.kernel.NativeMatrix;
import sluice.gating.Granularity;
import sluice.gating.Probe;

/**
 * One gated hidden layer in the training step: runs what is open forward and backward, and moves what is free. All buffers
 * are allocated once per task; rows are units, in the layer's {@link UnitOrder}. Each lane does its share of the rows.
 *
 * <p>Only observed units are computed: the open ones (with a gate sample per example: those open in any row), and the
 * closed ones too if the estimator asks what their gates would have changed.
 */
final class GatedLayerStep implements AutoCloseable {
    private final DenseLayer layer;
    private final UnitOrder order;
    private final UnitOrder below;
    private final GateTraining gates;
    private final WorkingWeights weights;
    private final WeightLearning learning;
    private final BiasLearning biasLearning;
    private final boolean perExample;

    private final NativeMatrix units;
    private final NativeMatrix gated;
    private final NativeMatrix dOut;
    private final Activations output;
    private final float[] dBiases;
    private final double[] dGates;
    private Probe probe;

    /**
     * @param order the layer's own units
     * @param below the units of the layer below, or the inputs
     * @param clipped whether gradients are scaled by their norm
     */
    GatedLayerStep(
            DenseLayer layer,
            UnitOrder order,
            UnitOrder below,
            GateTraining gates,
            ParameterUpdate update,
            Granularity granularity,
            int batch,
            boolean clipped) {
        this.layer = layer;
        this.order = order;
        this.below = below;
        this.gates = gates;
        this.weights = new WorkingWeights(layer, order, below, update.moments());
        this.learning = new WeightLearning(weights, order, below, update, clipped);
        this.biasLearning = new BiasLearning(layer.biases(), update);
        this.perExample = granularity == Granularity.PER_EXAMPLE;
        this.units = NativeMatrix.allocate(layer.units(), batch);
        this.gated = perExample ? NativeMatrix.allocate(layer.units(), batch) : units;
        this.dOut = NativeMatrix.allocate(layer.units(), batch);
        this.output = new Activations.OfUnits(gated);
        this.dBiases = new float[layer.units()];
        this.dGates = new double[(perExample ? batch : 1) * layer.units()];
    }

    /** Draws this step's gates. */
    void draw(double slope, int batch) {
        probe = gates.draw(slope, batch);
        if (probe.needsClosedUpstream()) {
            weights.holdClosedToo();
        }
    }

    /** Makes room for the gates drawn; the weights here and above follow. */
    void arrange() {
        order.arrange(gates.open());
    }

    WorkingWeights weights() {
        return weights;
    }

    UnitOrder order() {
        return order;
    }

    GateTraining gates() {
        return gates;
    }

    /** The gated output. */
    Activations output() {
        return output;
    }

    /** The gradient at the gated output [units, batch], rows {@link #firstObserved} to {@link #endObserved}. */
    NativeMatrix outputGradient() {
        return dOut;
    }

    int firstObserved() {
        return probe.needsClosedUpstream() ? 0 : order.first();
    }

    int endObserved() {
        return probe.needsClosedUpstream() ? order.size() : order.end();
    }

    int observed() {
        return endObserved() - firstObserved();
    }

    /** Whether anything here wants a gradient: the gates, a bias, or a weight. */
    boolean learns() {
        return probe.needsUpstream() || order.openFree() > 0 || learning.size() > 0;
    }

    /** {@code relu(W x + b) * gates}. */
    void forward(Lane lane, Activations input, int batch) {
        int from = lane.first(firstObserved(), endObserved());
        int to = lane.end(firstObserved(), endObserved());
        input.right(lane.gemm().left(weights.weights(), from, below.first()), below.first())
                .into(units, from, 0)
                .multiply(to - from, batch, below.open());
        lane.passes().biasAndRelu(units, from, to, order.units(), layer.biases());
        if (perExample) {
            lane.passes().gate(units, gated, from, to, order.units(), probe.gates(), batch, layer.units());
        }
    }

    /** From the gradient at the output to that at the gates and before the ReLU. */
    void throughGates(Lane lane, int batch) {
        int from = lane.first(firstObserved(), endObserved());
        int to = lane.end(firstObserved(), endObserved());
        double[] into = probe.needsUpstream() ? probe.upstream() : dGates;
        if (perExample) {
            lane.passes()
                    .backwardPerExample(
                            dOut, units, from, to, batch, order.units(), probe.gates(), into, dBiases, layer.units());
        } else {
            lane.passes().backwardShared(dOut, units, from, to, batch, order.units(), into, dBiases);
        }
    }

    /** The gradient at the output of a layer below. */
    void inputGradient(Lane lane, GatedLayerStep lower, int batch) {
        int from = lane.first(lower.firstObserved(), lower.endObserved());
        int to = lane.end(lower.firstObserved(), lower.endObserved());
        lane.gemm()
                .leftTransposed(weights.weights(), order.first(), from)
                .right(dOut, order.first(), 0)
                .into(lower.dOut, from, 0)
                .multiply(to - from, batch, order.open());
    }

    /** Forms this lane's part of the weight gradient, to be clipped. */
    void formGradient(Lane lane, Activations input, int batch) {
        learning.form(lane, dOut, input, batch);
    }

    /** Squared norm of the gradient of what this step may write. */
    double freeGradientNorm(Lane lane) {
        double sum = learning.squares(lane);
        for (int at = order.first(); at < order.boundary(); at++) {
            sum += (double) dBiases[at] * dBiases[at];
        }
        return sum;
    }

    /** Moves the open free weights of this lane's rows. */
    void moveWeights(Lane lane, Activations input, int batch, float scale) {
        learning.move(lane, dOut, input, batch, scale);
    }

    /** Moves the open free biases. */
    void moveBiases(float scale) {
        biasLearning.move(order.units(), order.first(), order.boundary(), dBiases, scale);
    }

    /** Open weights that this step may write. */
    long freeWeights() {
        return learning.size();
    }

    /** Brings the weights home to the layer. */
    void finish() {
        weights.finish();
    }

    @Override
    public void close() {
        learning.close();
        weights.close();
        units.close();
        if (perExample) {
            gated.close();
        }
        dOut.close();
    }
}
