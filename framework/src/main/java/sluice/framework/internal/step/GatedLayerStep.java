package sluice.framework.internal.step;

import java.util.List;
import sluice.framework.gates.LayerGates;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.layer.Activations;
import sluice.framework.internal.layer.Gating;
import sluice.framework.internal.layer.LayerProducts;
import sluice.framework.internal.layer.LowerGradient;
import sluice.framework.internal.layer.PreActivation;
import sluice.framework.internal.layer.StepLayer;
import sluice.framework.internal.layer.StepUnits;
import sluice.framework.internal.state.State;
import sluice.framework.layer.Connection;
import sluice.framework.layer.Layer;
import sluice.framework.layer.TaskParameters;
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
final class GatedLayerStep implements LowerGradient, AutoCloseable {
    /** What normalising a value costs, in multiply-adds: what decides whether lanes share it. */
    private static final long NORMALISING = 10;

    private final Layer layer;
    private final UnitOrder order;
    private final UnitOrder below;
    private final LayerGates gates;
    private final WorkingWeights weights;
    private final FreeBlocks learning;
    private final PreActivation preActivation;
    private final List<Probe> probes;
    private final boolean closedToo;
    /** Whether outputs are multiplied by gates: not where all open units of the one probe are open for all examples. */
    private final boolean multiplied;

    private final NativeMatrix units;
    private final NativeMatrix gated;
    private final NativeMatrix dOut;
    private final NativeMatrix dValues;
    private final LayerInput above;
    private final LayerProducts products;
    private final float[] dBiases;
    private final double[] dGates;

