package sluice.framework.conditional;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import sluice.framework.internal.clock.MedianTime;
import sluice.tasks.Examples;

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
    private static final int WIDTH = 2000;
    /** Of the examples that come to an exit, those that go on, as they do on MNIST at some 26,000 multiply-adds. */
    private static final List<Double> GO_ON = List.of(0.26, 0.25, 0.1);

    /** The lower parts of efficiency-mnist, and one of its two large ones. */
    private static final ImmutableList<ExitLayer> LAYERS = ImmutableList.of(
            pooled(48, 4),
            layer(32, true),
            pooled(64, 2),
            layer(48, false),
            layer(32, true),
            pooled(192, 2),
            layer(128, false),
            layer(64, true),
            pooled(800, 1),
            layer(400, false),
            layer(200, false));

    private static ExitLayer layer(int units, boolean exit) {
        return new ExitLayer(units, 0, View.BELOW, exit);
    }

    private static ExitLayer pooled(int units, int pool) {
        return new ExitLayer(units, 0, new View(View.Sees.INPUT, pool, 0), false);
    }

    /**
     * {@return a timing per batch}
     *
     * @param batches examples at once, each in [1, 1000]
     * @param clock how long to measure each
     */
    public static ImmutableList<ExitTiming> measure(List<Integer> batches, MedianTime clock) {
        ExitModel exits = TimedNetwork.untrained(LAYERS);
        ExitModel dense = TimedNetwork.untrained(ImmutableList.of(layer(WIDTH, false)));
        Examples images = TimedNetwork.images();
        ExitRule rule = rule(exits, images);
        double mean = ExitTable.of(exits, images)
                .under(rule.thresholds().stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray())
                .multiplyAdds();
        return batches.stream()
                .map(batch -> {
                    ImmutableList<Examples> dealt = TimedNetwork.dealt(images, batch);
                    double[] milliseconds = clock.alternating(
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

    /** Thresholds at which so many go on. */
    private static ExitRule rule(ExitModel model, Examples images) {
        ExitTable table = ExitTable.of(model, images);
        int[] here = IntStream.range(0, images.size()).toArray();
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
}
