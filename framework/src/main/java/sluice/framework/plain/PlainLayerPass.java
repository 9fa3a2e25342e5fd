package sluice.framework.plain;

import java.util.Arrays;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;

/**
 * One layer of a network on its way forward and backward: examples are rows, and lanes share them. Weights are a copy of
 * those in the flat array, for the matrix multiply: of the inputs that are live, side by side; so are what live units give
 * and their gradients. Loops go row by row, over arrays that begin with the row, which the JVM vectorises.
 */
final class PlainLayerPass implements AutoCloseable {
    /** Times this, and again, the smallest number above 0 is above 1. */
    private static final float LARGE = 1e30f;

    private final ParameterBlock block;
    private final boolean rectified;
    private final LiveInputs live;
    private final LiveInputs liveUnits;
    private final NativeMatrix weights;
    /** From live inputs to live units, where some are not. */
    private final NativeMatrix liveWeights;

    private final NativeMatrix weightGradient;
    private final NativeMatrix outputs;
    private final NativeMatrix deltas;
    /** Before the gates [rows][units]; of the output layer there is no need. */
    private final float[][] units;
    /** What the layer gave, for whoever asks [rows, units]. */
    private final float[] values;

    private final float[] gateGradient;
    /** Of the live units, what was made of each example's gradients so far [rows][units]. */
    private final float[][] deltaSums;

    private final LayerScratch[] scratch;

    /**
     * @param live its inputs that take part; whoever changes them has the weights uploaded
     * @param liveUnits its units that take part: the live inputs of the layer above
     */
    PlainLayerPass(
            ParameterBlock block, boolean rectified, LiveInputs live, LiveInputs liveUnits, int rows, int lanes) {
        this.block = block;
        this.rectified = rectified;
        this.live = live;
        this.liveUnits = liveUnits;
        this.weights = NativeMatrix.allocate(block.inputs(), block.units());
        this.liveWeights = NativeMatrix.allocate(block.inputs(), block.units());
        this.weightGradient = NativeMatrix.allocate(block.inputs(), block.units());
        this.outputs = NativeMatrix.allocate(rows, block.units());
        this.deltas = NativeMatrix.allocate(rows, block.units());
        this.units = new float[rectified ? rows : 0][block.units()];
        this.values = new float[rows * block.units()];
        this.gateGradient = new float[block.units()];
        this.deltaSums = new float[rows][block.units()];
        this.scratch = new LayerScratch[lanes];
        Arrays.setAll(scratch, lane -> new LayerScratch(block.units()));
    }

    /** Takes over this lane's share of the weights of live inputs from the flat array. */
    void upload(Lane lane, float[] parameters) {
        int to = lane.end(0, block.inputs());
        for (int input = lane.first(0, block.inputs()); input < to; ) {
            int end = live.endOfRun(input, to);
            if (live.isLive(input)) {
                int at = block.weight(input, 0);
                weights.put(live.place(input), 0, parameters, at, block.weight(end, 0) - at);
            }
            input = end;
        }
    }

    /** {@code x W + b}, and of a hidden layer what of it is above 0. */
    void forward(Lane lane, NativeMatrix below, float[] parameters, int batch) {
        int from = lane.first(0, batch);
        int to = lane.end(0, batch);
        if (from == to) {
            return;
        }
        int width = block.units();
        lane.gemm()
                .left(below, from, 0)
                .right(weights, 0, 0)
                .into(outputs, from, 0)
                .multiply(to - from, width, live.count());
        LayerScratch own = scratch[lane.index()];
        System.arraycopy(parameters, block.biases(), own.biases, 0, width);
        for (int row = from; row < to; row++) {
            float[] unit = rectified ? units[row] : own.row;
            outputs.get(row, 0, unit, 0, width);
            if (rectified) {
                rectify(unit, own.biases, width);
            } else {
                LayerScratch.add(unit, own.biases, width);
                outputs.put(row, 0, unit, 0, width);
            }
        }
    }

    private static void rectify(float[] unit, float[] biases, int width) {
        for (int u = 0; u < width; u++) {
            unit[u] = Math.max(0f, unit[u] + biases[u]);
        }
    }