    /**
     * @param own what the task has of its units for itself
     * @param order the layer's own units
     * @param input what it lies on
     */
    GatedLayerStep(
            Layer layer, TaskParameters own, UnitOrder order, LayerInput input, LayerGates gates, StepSettings step) {
        ParameterUpdate update = step.update();
        int room = step.room();
        this.layer = layer;
        this.order = order;
        this.below = input.below();
        this.gates = gates;
        this.weights = new WorkingWeights(layer, order, below, update.moments());
        Connection connection = layer.connection();
        this.learning = new FreeBlocks(weights, order, below, update, step.clipped() || connection.formsApart());
        this.probes = gates.probes();
        this.closedToo = probes.stream().anyMatch(Probe::needsClosedUpstream);
        boolean perExample = gates.granularity() == Granularity.PER_EXAMPLE;
        this.multiplied = perExample || probes.size() > 1 || probes.get(0).values() == Probe.Values.RELAXED;
        if (closedToo) {
            weights.holdClosedToo();
        }
        int values = connection.valuesPerUnit();
        this.units = NativeMatrix.allocate(layer.units(), Math.multiplyExact(values, room));
        this.gated = multiplied ? NativeMatrix.allocate(layer.units(), values * room) : units;
        this.dOut = NativeMatrix.allocate(layer.units(), values * room);
        this.dValues = dOut.view(layer.units() * values, room);
        this.above = new LayerInput(order, new Activations.OfUnits(gated.view(layer.units() * values, room)));
        this.dBiases = new float[layer.units()];
        this.dGates = new double[(perExample ? room : 1) * layer.units()];
        this.preActivation = connection
                .normalisation()
                .step(new StepUnits(order, layer.biases(), own.values(), dBiases, update, room));
        this.products = connection.products(new StepLayer(
                order,
                below,
                layer.below(),
                weights.weights(),
                preActivation,
                learning,
                input.values(),
                new StepLayer.Buffers(units, gated, dOut, dBiases),
                perExample ? Gating.PER_EXAMPLE : multiplied ? Gating.PER_BATCH : Gating.ALL_ONE,
                room,
                step.lanes()));
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

    LayerGates gates() {
        return gates;
    }

    /** What lies under the layer above: the gated output. */
    LayerInput above() {
        return above;
    }

    /** The gradient at the gated output [units * values, batch], of units from {@link #firstObserved} on. */
    @Override
    public NativeMatrix outputGradient() {
        return dValues;
    }

    @Override
    public NativeMatrix mapGradient() {
        return dOut;
    }

    @Override
    public int firstRow(Lane lane) {
        return lane.first(firstObserved(), endObserved(), products.grain());
    }

    @Override
    public int endRow(Lane lane) {
        return lane.end(firstObserved(), endObserved(), products.grain());
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

    /** Values of observed units that {@link #activate} and {@link #gate} go through, those before pooling where these waited. */
    long valuesToActivate() {
        return preActivation.normalises()
                ? NORMALISING * (long) observed() * layer.connection().positions()
                : observedValues();
    }

    /** Values of observed units. */
    int observedValues() {
        return observed() * layer.connection().valuesPerUnit();
    }

    /** Whether anything here wants a gradient of a probe: the gates, a bias, what the task has for itself, or a weight. */
    boolean learns(int probe) {
        boolean own = preActivation.learns() || learning.size() > 0;
        return probes.get(probe).needsUpstream() || (probes.get(probe).trainsWeights() && own);
    }

    /** {@code W x}. */
    void forward(Lane lane, int batch) {
        products.forward(lane, firstObserved(), endObserved(), batch);
    }

    /** Whether what comes after {@link #forward}, if anything does, must wait until all lanes are through with it. */
    boolean goesOnApart() {
        return products.sharesRows() && (multiplied || preActivation.normalises());
    }

    /** {@code relu(W x + b)}, normalised or not, which waits for its gates. */
    void activate(Lane lane, int batch) {
        products.activate(lane, firstRow(lane), endRow(lane), batch);
    }

    /** Multiplies by the gates of a probe, where these are not all 1. */
    void gate(Lane lane, int probe, int batch) {
        if (multiplied) {
            products.gate(lane, firstRow(lane), endRow(lane), gates.values(probe), batch);
        }
    }

    /** From the gradient at the output to that at the gates and before the ReLU. */
    void throughGates(Lane lane, int probe, int batch) {
        double[] into = probes.get(probe).needsUpstream() ? gates.upstream(probe) : dGates;
        products.throughGates(lane, firstRow(lane), endRow(lane), gates.values(probe), into, batch);
    }

    /** The gradient at the output of a layer below. */
    void inputGradient(Lane lane, GatedLayerStep lower, int batch) {
        products.inputGradient(lane, lower, batch);
    }

    /** Whether the weight gradient must be formed by itself even where it is not to be clipped. */
    boolean formsApart() {
        return layer.connection().formsApart();
    }

    /** Forms this lane's part of the weight gradient. */
    void formGradient(Lane lane, int batch) {
        products.form(lane, batch);
    }

    /** Adds up what lanes have formed each for itself. */
    void addGradients(Lane lane) {
        products.addUp(lane);
    }

    /** Squared norm of the gradient of what this step may write. */
    double freeGradientNorm(Lane lane) {
        return preActivation.addSquares(learning.squares(lane));
    }

    /** Moves the open free weights of this lane's rows. */
    void moveWeights(Lane lane, int batch, float scale) {
        products.move(lane, batch, scale);
    }

    /** Moves the open free biases, or what the task has of units for itself. */
    void moveBiases(float scale) {
        preActivation.move(scale);
    }

    /** Multiply-adds of the gradient of the open weights that this step may write, per example. */
    long freeWork() {
        return learning.size() * layer.connection().positions();
    }

    /** Multiply-adds per example between so many units and all that is open below. */
    long work(int count) {
        return work(count, below.open());
    }

    /** Multiply-adds per example between so many units and so many of those below. */
    long work(int count, int countBelow) {
        return (long) count * countBelow * layer.span() * layer.connection().positions();
    }

    /** Tells what learning hangs on, once all is written back and the order below is told; weights and biases are the layer's. */
    void state(State state) {
        order.state(state.part("order"));
        weights.state(state.part("weights"));
        preActivation.state(state.part("units"));
        gates.state(state.part("gates"));
    }

    /** Writes the weights to the layer. It may be called at any time, and training goes on. */
    void writeBack() {
        weights.writeBack();
    }

    @Override
    public void close() {
        gates.close();
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
