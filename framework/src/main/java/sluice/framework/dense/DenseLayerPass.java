package sluice.framework.dense;

import java.util.Arrays;
import sluice.framework.kernel.Lane;
import sluice.framework.kernel.NativeMatrix;

/**
 * One layer of a network on its way forward and backward: examples are rows, and lanes share them. Weights are a copy of
 * those in the flat array, for the matrix multiply: of the inputs that are live, side by side. Loops go row by row, over
 * arrays that begin with the row, which the JVM vectorises.
 */
final class DenseLayerPass implements AutoCloseable {
    /** Times this, and again, the smallest number above 0 is above 1. */
    private static final float LARGE = 1e30f;

    private final ParameterBlock block;
    private final boolean rectified;
    private final LiveInputs live;
    private final NativeMatrix weights;
    private final NativeMatrix weightGradient;
    private final NativeMatrix outputs;
    private final NativeMatrix deltas;
    /** Before the gates [rows][units]; of the output layer there is no need. */
    private final float[][] units;
    /** What the layer gave, for whoever asks [rows, units]. */
    private final float[] values;

    private final LayerScratch[] scratch;

    /**
     * @param live its inputs that take part; whoever changes them has the weights uploaded
     */
    DenseLayerPass(ParameterBlock block, boolean rectified, LiveInputs live, int rows, int lanes) {
        this.block = block;
        this.rectified = rectified;
        this.live = live;
        this.weights = NativeMatrix.allocate(block.inputs(), block.units());
        this.weightGradient = NativeMatrix.allocate(block.inputs(), block.units());
        this.outputs = NativeMatrix.allocate(rows, block.units());
        this.deltas = NativeMatrix.allocate(rows, block.units());
        this.units = new float[rectified ? rows : 0][block.units()];
        this.values = new float[rows * block.units()];
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

    /** {@code max(0, x W + b)} times the gates; the last layer has neither rectifier nor gates. */
    void forward(Lane lane, NativeMatrix below, float[] parameters, float[] gates, int batch) {
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
                rectify(unit, own.biases, own.row, gates, width);
            } else {
                LayerScratch.add(unit, own.biases, width);
            }
            outputs.put(row, 0, own.row, 0, width);
        }
    }

    private static void rectify(float[] unit, float[] biases, float[] gated, float[] gates, int width) {
        for (int u = 0; u < width; u++) {
            unit[u] = Math.max(0f, unit[u] + biases[u]);
        }
        for (int u = 0; u < width; u++) {
            gated[u] = unit[u] * gates[u];
        }
    }

    /** [rows, units]: what the layer gave. */
    NativeMatrix outputs() {
        return outputs;
    }

    /** The same of the last batch on the heap, row-major. */
    float[] values(int batch) {
        outputs.get(0, 0, values, 0, batch * block.units());
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
        for (int row = 0; row < batch; row++) {
            deltas.get(row, 0, first.row, 0, block.units());
            LayerScratch.add(first.biasSums, first.row, block.units());
        }
    }

    /** The gradient before the rectifier of the layer below, from this layer's. */
    void propagate(Lane lane, DenseLayerPass below, float[] gates, int batch) {
        int from = lane.first(0, batch);
        int to = lane.end(0, batch);
        if (from == to) {
            return;
        }
        lane.gemm()
                .left(deltas, from, 0)
                .rightTransposed(weights, 0, 0)
                .into(below.deltas, from, 0)
                .multiply(to - from, block.inputs(), block.units());
        below.cut(below.scratch[lane.index()], from, to, gates);
    }

    private void cut(LayerScratch own, int from, int to, float[] gates) {
        int width = block.units();
        for (int row = from; row < to; row++) {
            deltas.get(row, 0, own.row, 0, width);
            own.addProducts(units[row]);
            cut(own.row, units[row], gates, width);
            LayerScratch.add(own.biasSums, own.row, width);
            deltas.put(row, 0, own.row, 0, width);
        }
    }

    /** Times the gate where the unit is above 0, else 0; a choice would be guessed wrongly every other time. */
    private static void cut(float[] delta, float[] unit, float[] gates, int width) {
        for (int u = 0; u < width; u++) {
            delta[u] *= gates[u] * Math.min(1f, unit[u] * LARGE * LARGE);
        }
    }

    /** Begins a backward pass: no lane has seen an example yet. */
    void beginBackward() {
        for (LayerScratch of : scratch) {
            of.begin();
        }
    }

    /** The gradient at each gate, in the place of the first lane's sums. */
    float[] gateGradient() {
        float[] total = scratch[0].gateSums;
        for (int lane = 1; lane < scratch.length; lane++) {
            LayerScratch.add(total, scratch[lane].gateSums, total.length);
            Arrays.fill(scratch[lane].gateSums, 0);
        }
        return total;
    }

    /** The gradient of this lane's share of the weights, {@code x' delta}; 0 where inputs are not live. */
    void formGradient(Lane lane, NativeMatrix below, float[] gradient, int batch) {
        int from = lane.first(0, block.inputs());
        int to = lane.end(0, block.inputs());
        int first = live.place(from);
        lane.gemm()
                .leftTransposed(below, 0, first)
                .right(deltas, 0, 0)
                .into(weightGradient, first, 0)
                .multiply(live.place(to) - first, block.units(), batch);
        for (int input = from; input < to; ) {
            int end = live.endOfRun(input, to);
            int at = block.weight(input, 0);
            if (live.isLive(input)) {
                weightGradient.get(live.place(input), 0, gradient, at, block.weight(end, 0) - at);
            } else {
                Arrays.fill(gradient, at, block.weight(end, 0), 0);
            }
            input = end;
        }
    }

    /** The gradient of the biases: sums over the batch. */
    void formBiasGradient(float[] gradient) {
        System.arraycopy(scratch[0].biasSums, 0, gradient, block.biases(), block.units());
        for (int lane = 1; lane < scratch.length; lane++) {
            for (int u = 0; u < block.units(); u++) {
                gradient[block.biases() + u] += scratch[lane].biasSums[u];
            }
        }
    }

    /** Makes of each entry of the gradient before the non-linearity, and of what the layer gave, what {@code of} does. */
    void transform(PerExample of, int batch) {
        transform(outputs, block.units(), of, values, batch);
        transform(deltas, block.units(), of, values, batch);
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
        weightGradient.close();
        outputs.close();
        deltas.close();
    }
}
