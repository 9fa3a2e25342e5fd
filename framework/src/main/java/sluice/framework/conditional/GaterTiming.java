package sluice.framework.conditional;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.SplittableRandom;
import sluice.framework.internal.clock.MedianTime;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.optimizer.Optimizer;
import sluice.gating.Progress;
import sluice.gating.StraightThrough;
import sluice.tasks.Examples;

/**
 * How fast a gated layer is, 784-2000-10 with a tenth of 50 blocks open for an example by a gater of 32 units, against the same
 * layer in one block that is always open: random weights, random images.
 *
 * @param stepMilliseconds of a training step with a batch of 64, gater included, by the given optimiser; medians of repetitions,
 *     alternated
 * @param ungatedStepMilliseconds the same of the ungated layer
 * @param images that one thread answers one by one in a second
 * @param ungatedImages the same of the ungated layer
 */
public record GaterTiming(
        double stepMilliseconds, double ungatedStepMilliseconds, double images, double ungatedImages) {
    private static final int UNITS = 2000;
    private static final int BLOCKS = 50;
    private static final int HIDDEN = 32;
    private static final double OPEN = 0.1;
    private static final int BATCH = 64;
    private static final double SECOND = 1e3;

    private static final ExitLayer GATED = layer(ImmutableList.of(HIDDEN), BLOCKS, OPEN);
    private static final ExitLayer UNGATED = layer(ImmutableList.of(), 1, 1);

    private static ExitLayer layer(ImmutableList<Integer> hidden, int blocks, double open) {
        GaterLearning learning = new GaterLearning(StraightThrough.OPEN_ONLY, new GaterTarget.Budget(), 1);
        Gater gater = new Gater(hidden, blocks, open, Gater.Experts.RELU, learning);
        return new ExitLayer(UNITS, 0, View.BELOW, Optional.of(gater), false);
    }

    /**
     * {@return the timing}
     *
     * @param optimizer of the step
     * @param clock how long to measure each
     */
    public static GaterTiming measure(Optimizer optimizer, MedianTime clock) {
        try (Step gated = new Step(GATED, optimizer);
                Step ungated = new Step(UNGATED, optimizer)) {
            double[] steps = clock.alternating(gated, ungated);
            ImmutableList<Examples> one = TimedNetwork.dealt(TimedNetwork.images(), 1);
            ExitModel few = answering(GATED);
            ExitModel all = answering(UNGATED);
            double[] answers = clock.alternating(
                    () -> one.forEach(image -> few.answer(image, few.noRule())),
                    () -> one.forEach(image -> all.answer(image, all.noRule())));
            return new GaterTiming(
                    steps[0], steps[1], SECOND * one.size() / answers[0], SECOND * one.size() / answers[1]);
        }
    }

    /** With the threshold that opens the asked share. */
    private static ExitModel answering(ExitLayer layer) {
        ExitModel model = TimedNetwork.untrained(ImmutableList.of(layer));
        ImmutableList<float[]> parameters = model.parameters().get(0);
        // before the head; nothing is compiled of it before it is chosen
        parameters.get(parameters.size() - 2)[0] =
                GaterThreshold.choose(TimedNetwork.untrained(ImmutableList.of(layer)), 0, 0, TimedNetwork.images());
        return model;
    }

    /** A step on the same batch again and again. */
    private static final class Step implements Runnable, AutoCloseable {
        private final PartTraining part;
        private final Units inputs;
        private final int[] labels = new int[BATCH];
        private final Lane lane = new Lane();
        private long steps;

        Step(ExitLayer layer, Optimizer optimizer) {
            ExitShape shape = TimedNetwork.shape(ImmutableList.of(layer));
            SplittableRandom random = new SplittableRandom(TimedNetwork.SEED);
            NativeMatrix values = NativeMatrix.allocate(BATCH, shape.features());
            float[] row = new float[shape.features()];
            for (int r = 0; r < BATCH; r++) {
                for (int i = 0; i < row.length; i++) {
                    row[i] = (float) random.nextDouble();
                }
                values.put(r, 0, row, 0, row.length);
                labels[r] = random.nextInt(TimedNetwork.CLASSES);
            }
            this.part = new PartTraining(shape, 0, BATCH, optimizer, new RandomStreams(TimedNetwork.SEED));
            this.inputs = new Units(values, null, BlockRows.whole(row.length, BATCH));
        }

        @Override
        public void run() {
            part.gradient(lane, inputs, labels, Progress.START, BATCH);
            part.move(lane, ++steps, 1);
        }

        @Override
        public void close() {
            part.close();
            inputs.values().close();
        }
    }
}
