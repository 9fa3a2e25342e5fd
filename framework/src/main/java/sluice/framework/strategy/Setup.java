package sluice.framework.strategy;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.layer.LayerShape;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.optimizer.TrainingSettings;

/**
 * What every strategy is given alike, so that they can be compared.
 *
 * @param hidden units per hidden layer, from the lowest on; at least one layer of at least 1
 * @param training how weights are learned
 * @param seed the one seed of everything random
 * @param threads threads that a step is shared out over, in [1, 256]; the bits of the result depend on it
 */
public record Setup(ImmutableList<Integer> hidden, TrainingSettings training, long seed, int threads) {
    /** Checks the ranges. */
    public Setup {
        checkArgument(!hidden.isEmpty(), "there must be at least one hidden layer");
        for (int units : hidden) {
            checkArgument(units >= 1, "a hidden layer must have at least 1 unit, got %s", units);
        }
        Lanes.checkCount(threads);
    }

    /**
     * @param otherSeed the one seed of everything random
     * @param otherThreads threads that a step is shared out over, in [1, 256]
     * @return the same with them
     */
    public Setup with(long otherSeed, int otherThreads) {
        return new Setup(hidden, training, otherSeed, otherThreads);
    }

    /** Hidden layers as given; where there are none, fully connected ones of this width. */
    ImmutableList<LayerShape> layers(ImmutableList<LayerShape> given) {
        return given.isEmpty()
                ? hidden.stream().map(FullyConnected::new).collect(ImmutableList.toImmutableList())
                : given;
    }
}
