package sluice.framework.conditional;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.optimizer.Optimizer;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;
import sluice.tasks.Shape;

/** Networks of random weights, and random images of MNIST's size, to time with. */
final class TimedNetwork {
    static final int CLASSES = 10;
    static final long SEED = 1;
    private static final int SIDE = 28;
    private static final int IMAGES = 1000;

    private TimedNetwork() {}

    static ExitShape shape(ImmutableList<ExitLayer> layers) {
        return new ExitShape(new Shape.Image(SIDE, SIDE), CLASSES, layers);
    }

    static ExitModel untrained(ImmutableList<ExitLayer> layers) {
        ExitShape shape = shape(layers);
        ImmutableList.Builder<ImmutableList<float[]>> parts = ImmutableList.builder();
        for (int part = 0; part < shape.exits(); part++) {
            try (PartTraining training = new PartTraining(shape, part, 1, Optimizer.DEFAULT, new RandomStreams(SEED))) {
                parts.add(training.folded());
            }
        }
        ImmutableList<String> names =
                IntStream.range(0, CLASSES).mapToObj(Integer::toString).collect(ImmutableList.toImmutableList());
        return new ExitModel(
                shape,
                new ExitModel.Heads(parts.build(), HeadTrust.none(shape), Confidence.BY_MARGIN),
                ImmutableSortedMap.of(),
                new ExitModel.Data(Normalisation.NONE, names, ImmutableSortedMap.of()));
    }

    static Examples images() {
        SplittableRandom random = new SplittableRandom(SEED);
        float[] values = new float[IMAGES * SIDE * SIDE];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble();
        }
        return Examples.of(values, SIDE * SIDE, new int[IMAGES]);
    }

    /** In batches, what is left over left out. */
    static ImmutableList<Examples> dealt(Examples images, int batch) {
        return IntStream.range(0, images.size() / batch)
                .mapToObj(b -> images.select(
                        IntStream.range(b * batch, (b + 1) * batch).toArray(), label -> label))
                .collect(ImmutableList.toImmutableList());
    }
}
