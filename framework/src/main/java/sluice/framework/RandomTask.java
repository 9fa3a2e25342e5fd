package sluice.framework;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import sluice.framework.kernel.Lanes;
import sluice.gating.ConsolidatedSubnetworks;
import sluice.gating.Granularity;
import sluice.gating.Subnetwork;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;

/**
 * The training of a 784-W-W network with He-uniform weights and a head of two classes on random examples, with gates
 * that are given: what the cost of a step is measured on. Plain gradient descent, batches of 64; no input is 0
 * throughout.
 */
final class RandomTask implements AutoCloseable {
    static final int INPUTS = 784;
    static final int HIDDEN = 2;
    static final int CLASSES = 2;
    static final int BATCH = 64;
    static final long SEED = 1;

    private static final int EXAMPLES = 16 * BATCH;

    private final TaskTraining training;
    private int next;

    /**
     * @param width W, units of each of the two hidden layers
     * @param shares open and frozen units of each
     * @param optimizer how weights move
     * @param lanes threads
     */
    RandomTask(int width, UnitShares shares, Optimizer optimizer, Lanes lanes) {
        SplittableRandom random = new SplittableRandom(SEED);
        List<UnitShares.Layer> spread = IntStream.range(0, HIDDEN)
                .mapToObj(l -> shares.spread(width, SEED + l))
                .toList();
        List<DenseLayer> hidden =
                List.of(DenseLayer.heUniform(width, INPUTS, random), DenseLayer.heUniform(width, width, random));
        this.training = new TaskTraining(
                hidden,
                state(width, spread, random),
                consolidated(width, spread),
                examples(EXAMPLES, random),
                Normalisation.NONE,
                GateSettings.DEFAULT
                        .withEstimator(new GivenGates())
                        .withGranularity(Granularity.MINI_BATCH)
                        .withSparsity(0),
                new TrainingSettings(1, BATCH, optimizer, Double.POSITIVE_INFINITY),
                new RandomStreams(SEED),
                1,
                lanes);
        training.beginEpoch(0);
    }

    private static TaskState state(int width, List<UnitShares.Layer> spread, RandomGenerator random) {
        ImmutableList<Integer> classes = IntStream.range(0, CLASSES).boxed().collect(ImmutableList.toImmutableList());
        DenseLayer head = DenseLayer.heUniform(CLASSES, width, random);
        List<double[]> logits = spread.stream().map(UnitShares.Layer::logits).toList();
        return new TaskState("measured", classes, head, logits);
    }

    private static ConsolidatedSubnetworks consolidated(int width, List<UnitShares.Layer> spread) {
        Subnetwork earlier =
                new Subnetwork(spread.stream().map(UnitShares.Layer::used).collect(ImmutableList.toImmutableList()));
        return ConsolidatedSubnetworks.none(List.of(width, width)).with("earlier", earlier);
    }

    /** Examples with features in [-1, 1) and labels 0 and 1. */
    static Examples examples(int count, RandomGenerator random) {
        float[] values = new float[count * INPUTS];
        for (int i = 0; i < values.length; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        int[] labels = random.ints(count, 0, CLASSES).toArray();
        return Examples.of(values, INPUTS, labels);
    }

    /**
     * One training step, on the next batch.
     *
     * @return its loss
     */
    double step() {
        double loss = training.step(next);
        next = (next + 1) % training.plan().perEpoch();
        if (!Double.isFinite(loss)) {
            throw new IllegalStateException("a step cut short by a loss of " + loss + " is none to measure");
        }
        return loss;
    }

    long steps() {
        return training.steps();
    }

    /** What all layers together did and a dense network would have done, in all steps so far. */
    LayerAccount account() {
        MultiplyAdds done = MultiplyAdds.NONE;
        MultiplyAdds dense = MultiplyAdds.NONE;
        for (LayerAccount layer : training.account()) {
            done = done.plus(layer.done());
            dense = dense.plus(layer.dense());
        }
        return new LayerAccount("all", done, dense);
    }

    @Override
    public void close() {
        training.close();
    }
}
