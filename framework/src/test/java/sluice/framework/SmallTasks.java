package sluice.framework;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import sluice.framework.layer.convolution.Convolution;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.layer.pooling.Pooling;
import sluice.framework.network.NetworkShape;
import sluice.framework.predict.internal.kernel.Padding;
import sluice.tasks.Normalisation;
import sluice.tasks.Shape;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/** Tasks of two noisy clouds each, quick to learn. */
public final class SmallTasks {
    public static final int FEATURES = 6;

    private SmallTasks() {}

    public static TaskSequence sequence(int tasks, long seed) {
        List<Task> list = new ArrayList<>();
        for (int t = 0; t < tasks; t++) {
            list.add(task("task " + t, seed + t));
        }
        return TaskSequence.of("clouds", Normalisation.NONE, list.toArray(new Task[0]));
    }

    public static Task task(String name, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] centre = random.doubles(FEATURES, -1, 1).toArray();
        return Task.of(name, rows(48, centre, random), labels(48), rows(30, centre, random), labels(30));
    }

    private static float[][] rows(int count, double[] centre, SplittableRandom random) {
        float[][] rows = new float[count][FEATURES];
        for (int i = 0; i < count; i++) {
            for (int f = 0; f < FEATURES; f++) {
                rows[i][f] = (float) ((i % 2 == 0 ? 1 : -1) * centre[f] + random.nextGaussian() * 0.3);
            }
        }
        return rows;
    }

    private static int[] labels(int count) {
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i % 2 == 0 ? 3 : 8;
        }
        return labels;
    }

    /** Convolutions for images of 2 x 3 pixels and a dense layer, of any widths up to 10. */
    public static NetworkShape convolutional(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return new NetworkShape(
                new Shape.Image(2, 3),
                ImmutableList.of(
                        new Convolution(
                                2 + random.nextInt(8),
                                2,
                                Padding.SAME,
                                1 + random.nextInt(2),
                                random.nextBoolean() ? Pooling.MAX : Pooling.AVERAGE),
                        new Convolution(2 + random.nextInt(8), 1, 1),
                        new FullyConnected(2 + random.nextInt(9))));
    }

    /** Dense layers, with batch normalisation or without. */
    public static NetworkShape dense(List<Integer> hidden, boolean normalised) {
        return normalised(NetworkShape.dense(FEATURES, hidden), normalised);
    }

    public static NetworkShape normalised(NetworkShape shape, boolean normalised) {
        return normalised ? shape.batchNormalised() : shape;
    }

    public static TaskSequence only(TaskSequence all, int from, int to) {
        return new TaskSequence(
                all.name(),
                ImmutableList.copyOf(all.tasks().subList(from, to)),
                all.scenario(),
                all.normalisation(),
                all.checksums());
    }
}
