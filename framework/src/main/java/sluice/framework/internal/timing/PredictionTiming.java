package sluice.framework.internal.timing;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import sluice.framework.gates.ConsolidatedTask;
import sluice.framework.gates.TaskState;
import sluice.framework.internal.clock.MedianTime;
import sluice.framework.layer.Layer;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.network.GatedNetwork;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;

/**
 * How fast a 784-W-W network predicts for a task with some of its units open, 10,000 random images at a time.
 *
 * @param open share of each hidden layer that the task has open, in (0, 1]
 * @param imagesPerSecond the median of repetitions, after a warm-up
 */
public record PredictionTiming(double open, double imagesPerSecond) {
    private static final int IMAGES = 10_000;

    /**
     * Measures tasks of one network, in turns.
     *
     * @param width W, units of each of the two hidden layers, at least 1
     * @param open for each task, the share of each hidden layer that it has open, in (0, 1]; no share twice
     * @param clock how long to measure each
     * @return a timing per task, in that order
     */
    public static ImmutableList<PredictionTiming> measure(int width, List<Double> open, MedianTime clock) {
        checkArgument(!open.isEmpty(), "there must be at least one share");
        SplittableRandom random = new SplittableRandom(RandomTask.SEED);
        GatedNetwork network =
                GatedNetwork.create(RandomTask.INPUTS, List.of(width, width), Normalisation.NONE, RandomTask.SEED);
        open.forEach(share -> {
            TaskState task = task(width, share, random);
            network.parts().consolidate(ConsolidatedTask.of(task), task.subnetwork());
        });
        Examples images = RandomTask.examples(IMAGES, random);
        Runnable[] predictions = open.stream()
                .map(share -> (Runnable) () -> network.logits(name(share), images))
                .toArray(Runnable[]::new);
        double[] milliseconds = clock.alternating(predictions);
        return IntStream.range(0, predictions.length)
                .mapToObj(i -> new PredictionTiming(open.get(i), IMAGES / milliseconds[i] * 1e3))
                .collect(ImmutableList.toImmutableList());
    }

    private static TaskState task(int width, double open, SplittableRandom random) {
        UnitShares shares = new UnitShares(open, 0);
        List<double[]> logits = IntStream.range(0, RandomTask.HIDDEN)
                .mapToObj(l -> shares.spread(width, RandomTask.SEED + l).logits())
                .toList();
        Layer head = FullyConnected.heUniform(RandomTask.CLASSES, width, random);
        return new TaskState(name(open), ImmutableList.of(0, 1), head, logits);
    }

    private static String name(double open) {
        return "open " + open;
    }
}
