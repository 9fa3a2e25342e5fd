package sluice.framework.strategy;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.stream.IntStream;
import sluice.framework.plain.ParameterBlock;
import sluice.framework.plain.PlainNetwork;

/**
 * What tasks with masks over weights take of a network, after Kang et al. (2022): the weights that any task uses, and the
 * masks that tell them apart, a bit of a mask as a 32nd of a weight. Here biases count as weights do; weights of a task's
 * own outputs count, and need no mask, as everybody knows whose they are; and bits are counted as they are kept, while
 * the authors count what is left of them after compression.
 *
 * @param parameters weights and biases of the network, at least 1
 * @param used those that any task uses, in [0, parameters]
 * @param maskBits bits of all masks, at least 0
 */
public record WeightCapacity(long parameters, long used, long maskBits) {
    /** Checks the ranges. */
    public WeightCapacity {
        checkArgument(parameters >= 1, "parameters must be at least 1, got %s", parameters);
        checkArgument(used >= 0 && used <= parameters, "used must be in [0, %s], got %s", parameters, used);
        checkArgument(maskBits >= 0, "maskBits must be at least 0, got %s", maskBits);
    }

    /**
     * Of a bit per task for each hidden weight.
     *
     * @param masks per task, a bit per parameter
     * @param tasks how many of the tasks count
     */
    static WeightCapacity of(PlainNetwork network, long[][] masks, int tasks) {
        long used = IntStream.range(0, masks[0].length)
                .mapToLong(word -> {
                    long any = 0;
                    for (int task = 0; task < tasks; task++) {
                        any |= masks[task][word];
                    }
                    return Long.bitCount(any);
                })
                .sum();
        return new WeightCapacity(network.parameters().length, used, tasks * hiddenWeights(network));
    }

    /** Those that tasks share out among them. */
    static long hiddenWeights(PlainNetwork network) {
        return network.hiddenBlocks().stream()
                .mapToLong(WeightCapacity::weights)
                .sum();
    }

    private static long weights(ParameterBlock block) {
        return (long) block.biases() - block.start();
    }

    /** {@return all of it as a share of the network, at least 0; above 1 where masks take more than is left} */
    public double share() {
        return (used + (double) maskBits / Float.SIZE) / parameters;
    }
}
