package sluice.framework.conditional;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.internal.timing.MedianTime;
import sluice.framework.optimizer.Optimizer;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;
import sluice.tasks.Shape;

/**
 * How fast a network with exits answers, against a dense one of one wide layer, both with random weights, on random images.
 *
 * @param batch examples that are asked for at once
 * @param milliseconds for a batch, the median of repetitions, after a warm-up
 * @param denseMilliseconds the same of the dense network
 * @param multiplyAdds per example, mean
 * @param denseMultiplyAdds the same of the dense network
 */
public record ExitTiming(
        int batch, double milliseconds, double denseMilliseconds, double multiplyAdds, long denseMultiplyAdds) {
    private static final int FEATURES = 784;
    private static final int CLASSES = 10;
    private static final int IMAGES = 1000;
    private static final int WIDTH = 2000;
    private static final long SEED = 1;
    /** Of the examples that come to an exit, those that go on, as they do on MNIST at some 26,000 multiply-adds. */
    private static final List<Double> GO_ON = List.of(0.17, 0.4, 0.1);

    private static final ImmutableList<ExitLayer> LAYERS = ImmutableList.of(
            layer(13, false, false),
            layer(32, false, false),
            layer(24, false, true),
            layer(27, true, false),
            layer(48, false, false),
            layer(32, false, true),
            layer(112, true, false),
            layer(80, false, false),
            layer(64, false, true),
            layer(360, true, false),
            layer(192, false, false),
            layer(128, false, false));

    private static ExitLayer layer(int units, boolean seesInput, boolean exit) {
        return new ExitLayer(units, 0, seesInput ? View.INPUT : View.BELOW, exit);
    }

    /**
     * {@return a timing per batch}
     *
     * @param batches examples at once, each in [1, 1000]
     */
    public static ImmutableList<ExitTiming> measure(List<Integer> batches) {
        ExitModel exits = untrained(new ExitShape(new Shape.Vector(FEATURES), CLASSES, LAYERS));
        ExitModel dense = untrained(
                new ExitShape(new Shape.Vector(FEATURES), CLASSES, ImmutableList.of(layer(WIDTH, false, false))));
        Examples images = images();
        ExitRule rule = rule(exits, images);
        double mean = ExitTable.of(exits, images)
                .under(rule.thresholds().stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray())
                .multiplyAdds();
        return batches.stream()
                .map(batch -> {
                    ImmutableList<Examples> dealt = dealt(images, batch);
                    double[] milliseconds = MedianTime.alternating(
                            () -> dealt.forEach(part -> exits.answer(part, rule)),
                            () -> dealt.forEach(part -> dense.answer(part, dense.noRule())));
                    return new ExitTiming(
                            batch,
                            milliseconds[0] / dealt.size(),
                            milliseconds[1] / dealt.size(),
                            mean,
                            dense.shape().multiplyAdds(0));
                })
                .collect(ImmutableList.toImmutableList());
    }

    private static ExitModel untrained(ExitShape shape) {
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
                new ExitModel.Heads(parts.build(), HeadTrust.none(shape)),
                ImmutableSortedMap.of(),
                new ExitModel.Data(Normalisation.NONE, names, ImmutableSortedMap.of()));
    }

    private static Examples images() {
        SplittableRandom random = new SplittableRandom(SEED);
        float[] values = new float[IMAGES * FEATURES];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble();
        }
        return Examples.of(values, FEATURES, new int[IMAGES]);
    }

    /** Thresholds at which so many go on. */
    private static ExitRule rule(ExitModel model, Examples images) {
        ExitTable table = ExitTable.of(model, images);
        int[] here = IntStream.range(0, IMAGES).toArray();
        ImmutableList.Builder<Double> thresholds = ImmutableList.builder();
        for (int exit = 0; exit < GO_ON.size(); exit++) {
            float[] margins = table.margins()[exit];
            double[] sorted =
                    IntStream.of(here).mapToDouble(i -> margins[i]).sorted().toArray();
            double threshold = sorted[(int) (GO_ON.get(exit) * sorted.length)];
            thresholds.add(threshold);
            here = Arrays.stream(here).filter(i -> margins[i] < threshold).toArray();
        }
        return new ExitRule(thresholds.build());
    }

    private static ImmutableList<Examples> dealt(Examples images, int batch) {
        return IntStream.range(0, IMAGES / batch)
                .mapToObj(b -> images.select(
                        IntStream.range(b * batch, (b + 1) * batch).toArray(), label -> label))
                .collect(ImmutableList.toImmutableList());
    }
}
