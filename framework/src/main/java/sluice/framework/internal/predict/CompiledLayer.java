package sluice.framework.internal.predict;

import java.util.function.IntToDoubleFunction;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.layer.Connection;
import sluice.framework.layer.DenseLayer;

/** The part of a layer that a subnetwork uses, as a small dense matrix of its own; never written once built. */
public final class CompiledLayer implements AutoCloseable {
    private final Connection connection;
    private final int below;
    private final int[] all;
    private final NativeMatrix weights;
    private final float[] biases;

    /** The rows of the open units, the columns of those open below. */
    public CompiledLayer(DenseLayer full, int[] open, int[] below) {
        this(full, open, below, unit -> 1);
    }

    /** The same with gates that are not 1: ReLU passes a factor above 0 on, so that they can scale the weights. */
    public CompiledLayer(DenseLayer full, int[] open, int[] below, IntToDoubleFunction gates) {
        this.connection = full.connection();
        this.below = below.length;
        all = allOf(open.length);
        weights = NativeMatrix.allocate(Math.max(1, open.length), Math.max(1, inputs()));
        biases = new float[open.length];
        float[] row = new float[inputs()];
        for (int k = 0; k < open.length; k++) {
            float gate = (float) gates.applyAsDouble(open[k]);
            gather(full, open[k], below, gate, row);
            weights.put(k, 0, row, 0, row.length);
            biases[k] = gate * full.biases()[open[k]];
        }
    }

    private static void gather(DenseLayer full, int unit, int[] below, float gate, float[] row) {
        int span = full.span();
        for (int c = 0; c < below.length; c++) {
            int from = unit * full.inputs() + below[c] * span;
            for (int k = 0; k < span; k++) {
                row[c * span + k] = gate * full.weights()[from + k];
            }
        }
    }

    public static int[] allOf(int count) {
        int[] all = new int[count];
        for (int i = 0; i < count; i++) {
            all[i] = i;
        }
        return all;
    }

    int units() {
        return biases.length;
    }

    /** Units below. */
    int below() {
        return below;
    }

    /** Weights per unit. */
    int inputs() {
        return below * connection.span();
    }

    /** [units, inputs]. */
    NativeMatrix weights() {
        return weights;
    }

    float bias(int unit) {
        return biases[unit];
    }

    float[] biases() {
        return biases;
    }

    /** Every unit. */
    int[] all() {
        return all;
    }

    /** Weights of all units. */
    long parameters() {
        return (long) units() * inputs();
    }

    /** How its weights meet what is below. */
    Connection connection() {
        return connection;
    }

    /** Multiply-adds per example. */
    long multiplyAdds() {
        return parameters() * connection.uses();
    }

    /** {@code output = W x} [units, columns] of some columns [inputs, columns], without biases; each in a fixed order. */
    public void multiply(Lane lane, NativeMatrix x, NativeMatrix output, int columns) {
        lane.orderedProduct().multiply(weights, x, output, units(), columns, inputs());
    }

    /** {@code output = relu(output + b)}. */
    void activate(Lane lane, NativeMatrix output) {
        lane.passes().biasAndRelu(output, 0, units(), all, biases);
    }

    /** This layer over some input, with room for as many examples as that has, in some buffers. */
    PredictionLayer over(NativeMatrix input, int room, PredictionBuffers buffers) {
        return connection instanceof Connection.Convolution convolution
                ? new PredictionLayer.Conv(this, convolution, input, buffers)
                : new PredictionLayer.Dense(this, input, buffers.take(Math.max(1, units()), room));
    }

    @Override
    public void close() {
        weights.close();
    }
}
