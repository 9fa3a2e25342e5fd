package sluice.framework;

import java.util.List;
import sluice.framework.kernel.Lane;
import sluice.framework.kernel.NativeMatrix;
import sluice.gating.Granularity;
import sluice.gating.Probe;
import sluice.gating.Progress;

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
    private final List<Probe> probes;
    private final boolean closedToo;
    private final boolean perExample;
    /** Whether outputs are multiplied by gates: not where all open units of the one probe are open for all examples. */
    private final boolean multiplied;

    private final NativeMatrix units;
    private final NativeMatrix gated;
    private final NativeMatrix dOut;
    private final Activations output;
    private final float[] dBiases;
    private final double[] dGates;

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
        this.probes = gates.probes();
        this.closedToo = probes.stream().anyMatch(Probe::needsClosedUpstream);
        this.perExample = granularity == Granularity.PER_EXAMPLE;
        this.multiplied = perExample || probes.size() > 1 || probes.get(0).values() == Probe.Values.RELAXED;
        if (closedToo) {
            weights.holdClosedToo();
        }
        this.units = NativeMatrix.allocate(layer.units(), batch);
        this.gated = multiplied ? NativeMatrix.allocate(layer.units(), batch) : units;
        this.dOut = NativeMatrix.allocate(layer.units(), batch);
        this.output = new Activations.OfUnits(gated);
        this.dBiases = new float[layer.units()];
        this.dGates = new double[(perExample ? batch : 1) * layer.units()];
    }

    /** Draws this step's gates. */
    void draw(Progress progress, int batch) {
        gates.draw(progress, batch);
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
        return closedToo ? 0 : order.first();
    }

    int endObserved() {
        return closedToo ? order.size() : order.end();
    }

    int observed() {
        return endObserved() - firstObserved();
    }

    /** Whether anything here wants a gradient of a probe: the gates, a bias, or a weight. */
    boolean learns(int probe) {
        boolean ownWeights = order.openFree() > 0 || learning.size() > 0;
        return probes.get(probe).needsUpstream() || (probes.get(probe).teaches() && ownWeights);
    }

    /** {@code relu(W x + b)}, which waits for its gates. */
    void forward(Lane lane, Activations input, int batch) {
        int from = lane.first(firstObserved(), endObserved());
        int to = lane.end(firstObserved(), endObserved());
        input.right(lane.gemm().left(weights.weights(), from, below.first()), below.first())
                .into(units, from, 0)
                .multiply(to - from, batch, below.open());
        lane.passes().biasAndRelu(units, from, to, order.units(), layer.biases());
    }

    /** Multiplies by the gates of a probe, where these are not all 1. */
    void gate(Lane lane, int probe, int batch) {
        if (multiplied) {
            int from = lane.first(firstObserved(), endObserved());
            int to = lane.end(firstObserved(), endObserved());
            double[] values = probes.get(probe).gates();
            lane.passes().gate(units, gated, from, to, order.units(), values, batch, perExample ? layer.units() : 0);
        }
    }

    /** From the gradient at the output to that at the gates and before the ReLU. */
    void throughGates(Lane lane, int probe, int batch) {
        int from = lane.first(firstObserved(), endObserved());
        int to = lane.end(firstObserved(), endObserved());
        double[] values = probes.get(probe).gates();
        double[] into = probes.get(probe).needsUpstream() ? probes.get(probe).upstream() : dGates;
        if (perExample) {
            lane.passes()
                    .backwardPerExample(
                            dOut, units, from, to, batch, order.units(), values, into, dBiases, layer.units());
        } else if (multiplied) {
            lane.passes().backwardMultiplied(dOut, units, from, to, batch, order.units(), values, into, dBiases);
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
        if (multiplied) {
            gated.close();
        }
        dOut.close();
    }
}