    /** Says which units of the batch are live. */
    void findLiveUnits(int batch) {
        liveUnits.find(units, batch);
    }

    /** Hands up what live units are, times their gates. */
    void gate(Lane lane, float[] gates, int batch) {
        LayerScratch own = scratch[lane.index()];
        int to = lane.end(0, batch);
        for (int row = lane.first(0, batch); row < to; row++) {
            multiply(units[row], gates, own.row, block.units());
            liveUnits.gather(own.row, 0, own.row);
            outputs.put(row, 0, own.row, 0, liveUnits.count());
        }
    }

    private static void multiply(float[] unit, float[] gates, float[] gated, int width) {
        for (int u = 0; u < width; u++) {
            gated[u] = unit[u] * gates[u];
        }
    }

    /** [rows, live units]: what the layer gave. */
    NativeMatrix outputs() {
        return outputs;
    }

    /** What the output layer gave for the last batch, row-major. */
    float[] values(int batch) {
        outputs.get(0, 0, values, 0, batch * block.units());
        return values;
    }

    /** The same of a hidden layer, live or not. */
    float[] values(float[] gates, int batch) {
        int width = block.units();
        for (int row = 0; row < batch; row++) {
            multiply(units[row], gates, scratch[0].row, width);
            System.arraycopy(scratch[0].row, 0, values, row * width, width);
        }
        return values;
    }

    /** Sets the gradient before this layer's non-linearity, of which it is the topmost. */
    void setDeltas(float[] gradient, int batch) {
        deltas.put(0, 0, gradient, 0, batch * block.units());
        sumDeltas(batch);
    }

    private void sumDeltas(int batch) {
        for (LayerScratch of : scratch) {
            of.begin();
        }
        LayerScratch first = scratch[0];
        int count = liveUnits.count();
        for (int row = 0; row < batch; row++) {
            deltas.get(row, 0, first.row, 0, count);
            LayerScratch.add(first.biasSums, first.row, count);
        }
    }

    /** The gradient before the non-linearity, of the last backward pass; 0 where units are not live. */
    float[] deltas(int batch) {
        for (int row = 0; row < batch; row++) {
            deltas.get(row, 0, scratch[0].row, 0, liveUnits.count());
            liveUnits.spread(scratch[0].row, values, row * block.units());
        }
        return values;
    }

    /** Picks this lane's share of the weights between live inputs and live units. */
    void pickWeights(Lane lane) {
        if (liveUnits.areAll()) {
            return;
        }
        float[] row = scratch[lane.index()].row;
        int to = lane.end(0, live.count());
        for (int place = lane.first(0, live.count()); place < to; place++) {
            weights.get(place, 0, row, 0, block.units());
            liveUnits.gather(row, 0, row);
            liveWeights.put(place, 0, row, 0, liveUnits.count());
        }
    }

    /** The gradient before the rectifier of the layer below, from this layer's; after {@link #pickWeights}. */
    void propagate(Lane lane, PlainLayerPass below, float[] gates, int batch) {
        propagate(lane, below.deltas, batch);
        below.cut(below.scratch[lane.index()], lane.first(0, batch), lane.end(0, batch), gates);
    }

    /**
     * The gradient at live inputs; after {@link #pickWeights}.
     *
     * @param into [rows, at least live inputs], overwritten
     */
    void propagate(Lane lane, NativeMatrix into, int batch) {
        int from = lane.first(0, batch);
        lane.gemm()
                .left(deltas, from, 0)
                .rightTransposed(liveUnits.areAll() ? weights : liveWeights, 0, 0)
                .into(into, from, 0)
                .multiply(lane.end(0, batch) - from, live.count(), liveUnits.count());
    }

    private void cut(LayerScratch own, int from, int to, float[] gates) {
        int count = liveUnits.count();
        liveUnits.gather(gates, 0, own.gates);
        for (int row = from; row < to; row++) {
            deltas.get(row, 0, own.row, 0, count);
            liveUnits.gather(units[row], 0, own.units);
            own.addProducts(count);
            cut(own.row, own.units, own.gates, count);
            LayerScratch.add(own.biasSums, own.row, count);
            deltas.put(row, 0, own.row, 0, count);
        }
    }

