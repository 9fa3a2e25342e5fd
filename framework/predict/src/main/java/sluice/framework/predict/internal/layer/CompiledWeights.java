package sluice.framework.predict.internal.layer;

import sluice.framework.predict.internal.kernel.FloatMatrix;
import sluice.framework.predict.internal.kernel.PredictionKernels;
import sluice.framework.predict.internal.kernel.WeightRows;

/**
 * The weights of a layer that a subnetwork uses, as small dense rows of their own; never written once built.
 *
 * @param weights [units, inputs], at least 1 x 1
 * @param biases by unit
 * @param all every unit
 * @param below units below
 * @param inputs weights per unit
 */
public record CompiledWeights(WeightRows weights, float[] biases, int[] all, int below, int inputs) {
    /**
     * A layer as it lies in a network.
     *
     * @param weights [units, inputs], row-major
     * @param inputs weights of a unit
     * @param span weights between a unit and one below
     */
    public record Whole(float[] weights, int inputs, int span) {}

    /** {@return 0, 1 and so on, so many} */
    public static int[] allOf(int count) {
        int[] all = new int[count];
        for (int i = 0; i < count; i++) {
            all[i] = i;
        }
        return all;
    }

    /**
     * {@return the rows of some units, the columns of some below}
     *
     * @param whole the layer
     * @param open the units
     * @param below units below
     * @param factors what each of these units' weights are multiplied by
     * @param biases of these units
     * @param memory where the matrix comes from
     */
    public static CompiledWeights of(
            Whole whole, int[] open, int[] below, float[] factors, float[] biases, WeightRows.Allocation memory) {
        int span = whole.span();
        int inputs = below.length * span;
        WeightRows matrix = memory.allocate(Math.max(1, open.length), Math.max(1, inputs));
        float[] row = new float[inputs];
        for (int k = 0; k < open.length; k++) {
            gather(whole, open[k], below, factors[k], row);
            matrix.put(k, 0, row, 0, row.length);
        }
        return new CompiledWeights(matrix, biases, allOf(open.length), below.length, inputs);
    }

    private static void gather(Whole whole, int unit, int[] below, float factor, float[] row) {
        float[] weights = whole.weights();
        int span = whole.span();
        int first = unit * whole.inputs();
        for (int c = 0; c < below.length; c++) {
            int from = first + below[c] * span;
            for (int w = 0; w < span; w++) {
                row[c * span + w] = factor * weights[from + w];
            }
        }
    }

    /** {@return units that are open} */
    public int units() {
        return biases.length;
    }

    /** {@code output = W x} [units, columns] of some columns [inputs, columns], without biases; each in a fixed order. */
    public void multiply(PredictionKernels kernels, FloatMatrix x, FloatMatrix output, int columns) {
        kernels.orderedProduct().multiply(weights, x, output, units(), columns, inputs);
    }

    /** {@code output = relu(output + b)}. */
    public void activate(PredictionKernels kernels, FloatMatrix output) {
        kernels.biasAndRelu().apply(output, 0, units(), all, biases);
    }
}
