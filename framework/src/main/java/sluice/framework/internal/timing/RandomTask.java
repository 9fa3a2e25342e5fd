package sluice.framework.internal.timing;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import sluice.framework.account.LayerAccount;
import sluice.framework.account.MultiplyAdds;
import sluice.framework.gates.GateSettings;
import sluice.framework.gates.TaskState;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.internal.random.TaskStreams;
import sluice.framework.internal.step.TaskExamples;
import sluice.framework.internal.step.TaskInNetwork;
import sluice.framework.internal.step.TaskTraining;
import sluice.framework.layer.Layer;
import sluice.framework.network.NetworkShape;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingSettings;
import sluice.gating.ConsolidatedSubnetworks;
import sluice.gating.Granularity;
import sluice.gating.Subnetwork;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;

/**
 * The training of a network with He-uniform weights and a head of two classes on 784 random inputs per example, with gates
 * that are given: what the cost of a step is measured on. Batches of 64; no input is 0 throughout.
 */
public final class RandomTask implements AutoCloseable {
    static final int INPUTS = 784;
    static final int HIDDEN = 2;
    static final int CLASSES = 2;
    static final int BATCH = 64;
    static final long SEED = 1;

    private static final int MINI_BATCHES = 16;

    private final TaskTraining training;
    private int next;

    /**
     * A 784-W-W network.
     *
     * @param width W, units of each of the two hidden layers
     * @param shares open and frozen units of each
     * @param optimizer how weights move
     * @param lanes threads
     */
    public RandomTask(int width, UnitShares shares, Optimizer optimizer, Lanes lanes) {
        this(NetworkShape.dense(INPUTS, List.of(width, width)), shares, optimizer, lanes);
    }

    /**
     * @param shape a network of 784 inputs
     * @param shares open and frozen units of each hidden layer
     * @param optimizer how weights move
     * @param lanes threads
     */
    public RandomTask(NetworkShape shape, UnitShares shares, Optimizer optimizer, Lanes lanes) {
        this(shape, shares, optimizer, lanes, BATCH, 1);
    }

    /**
     * @param shape a network of 784 inputs
     * @param shares open and frozen units of each hidden layer
     * @param optimizer how weights move
     * @param lanes threads
     * @param batch examples of a mini-batch, at least 1
     * @param earlier tasks that have frozen those units, at least 1
     */
    RandomTask(NetworkShape shape, UnitShares shares, Optimizer optimizer, Lanes lanes, int batch, int earlier) {
        SplittableRandom random = new SplittableRandom(SEED);
        List<UnitShares.Layer> spread = IntStream.range(0, shape.layers().size())
                .mapToObj(l -> shares.spread(shape.layers().get(l).units(), SEED + l))
                .toList();
        this.training = new TaskTraining(
                new TaskInNetwork(
                        shape.heUniform(new RandomStreams(SEED)),
                        state(shape, spread, random),
                        consolidated(spread, earlier)),
                new TaskExamples(examples(MINI_BATCHES * batch, random), Normalisation.NONE),
                GateSettings.DEFAULT
                        .withEstimator(new GivenGates())
                        .withGranularity(Granularity.MINI_BATCH)
                        .withSparsity(0),
                new TrainingSettings(1, batch, optimizer, Double.POSITIVE_INFINITY),
                new TaskStreams(new RandomStreams(SEED), 1),
                lanes);
        training.beginEpoch(0);
    }

    private static TaskState state(NetworkShape shape, List<UnitShares.Layer> spread, RandomGenerator random) {
        ImmutableList<Integer> classes = IntStream.range(0, CLASSES).boxed().collect(ImmutableList.toImmutableList());
        Layer head = Layer.heUniform(CLASSES, shape.below(shape.layers().size()), shape.head(), random);
        List<double[]> logits = spread.stream().map(UnitShares.Layer::logits).toList();
        return new TaskState("measured", classes, head, logits);
    }

    /** All of them use the same units. */
    private static ConsolidatedSubnetworks consolidated(List<UnitShares.Layer> spread, int earlier) {
        Subnetwork used =
                new Subnetwork(spread.stream().map(UnitShares.Layer::used).collect(ImmutableList.toImmutableList()));
        List<Integer> widths =
                spread.stream().map(layer -> layer.open().universe()).toList();
        ConsolidatedSubnetworks consolidated = ConsolidatedSubnetworks.none(widths);
        for (int task = 1; task <= earlier; task++) {
            consolidated = consolidated.with("earlier " + task, used);
        }
        return consolidated;
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
    public double step() {
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
    public LayerAccount account() {
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