    /** Times the gate where the unit is above 0, else 0; a choice would be guessed wrongly every other time. */
    private static void cut(float[] delta, float[] unit, float[] gates, int count) {
        for (int u = 0; u < count; u++) {
            delta[u] *= gates[u] * Math.min(1f, unit[u] * LARGE * LARGE);
        }
    }

    /** Begins a backward pass: no lane has seen an example yet. */
    void beginBackward() {
        for (LayerScratch of : scratch) {
            of.begin();
        }
    }

    /** The gradient at each gate. */
    float[] gateGradient() {
        Arrays.fill(gateGradient, 0);
        for (LayerScratch of : scratch) {
            liveUnits.add(of.gateSums, gateGradient, 0);
        }
        return gateGradient;
    }

    /** The gradient of this lane's share of the weights, {@code x' delta}; 0 where inputs or units are not live. */
    void formGradient(Lane lane, NativeMatrix below, float[] gradient, int batch) {
        int from = lane.first(0, block.inputs());
        int to = lane.end(0, block.inputs());
        int first = live.place(from);
        lane.gemm()
                .leftTransposed(below, 0, first)
                .right(deltas, 0, 0)
                .into(weightGradient, first, 0)
                .multiply(live.place(to) - first, liveUnits.count(), batch);
        for (int input = from; input < to; ) {
            int end = live.endOfRun(input, to);
            if (live.isLive(input)) {
                takeGradient(scratch[lane.index()].row, input, end, gradient);
            } else {
                Arrays.fill(gradient, block.weight(input, 0), block.weight(end, 0), 0);
            }
            input = end;
        }
    }

    /** The same in the flat array, of neighbouring inputs that are live. */
    private void takeGradient(float[] row, int from, int end, float[] gradient) {
        if (liveUnits.areAll()) {
            int at = block.weight(from, 0);
            weightGradient.get(live.place(from), 0, gradient, at, block.weight(end, 0) - at);
            return;
        }
        for (int input = from; input < end; input++) {
            weightGradient.get(live.place(input), 0, row, 0, liveUnits.count());
            liveUnits.spread(row, gradient, block.weight(input, 0));
        }
    }

    /** The gradient of the biases: sums over the batch. */
    void formBiasGradient(float[] gradient) {
        Arrays.fill(gradient, block.biases(), block.end(), 0);
        for (LayerScratch of : scratch) {
            liveUnits.add(of.biasSums, gradient, block.biases());
        }
    }

    /** Begins a sum over several gradients of each example. */
    void beginSums(int batch) {
        for (int row = 0; row < batch; row++) {
            Arrays.fill(deltaSums[row], 0);
        }
    }

    /** Adds what {@code of} makes of each entry of the gradient before the non-linearity. */
    void addToSums(PerExample of, int batch) {
        float[] row = scratch[0].row;
        int count = liveUnits.count();
        for (int r = 0; r < batch; r++) {
            deltas.get(r, 0, row, 0, count);
            of.apply(row, count);
            LayerScratch.add(deltaSums[r], row, count);
        }
    }

    /** The sums take the place of the gradient, and what {@code of} makes of what the layer gave takes its place. */
    void transform(PerExample of, int batch) {
        transform(outputs, liveUnits.count(), of, scratch[0].row, batch);
        for (int row = 0; row < batch; row++) {
            deltas.put(row, 0, deltaSums[row], 0, liveUnits.count());
        }
        sumDeltas(batch);
    }

    /** The same of the first columns of a matrix. */
    static void transform(NativeMatrix matrix, int columns, PerExample of, float[] row, int batch) {
        for (int r = 0; r < batch; r++) {
            matrix.get(r, 0, row, 0, columns);
            of.apply(row, columns);
            matrix.put(r, 0, row, 0, columns);
        }
    }

    @Override
    public void close() {
        weights.close();
        liveWeights.close();
        weightGradient.close();
        outputs.close();
        deltas.close();
    }
}
