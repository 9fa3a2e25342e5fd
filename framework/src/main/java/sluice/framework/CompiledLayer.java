package sluice.framework;

import java.util.function.IntToDoubleFunction;
import sluice.framework.kernel.Lane;
import sluice.framework.kernel.NativeMatrix;

/** The part of a dense layer that a subnetwork uses, as a small dense matrix of its own; never written once built. */
final class CompiledLayer implements AutoCloseable {
    private final int inputs;
    private final int[] all;
    private final NativeMatrix weights;
    private final float[] biases;

    /** The rows of the open units, the columns of those open below. */
    CompiledLayer(DenseLayer full, int[] open, int[] below) {
        this(full, open, below, unit -> 1);
    }

    /** The same with gates that are not 1: ReLU passes a factor above 0 on, so that they can scale the weights. */
    CompiledLayer(DenseLayer full, int[] open, int[] below, IntToDoubleFunction gates) {
        inputs = below.length;
        all = allOf(open.length);
        weights = NativeMatrix.allocate(Math.max(1, open.length), Math.max(1, inputs));
        biases = new float[open.length];
        float[] row = new float[inputs];
        for (int k = 0; k < open.length; k++) {
            float gate = (float) gates.applyAsDouble(open[k]);
            for (int c = 0; c < inputs; c++) {
                row[c] = gate * full.weights()[open[k] * full.inputs() + below[c]];
            }
            weights.put(k, 0, row, 0, inputs);
            biases[k] = gate * full.biases()[open[k]];
        }
    }

    static int[] allOf(int count) {
        int[] all = new int[count];
        for (int i = 0; i < count; i++) {
            all[i] = i;
        }
        return all;
    }

    int units() {
        return biases.length;
    }

    float bias(int unit) {
        return biases[unit];
    }

    /** Multiply-adds per example. */
    long multiplyAdds() {
        return (long) units() * inputs;
    }

    /** {@code output = W x} [units, batch], without biases. */
    Activations multiply(Lane lane, Activations x, NativeMatrix output, int batch) {
        x.right(lane.gemm().left(weights, 0, 0), 0).into(output, 0, 0).multiply(units(), batch, inputs);
        return new Activations.OfUnits(output);
    }

    /** {@code output = relu(output + b)}. */
    void activate(Lane lane, NativeMatrix output) {
        lane.passes().biasAndRelu(output, 0, units(), all, biases);
    }

    @Override
    public void close() {
        weights.close();
    }
}
