package sluice.framework.internal.layer;

import sluice.framework.internal.kernel.NativeMatrix;

/**
 * A layer in the training step, as the products of its kind see it.
 *
 * @param order its units
 * @param orderBelow the units of the layer below, or the inputs
 * @param below how many these are
 * @param weights in both orders
 * @param preActivation what becomes of its products before the ReLU
 * @param learning the free blocks of the weights
 * @param input what is below
 * @param buffers what passes write to
 * @param gating how outputs meet their gates
 * @param room examples of the largest mini-batch
 * @param lanes threads at most
 */
public record StepLayer(
        OpenUnits order,
        OpenUnits orderBelow,
        int below,
        NativeMatrix weights,
        PreActivation preActivation,
        FreeWeights learning,
        Activations input,
        Buffers buffers,
        Gating gating,
        int room,
        int lanes) {
    /**
     * What passes write to. Rows are units in their order; those of one value lie side by side, examples of a value likewise.
     *
     * @param units [units, values * room], what gates multiply
     * @param gated shaped so, the output; the same matrix where gates multiply nothing
     * @param gradient shaped so, at first at the output, then before the ReLU
     * @param dBiases by position of a unit
     */
    public record Buffers(NativeMatrix units, NativeMatrix gated, NativeMatrix gradient, float[] dBiases) {}

    /** What is added before the ReLU, by unit. */
    public float[] biases() {
        return preActivation.biases();
    }

    /** Units of the layer, open or not. */
    public int units() {
        return biases().length;
    }
}
