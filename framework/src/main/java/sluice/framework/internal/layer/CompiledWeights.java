package sluice.framework.internal.layer;

import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;

/**
 * The weights of a layer that a subnetwork uses, as a small matrix of their own; never written once built.
 *
 * @param weights [units, inputs], at least 1 x 1
 * @param biases by unit
 * @param all every unit
 * @param below units below
 * @param inputs weights per unit
 */
public record CompiledWeights(NativeMatrix weights, float[] biases, int[] all, int below, int inputs) {
    /** Units that are open. */
    public int units() {
        return biases.length;
    }

    /** {@code output = W x} [units, columns] of some columns [inputs, columns], without biases; each in a fixed order. */
    public void multiply(Lane lane, NativeMatrix x, NativeMatrix output, int columns) {
        lane.orderedProduct().multiply(weights, x, output, units(), columns, inputs);
    }

    /** {@code output = relu(output + b)}. */
    public void activate(Lane lane, NativeMatrix output) {
        lane.passes().biasAndRelu(output, 0, units(), all, biases);
    }
}
