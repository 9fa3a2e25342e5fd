package sluice.framework.dense;

import java.util.Arrays;
import sluice.framework.kernel.Lane;
import sluice.framework.kernel.NativeMatrix;

/**
 * One layer of a network on its way forward and backward: examples are rows, and lanes share them. Weights are a copy of
 * those in the flat array, for the matrix multiply.
 */
final class DenseLayerPass implements AutoCloseable {
    private final ParameterBlock block;
    private final boolean rectified;
    private final NativeMatrix weights;
    private final NativeMatrix weightGradient;
    private final NativeMatrix outputs;
    private final NativeMatrix deltas;
    /** Before the gates [rows, units]. */
    private final float[] units;
    /** What the layer gives, then the gradient before its rectifier [rows, units]. */
    private final float[] values;
    /** Per lane, the sum over its examples of gradient times unit. */
    private final float[][] gateSums;

    DenseLayerPass(ParameterBlock block, boolean rectified, int rows, int lanes) {
        this.block = block;
        this.rectified = rectified;
        this.weights = NativeMatrix.allocate(block.inputs(), block.units());
        this.weightGradient = NativeMatrix.allocate(block.inputs(), block.units());
        this.outputs = NativeMatrix.allocate(rows, block.units());
        this.deltas = NativeMatrix.allocate(rows, block.units());
        this.units = new float[rows * block.units()];
        this.values = new float[rows * block.units()];
        this.gateSums = new float[lanes][block.units()];
    }

    ParameterBlock block() {
        return block;
    }

    /** Takes over this lane's share of the weights from the flat array. */
    void upload(Lane lane, float[] parameters) {
        int from = lane.first(0, block.inputs());
        int to = lane.end(0, block.inputs());
        if (from < to) {
            weights.put(from, 0, parameters, block.weight(from, 0), (to - from) * block.units());
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
                .multiply(to - from, width, block.inputs());
        outputs.get(from, 0, units, from * width, (to - from) * width);
        for (int row = from; row < to; row++) {
            if (rectified) {
                rectify(units, values, row * width, width, parameters, block.biases(), gates);
            } else {
                addBiases(units, row * width, width, parameters, block.biases());
            }
        }
        outputs.put(from, 0, rectified ? values : units, from * width, (to - from) * width);
    }

    private static void rectify(
            float[] units, float[] values, int at, int width, float[] parameters, int biases, float[] gates) {
        for (int u = 0; u < width; u++) {
            float unit = Math.max(0f, units[at + u] + parameters[biases + u]);
            units[at + u] = unit;
            values[at + u] = unit * gates[u];
        }
    }

    private static void addBiases(float[] units, int at, int width, float[] parameters, int biases) {
        for (int u = 0; u < width; u++) {
            units[at + u] += parameters[biases + u];
        }
    }

    /** [rows, units]: what the layer gave. */
    NativeMatrix outputs() {
        return outputs;
    }

    /** The same on the heap; of a rectified layer until the backward pass. */
    float[] values() {
        return rectified ? values : units;
    }

    /** Sets the gradient before this layer's non-linearity. */
    void setDeltas(float[] gradient, int batch) {
        deltas.put(0, 0, gradient, 0, batch * block.units());
        System.arraycopy(gradient, 0, values, 0, batch * block.units());
    }

    /** The gradient before the rectifier of the layer below, from this layer's. */
    void propagate(Lane lane, DenseLayerPass below, float[] gates, int batch) {
        int from = lane.first(0, batch);
        int to = lane.end(0, batch);
        if (from == to) {
            return;
        }
        int width = block.inputs();
        lane.gemm()
                .left(deltas, from, 0)
                .rightTransposed(weights, 0, 0)
                .into(below.deltas, from, 0)
                .multiply(to - from, width, block.units());
        below.deltas.get(from, 0, below.values, from * width, (to - from) * width);
        below.cut(lane, from, to, gates);
        below.deltas.put(from, 0, below.values, from * width, (to - from) * width);
    }

    private void cut(Lane lane, int from, int to, float[] gates) {
        int width = block.units();
        float[] sums = gateSums[lane.index()];
        for (int row = from; row < to; row++) {
            for (int u = 0, at = row * width; u < width; u++, at++) {
                sums[u] += values[at] * units[at];
                values[at] = units[at] > 0 ? values[at] * gates[u] : 0;
            }
        }
    }

    /** Begins a backward pass: no lane has seen a gate yet. */
    void beginBackward() {
        for (float[] sums : gateSums) {
            Arrays.fill(sums, 0);
        }
    }

    /** The gradient at each gate, in the place of the first lane's sums. */
    float[] gateGradient() {
        float[] total = gateSums[0];
        for (int lane = 1; lane < gateSums.length; lane++) {
            for (int u = 0; u < total.length; u++) {
                total[u] += gateSums[lane][u];
            }
            Arrays.fill(gateSums[lane], 0);
        }
        return total;
    }

    /** This lane's rows of the weight gradient {@code x' delta}. */
    void formGradient(Lane lane, NativeMatrix below, float[] gradient, int batch) {
        int from = lane.first(0, block.inputs());
        int to = lane.end(0, block.inputs());
        if (from == to) {
            return;
        }
        lane.gemm()
                .leftTransposed(below, 0, from)
                .right(deltas, 0, 0)
                .into(weightGradient, from, 0)
                .multiply(to - from, block.units(), batch);
        weightGradient.get(from, 0, gradient, block.weight(from, 0), (to - from) * block.units());
    }

    /** The gradient of the biases: sums over the batch. */
    void formBiasGradient(float[] gradient, int batch) {
        int width = block.units();
        int biases = block.biases();
        Arrays.fill(gradient, biases, biases + width, 0);
        for (int row = 0, at = 0; row < batch; row++) {
            for (int u = 0; u < width; u++, at++) {
                gradient[biases + u] += values[at];
            }
        }
    }

    /** Makes of each entry of the gradient before the non-linearity, and of what the layer gave, what {@code of} does. */
    void transform(PerExample of, int batch) {
        transform(outputs, of, units, batch);
        transform(deltas, of, values, batch);
    }

    static void transform(NativeMatrix matrix, PerExample of, float[] scratch, int batch) {
        int count = batch * matrix.columns();
        matrix.get(0, 0, scratch, 0, count);
        for (int i = 0; i < count; i++) {
            scratch[i] = of.of(scratch[i]);
        }
        matrix.put(0, 0, scratch, 0, count);
    }

    @Override
    public void close() {
        weights.close();
        weightGradient.close();
        outputs.close();
        deltas.close();
    }
}
