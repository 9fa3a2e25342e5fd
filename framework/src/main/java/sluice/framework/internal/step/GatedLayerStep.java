package sluice.framework.internal.step;

import java.util.List;
import sluice.framework.gates.GateTraining;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.layer.Activations;
import sluice.framework.layer.Connection;
import sluice.framework.layer.DenseLayer;
import sluice.framework.optimizer.ParameterUpdate;
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

    /** Whether a unit has many values, so that a row is much work. */
    private final boolean maps;

    private final int room;

    private final NativeMatrix units;
    private final NativeMatrix gated;
    private final NativeMatrix dOut;
    private final NativeMatrix dValues;
    private final Activations output;
    private final LayerProducts products;
    private final float[] dBiases;
    private final double[] dGates;

    /**
     * @param order the layer's own units
     * @param below the units of the layer below, or the inputs
     * @param input what they have to say
     * @param room examples of the largest mini-batch
     * @param clipped whether gradients are scaled by their norm
     * @param lanes threads that share a step
     */
    GatedLayerStep(
            DenseLayer layer,
            UnitOrder order,
            UnitOrder below,
            Activations input,
            GateTraining gates,
            ParameterUpdate update,
            Granularity granularity,
            int room,
            boolean clipped,
            int lanes) {
        this.layer = layer;
        this.order = order;
        this.below = below;
        this.gates = gates;
        this.weights = new WorkingWeights(layer, order, below, update.moments());
        this.maps = layer.connection() instanceof Connection.Convolution;
        this.learning = new WeightLearning(weights, order, below, update, clipped || maps);
        this.biasLearning = new BiasLearning(layer.biases(), update);
        this.probes = gates.probes();
        this.closedToo = probes.stream().anyMatch(Probe::needsClosedUpstream);
        this.perExample = granularity == Granularity.PER_EXAMPLE;
        this.multiplied = perExample || probes.size() > 1 || probes.get(0).values() == Probe.Values.RELAXED;
        if (closedToo) {
            weights.holdClosedToo();
        }
        this.room = room;
        int values = layer.connection().outputs();
        this.units = NativeMatrix.allocate(layer.units(), Math.multiplyExact(values, room));
        this.gated = multiplied ? NativeMatrix.allocate(layer.units(), values * room) : units;
        this.dOut = NativeMatrix.allocate(layer.units(), values * room);
        this.dValues = dOut.view(layer.units() * values, room);
        this.output = new Activations.OfUnits(gated.view(layer.units() * values, room));
        this.dBiases = new float[layer.units()];
        this.dGates = new double[(perExample ? room : 1) * layer.units()];
        this.products = maps
                ? new ConvProducts(layer, order, below, weights, learning, maps(input), units, room, lanes)
                : new DenseProducts(layer, order, below, weights, learning, input, units);
    }

    /** What is below as [units, values * room]. */
    private NativeMatrix maps(Activations input) {
        NativeMatrix values = input.values();
        return values.view(layer.below(), values.rows() / layer.below() * values.columns());
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

    /** The gradient at the gated output [units * values, batch], of units from {@link #firstObserved} on. */
    NativeMatrix outputGradient() {
        return dValues;
    }

    /** The same memory as [units, values * batch]. */
    NativeMatrix mapGradient() {
        return dOut;
    }

    /** First of the observed rows that are this lane's share. */
    int firstRow(Lane lane) {
        return lane.first(firstObserved(), endObserved(), maps ? 1 : Lane.GRAIN);
    }

    /** Row after the last of them. */
    int endRow(Lane lane) {
        return lane.end(firstObserved(), endObserved(), maps ? 1 : Lane.GRAIN);
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

    /** Values of observed units. */
    int observedValues() {
        return observed() * layer.connection().outputs();
    }

    /** Whether anything here wants a gradient of a probe: the gates, a bias, or a weight. */
    boolean learns(int probe) {
        boolean ownWeights = order.openFree() > 0 || learning.size() > 0;
        return probes.get(probe).needsUpstream() || (probes.get(probe).teaches() && ownWeights);
    }

    /** {@code relu(W x + b)}, which waits for its gates. */
    void forward(Lane lane, int batch) {
        products.forward(lane, firstObserved(), endObserved(), batch);
    }

    /** Whether gates must wait until all lanes are through with {@link #forward}. */
    boolean gatesApart() {
        return maps && multiplied;
    }

    /** Multiplies by the gates of a probe, where these are not all 1. */
    void gate(Lane lane, int probe, int batch) {
        if (!multiplied) {
            return;
        }
        int from = firstRow(lane);
        int to = endRow(lane);
        double[] values = gates.values(probe);
        if (maps && perExample) {
            lane.mapPasses().gate(units, gated, from, to, order.units(), values, batch, room, layer.units());
        } else {
            int width = perExample ? layer.units() : 0;
            lane.passes().gate(units, gated, from, to, order.units(), values, columns(batch), width);
        }
    }

    /** Columns in use: of maps all, as what lies beyond the batch is made 0 before it is added to anything. */
    private int columns(int batch) {
        return maps ? units.columns() : batch;
    }

    /** From the gradient at the output to that at the gates and before the ReLU. */
    void throughGates(Lane lane, int probe, int batch) {
        int from = firstRow(lane);
        int to = endRow(lane);
        double[] values = gates.values(probe);
        double[] into = probes.get(probe).needsUpstream() ? gates.upstream(probe) : dGates;
        int[] rows = order.units();
        if (maps && perExample) {
            lane.mapPasses().backward(dOut, units, from, to, batch, room, rows, values, into, dBiases, layer.units());
            return;
        }
        if (maps) {
            lane.mapPasses().clearBeyond(dOut, from, to, batch, room);
        }
        if (perExample) {
            lane.passes().backwardPerExample(dOut, units, from, to, batch, rows, values, into, dBiases, layer.units());
        } else if (multiplied) {
            lane.passes().backwardMultiplied(dOut, units, from, to, columns(batch), rows, values, into, dBiases);
        } else {
            lane.passes().backwardShared(dOut, units, from, to, columns(batch), rows, into, dBiases);
        }
    }

    /** The gradient at the output of a layer below. */
    void inputGradient(Lane lane, GatedLayerStep lower, int batch) {
        products.inputGradient(lane, dOut, lower, batch);
    }

    /** Whether the weight gradient must be formed by itself even where it is not to be clipped. */
    boolean formsApart() {
        return products.formsApart();
    }

    /** Forms this lane's part of the weight gradient. */
    void formGradient(Lane lane, int batch) {
        products.form(lane, dOut, batch);
    }

    /** Adds up what lanes have formed each for itself. */
    void addGradients(Lane lane) {
        products.addUp(lane);
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
    void moveWeights(Lane lane, int batch, float scale) {
        products.move(lane, dOut, batch, scale);
    }

    /** Moves the open free biases. */
    void moveBiases(float scale) {
        biasLearning.move(order.units(), order.first(), order.boundary(), dBiases, scale);
    }

    /** Multiply-adds of the gradient of the open weights that this step may write, per example. */
    long freeWork() {
        return learning.size() * layer.connection().uses();
    }

    /** Multiply-adds per example between so many units and all that is open below. */
    long work(int count) {
        return work(count, below.open());
    }

    /** Multiply-adds per example between so many units and so many of those below. */
    long work(int count, int countBelow) {
        return (long) count * countBelow * layer.span() * layer.connection().uses();
    }

    /** Writes the weights to the layer. It may be called at any time, and training goes on. */
    void writeBack() {
        weights.writeBack();
    }

    @Override
    public void close() {
        products.close();
        learning.close();
        weights.close();
        units.close();
        if (multiplied) {
            gated.close();
        }
        dOut.close();
    }
}
