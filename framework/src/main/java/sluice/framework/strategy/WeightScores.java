package sluice.framework.strategy;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import sluice.framework.plain.ParameterBlock;
import sluice.framework.plain.PlainNetwork;

/**
 * Learned scores v, one per weight: a task uses those of a layer's weights whose {@code |v|} are largest. The gradient passes
 * through the choice as if it were not there. Biases have no scores. One owner.
 */
final class WeightScores {
    private final PlainTraining training;
    private final PlainNetwork network;
    private final double share;
    /** The lowest layers, of whose weights a task chooses. */
    private final int layers;

    private final LargestMagnitudes[] largest;
    /** 0 where there is no choice. */
    private final float[] v;

    private int outputsOfTask;

    /**
     * Scores that are all 0.
     *
     * @param share of a layer's weights that a task uses; of the output layer, of those of its own outputs
     * @param withOutputs whether a task chooses among the weights of its outputs, too
     */
    WeightScores(PlainTraining training, double share, boolean withOutputs) {
        this.training = training;
        this.network = training.network();
        this.share = share;
        this.layers = network.blocks().size() - (withOutputs ? 0 : 1);
        this.v = new float[network.parameters().length];
        this.largest = new LargestMagnitudes[layers];
        Arrays.setAll(
                largest,
                l -> new LargestMagnitudes(network.blocks().get(l).biases()
                        - network.blocks().get(l).start()));
    }

    /** The scores themselves. */
    float[] values() {
        return v;
    }

    /** Draws them anew. */
    void draw(int task) {
        RandomGenerator random = training.random("scores of task " + task);
        for (ParameterBlock block : network.hiddenBlocks()) {
            for (int i = block.start(); i < block.biases(); i++) {
                v[i] = drawScore(block, random);
            }
        }
        ParameterBlock head = network.outputBlock();
        Arrays.fill(v, head.start(), head.end(), 0);
        outputsOfTask = training.outputs().learning(task).to()
                - training.outputs().learning(task).from();
        if (layers < network.blocks().size()) {
            return;
        }
        for (int i : training.outputParameters(task)) {
            v[i] = i < head.biases() ? drawScore(head, random) : 0;
        }
    }

    private static float drawScore(ParameterBlock block, RandomGenerator random) {
        return (2 * random.nextFloat() - 1) / (float) Math.sqrt(block.inputs());
    }

    /** Writes the weights that are chosen, and 0 for the others and for biases of these layers. */
    void choose(float[] weights, float[] into) {
        for (int l = 0; l < layers; l++) {
            ParameterBlock block = network.blocks().get(l);
            int least = Float.floatToRawIntBits(leastOf(l));
            for (int i = block.start(); i < block.biases(); i++) {
                // magnitudes are ordered as their bits are; a branch would be guessed wrongly every other time
                int below = ((Float.floatToRawIntBits(v[i]) & Integer.MAX_VALUE) - least) >> 31;
                into[i] = Float.intBitsToFloat(Float.floatToRawIntBits(weights[i]) & ~below);
            }
            Arrays.fill(into, block.biases(), block.end(), 0);
        }
    }

    /** The least magnitude of a score that a layer's mask takes. */
    private float leastOf(int layer) {
        ParameterBlock block = network.blocks().get(layer);
        int units = layer == network.blocks().size() - 1 ? outputsOfTask : block.units();
        int chosen = (int) Math.max(1, Math.round(share * block.inputs() * units));
        return largest[layer].smallestOf(chosen, v, block.start(), block.biases());
    }

    /**
     * Of the gradient at the weights that were chosen, or 0, makes that at the scores: {@code dL/d|v| = w dL/d(w m)}
     * (Ramanujan et al. 2020, section 3).
     *
     * @param gradient as parameters lie
     * @param weights as parameters lie, whether chosen or not
     * @param into overwritten; may be the gradient itself
     */
    void gradient(float[] gradient, float[] weights, float[] into) {
        int end = network.blocks().get(layers - 1).end();
        for (int i = 0; i < end; i++) {
            into[i] = gradient[i] * weights[i] * Math.copySign(1f, v[i]);
        }
        Arrays.fill(into, end, into.length, 0);
    }

    /** Writes a bit per parameter: whether it is chosen. */
    void keep(long[] mask) {
        Arrays.fill(mask, 0);
        for (int l = 0; l < layers; l++) {
            ParameterBlock block = network.blocks().get(l);
            float least = leastOf(l);
            for (int i = block.start(); i < block.biases(); i++) {
                mask[i / Long.SIZE] |= Math.abs(v[i]) >= least ? 1L << i : 0;
            }
        }
    }
}
