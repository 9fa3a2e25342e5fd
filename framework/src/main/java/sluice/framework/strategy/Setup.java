package sluice.framework.strategy;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.List;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.layer.LayerShape;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.optimizer.TrainingSettings;

/**
 * What every strategy is given alike, so that they can be compared.
 *
 * @param layers hidden layers, from the lowest on, at least one
 * @param training how weights are learned
 * @param seed the one seed of everything random
 * @param threads threads that a step is shared out over, in [1, 256]; the bits of the result depend on it
 */
public record Setup(ImmutableList<LayerShape> layers, TrainingSettings training, long seed, int threads) {
    /** Checks the ranges. */
    public Setup {
        checkArgument(!layers.isEmpty(), "there must be at least one hidden layer");
        Lanes.checkCount(threads);
    }

    /**
     * Fully connected layers.
     *
     * @param hidden units per hidden layer, from the lowest on; at least one layer of at least 1
     * @param training how weights are learned
     * @param seed the one seed of everything random
     * @param threads threads that a step is shared out over, in [1, 256]
     * @return a setup of them
     */
    public static Setup dense(List<Integer> hidden, TrainingSettings training, long seed, int threads) {
        return new Setup(
                hidden.stream().map(FullyConnected::new).collect(ImmutableList.toImmutableList()),
                training,
                seed,
                threads);
    }

    /** {@return units per hidden layer, from the lowest on: neurons or maps} */
    public ImmutableList<Integer> hidden() {
        return layers.stream().map(LayerShape::units).collect(ImmutableList.toImmutableList());
    }

    /** {@return whether {@link #hidden} says all of the layers, as they are plain fully connected ones} */
    public boolean isDense() {
        return layers.equals(dense(hidden(), training, seed, threads).layers);
    }

    /**
     * {@return the same with them}
     *
     * @param otherSeed the one seed of everything random
     * @param otherThreads threads that a step is shared out over, in [1, 256]
     */
    public Setup with(long otherSeed, int otherThreads) {
        return new Setup(layers, training, otherSeed, otherThreads);
    }
}
