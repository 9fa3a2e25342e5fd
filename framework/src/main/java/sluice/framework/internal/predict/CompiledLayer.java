package sluice.framework.internal.predict;

import java.util.function.IntToDoubleFunction;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.layer.Connection;
import sluice.framework.layer.Layer;
import sluice.framework.layer.TaskParameters;
import sluice.framework.layer.UnitNormalisation;
import sluice.framework.predict.internal.kernel.FloatMatrix;
import sluice.framework.predict.internal.kernel.WeightRows;
import sluice.framework.predict.internal.layer.CompiledWeights;
import sluice.framework.predict.internal.layer.PredictionBuffers;
import sluice.framework.predict.internal.layer.StackedLayer;

/** The part of a layer that a subnetwork uses, as a small dense matrix of its own; never written once built. */
public final class CompiledLayer implements AutoCloseable {
    private final Connection connection;
    private final CompiledWeights weights;
    private final StackedLayer stacked;

    private CompiledLayer(CompiledWeights weights, Connection connection) {
        this.connection = connection;
        this.weights = weights;
        this.stacked = new StackedLayer(weights, connection);
    }

    /** The rows of the open units, the columns of those open below. */
    public static CompiledLayer of(Layer full, int[] open, int[] below) {
        return of(full, open, below, unit -> 1, TaskParameters.NONE, NativeMatrix::allocate);
    }

    /**
     * The same with gates that are not 1: ReLU passes a factor above 0 on, so that they can scale the weights. So can what
     * normalises products.
     *
     * @param own what the task has of the open units for itself
     * @param memory where the weights come from
     */
    static CompiledLayer of(
            Layer full,
            int[] open,
            int[] below,
            IntToDoubleFunction gates,
            TaskParameters own,
            WeightRows.Allocation memory) {
        Connection connection = full.connection();
        float[] factors = new float[open.length];
        float[] biases = new float[open.length];
        UnitNormalisation normalisation = connection.normalisation();
        for (int k = 0; k < open.length; k++) {
            float gate = (float) gates.applyAsDouble(open[k]);
            factors[k] = gate * normalisation.factor(own, k);
            biases[k] = gate * normalisation.bias(own, k, full.biases()[open[k]]);
        }
        CompiledWeights.Whole whole = new CompiledWeights.Whole(full.weights(), full.inputs(), full.span());
        return new CompiledLayer(CompiledWeights.of(whole, open, below, factors, biases, memory), connection);
    }

    public static int[] allOf(int count) {
        return CompiledWeights.allOf(count);
    }

    /** The same for what predicts batches. */
    StackedLayer stacked() {
        return stacked;
    }

    int units() {
        return weights.units();
    }

    float bias(int unit) {
        return weights.biases()[unit];
    }

    /** What its weights take. */
    long bytes() {
        return Float.BYTES * stacked.parameters();
    }

    /** How its weights meet what is below. */
    Connection connection() {
        return connection;
    }

    /** Multiply-adds per example. */
    long multiplyAdds() {
        return stacked.multiplyAdds();
    }

    /** {@code output = W x} [units, columns] of some columns [inputs, columns], without biases; each in a fixed order. */
    public void multiply(Lane lane, NativeMatrix x, NativeMatrix output, int columns) {
        weights.multiply(lane.prediction(), x, output, columns);
    }

    /**
     * Some of its units over some of those below, as a matrix in some buffers.
     *
     * @param units positions among the open units, ascending
     * @param below positions among those open below, ascending
     * @param row room for a row of weights
     */
    CompiledWeights some(int[] units, int[] below, PredictionBuffers buffers, float[] row) {
        int span = connection.weightsPerUnitBelow();
        FloatMatrix matrix = buffers.take(Math.max(1, units.length), Math.max(1, below.length * span));
        float[] biases = new float[units.length];
        for (int k = 0; k < units.length; k++) {
            for (int c = 0; c < below.length; ) {
                // neighbours at once
                int end = c + 1;
                while (end < below.length && below[end] == below[end - 1] + 1) {
                    end++;
                }
                weights.weights().get(units[k], below[c] * span, row, c * span, (end - c) * span);
                c = end;
            }
            matrix.put(k, 0, row, 0, below.length * span);
            biases[k] = bias(units[k]);
        }
        return new CompiledWeights(matrix, biases, allOf(units.length), below.length, below.length * span);
    }

    /** Units below that it was compiled over. */
    int below() {
        return weights.below();
    }

    /** Weights of a unit. */
    int inputs() {
        return weights.inputs();
    }

    @Override
    public void close() {
        weights.weights().close();
    }
}
