package sluice.framework.conditional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.framework.SmallTasks;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.result.TrainingListener;
import sluice.gating.Estimators;
import sluice.gating.GradientEstimator;
import sluice.gating.HardConcrete;
import sluice.gating.Progress;
import sluice.gating.Schedule;
import sluice.gating.StraightThrough;
import sluice.tasks.Examples;
import sluice.tasks.Shape;
import sluice.tasks.TaskSequence;

/** Networks with gaters: what is skipped, what it costs, what is kept. */
class GatedNetworkTest {
    private static final TaskSequence CLOUDS = SmallTasks.sequence(1, 9);
    private static final Examples TEST = CLOUDS.tasks().get(0).test();

    @TempDir
    private Path folder;

    private static ExitLayer gated(
            int units, int blocks, double open, GradientEstimator estimator, GaterTarget target) {
        Gater gater = new Gater(
                ImmutableList.of(4), blocks, open, Gater.Experts.RELU, new GaterLearning(estimator, target, 1));
        return new ExitLayer(units, 0, View.BELOW, Optional.of(gater), false);
    }

    private static ExitLayer gated(int units, int blocks, double open) {
        return gated(units, blocks, open, StraightThrough.OPEN_ONLY, new GaterTarget.KullbackLeibler(0.1));
    }

    private static ExitResult train(Optimizer optimizer, ExitLayer... layers) {
        TrainingSettings settings = new TrainingSettings(15, 8, optimizer, Double.POSITIVE_INFINITY);
        return new ExitTrainer(ImmutableList.copyOf(layers), 0, 0.25, ExitTrainer.NO_BUDGET, settings)
                .train(CLOUDS, 3, TrainingListener.SILENT);
    }

    @Test
    void costsAreThoseOfAHandCountOfWhatIsOpen() {
        ExitModel model = train(Optimizer.adam(0.01), gated(12, 4, 0.5), gated(10, 5, 0.4))
                .model();
        long features = model.shape().features();
        long classes = model.shape().classes();
        long gaters = (features * 4 + 4 * 4) + (features * 4 + 4 * 5);
        long[] spent = model.answer(TEST, model.noRule()).multiplyAdds();
        try (ExitPass pass = model.pass(TEST.size())) {
            pass.run(TEST, new ExitPass.Heads() {
                @Override
                public void computed(int example, int part, CompiledPart compiled, int row) {
                    long first = 3L * open(compiled, 0, 4, row);
                    long second = 2L * open(compiled, 1, 5, row);
                    assertThat(spent[example]).isEqualTo(gaters + features * first + first * second + second * classes);
                }

                @Override
                public boolean answered(int example, int part, float[] logits, long multiplyAdds) {
                    return false;
                }
            });
        }
        assertThat(Arrays.stream(spent).distinct().count()).isGreaterThan(1);
    }

    private static long open(CompiledPart part, int layer, int blocks, int row) {
        long open = 0;
        for (int b = 0; b < blocks; b++) {
            open += part.layers().get(layer).isOpen(row, b) ? 1 : 0;
        }
        return open;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "st-open",
                "st-sigmoid",
                "st-identity",
                "unbiased",
                "centred",
                "leave-one-out",
                "arm",
                "disarm",
                "rebar",
                "relax",
                "muprop",
                "reinmax",
                "minimum-variance",
                "sts",
                "noisy-rectifier",
                "concrete",
                "st-concrete",
                "hard-concrete",
                "gaussian"
            })
    void everyEstimatorTrainsAGaterAndTheSameSeedGivesTheSameBits(String name) {
        GradientEstimator estimator = Estimators.BY_NAME.get(name).estimator();
        ExitLayer layer = gated(12, 4, 0.5, estimator, new GaterTarget.Budget());
        ExitResult one = train(Optimizer.adam(0.02), layer);
        ExitResult two = train(Optimizer.adam(0.02), layer);

        assertThat(one.model().parameters().get(0).get(0))
                .containsExactly(two.model().parameters().get(0).get(0));
        assertThat(one.curve().alone().get(0)).isGreaterThan(0.6);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void everyTargetKeepsNearTheShare(int index) {
        GaterTarget target = ImmutableList.of(
                        new GaterTarget.Budget(),
                        new GaterTarget.KullbackLeibler(1),
                        new GaterTarget.L1(0.1),
                        new GaterTarget.BatchShaping(1, 1))
                .get(index);
        GradientEstimator estimator =
                index == 2 ? Estimators.BY_NAME.get("noisy-rectifier").estimator() : StraightThrough.OPEN_ONLY;
        GateUse use = train(Optimizer.adam(0.01), gated(40, 20, 0.25, estimator, target))
                .gates()
                .get(0);

        assertThat(use.open()).isCloseTo(0.25, within(0.1));
        assertThat(use.information()).isBetween(0.0, use.ofClass());
    }

    @Test
    void aSavedModelAnswersAsItDid() throws java.io.IOException {
        ExitLayer below = new ExitLayer(6, 0.1, View.BELOW, true);
        ExitLayer above = new ExitLayer(
                12,
                0.1,
                View.INPUT,
                Optional.of(new Gater(
                        ImmutableList.of(3, 2),
                        4,
                        0.5,
                        Gater.Experts.LINEAR,
                        new GaterLearning(Estimators.BY_NAME.get("sts").estimator(), new GaterTarget.Budget(), 0.5))),
                false);
        ExitModel model = train(Optimizer.adam(0.01), below, above).model();
        Path file = folder.resolve("model.sluice");
        model.save(file);
        ExitModel loaded = ExitModel.load(file);
        loaded.save(folder.resolve("again.sluice"));

        assertThat(loaded.answer(TEST, loaded.noRule()).probabilities())
                .containsExactly(model.answer(TEST, model.noRule()).probabilities());
        assertThat(loaded.answer(TEST, loaded.noRule()).multiplyAdds())
                .containsExactly(model.answer(TEST, model.noRule()).multiplyAdds());
        assertThat(folder.resolve("again.sluice")).hasSameBinaryContentAs(file);
        assertThat(Files.size(file)).isPositive();
    }

    /** Adam would move even what has no gradient, by its moments. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void blocksThatNoExampleOpensKeepEveryBit(boolean linear) {
        int rows = 5;
        Optimizer optimizer = linear ? Optimizer.sgd(0.1) : Optimizer.adam(0.1);
        ExitShape shape = new ExitShape(new Shape.Vector(3), 2, ImmutableList.of(gated(6, 3, 0.5)));
        NativeMatrix values = NativeMatrix.allocate(rows, 3);
        SplittableRandom random = new SplittableRandom(4);
        for (int r = 0; r < rows; r++) {
            values.put(r, 0, new float[] {(float) random.nextGaussian(), 1, -1}, 0, 3);
        }
        Units inputs = new Units(values, null, BlockRows.whole(3, rows));
        try (PartTraining part = new PartTraining(shape, 0, rows, optimizer, new RandomStreams(1))) {
            GatedLayer layer = (GatedLayer) part.layers().get(0);
            float[] biases = layer.gater().last().biases();
            Lane lane = new Lane();
            biases[0] = 20;
            biases[1] = 20;
            biases[2] = 20;
            step(part, lane, inputs, rows);
            float[] before = layer.experts().parameters();
            biases[1] = -200;
            step(part, lane, inputs, rows);
            float[] after = layer.experts().parameters();

            assertThat(Arrays.copyOfRange(after, 6, 12)).containsExactly(Arrays.copyOfRange(before, 6, 12));
            assertThat(Arrays.copyOfRange(after, 0, 6)).isNotEqualTo(Arrays.copyOfRange(before, 0, 6));
            assertThat(after[18 + 2]).isEqualTo(before[18 + 2]);
        }
        values.close();
    }

    private static void step(PartTraining part, Lane lane, Units inputs, int rows) {
        part.gradient(lane, inputs, new int[] {0, 1, 0, 1, 1}, Progress.START, rows);
        part.move(lane, 1, 1);
    }

    @Test
    void pooledImagesAreMeansOfSquaresAndWhatFillsNoneIsLeftOut() {
        Pooling pooling = new Pooling(new Shape.Channels(2, 3, 5), 2);
        float[] image = new float[30];
        for (int i = 0; i < image.length; i++) {
            image[i] = i;
        }
        float[] means = new float[pooling.features()];
        pooling.apply(image, means);

        assertThat(means).containsExactly(3, 5, 18, 20);
        assertThat(pooling.multiplyAdds()).isEqualTo(30);
        assertThat(new Pooling(new Shape.Vector(7), 1).features()).isEqualTo(7);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Pooling(new Shape.Vector(7), 2))
                .withMessageContaining("examples are no images");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Pooling(new Shape.Image(3, 9), 4))
                .withMessageContaining("squares of 4 pixels do not fit in images of 3 x 9");
    }

    @Test
    void hardConcreteGatesAreStretchedAlikeWhereAModelIsLoaded() {
        GradientEstimator stretched = new HardConcrete(new Schedule.Constant(0.7), -0.5, 1.5);
        ExitModel model = train(Optimizer.adam(0.02), gated(12, 4, 0.5, stretched, new GaterTarget.Budget()))
                .model();
        Path file = folder.resolve("stretched.sluice");
        model.save(file);

        assertThat(ExitModel.load(file).answer(TEST, model.noRule()).probabilities())
                .containsExactly(model.answer(TEST, model.noRule()).probabilities());
    }

    /** Straight-through gradients of closed gates need all blocks; two-sample ones a second pass. */
    @Test
    void trainingIsAccountedForByWhatTheEstimatorComputes() {
        long gater = 10 * 4 + 4 * 4;
        long all = 10 * 8;
        TrainingWork open = work("st-open");
        TrainingWork closed = work("st-sigmoid");
        TrainingWork twice = work("disarm");
        TrainingWork relaxed = work("concrete");

        assertThat(open).isEqualTo(new TrainingWork(gater + all / 2, gater + all / 2));
        assertThat(closed).isEqualTo(new TrainingWork(gater + all, gater + all));
        assertThat(relaxed).isEqualTo(closed);
        assertThat(twice).isEqualTo(new TrainingWork(gater + all, gater + all / 2));
    }

    private static TrainingWork work(String estimator) {
        ExitLayer layer = gated(8, 4, 0.5, Estimators.BY_NAME.get(estimator).estimator(), new GaterTarget.Budget());
        return TrainingWork.of(new ExitShape(new Shape.Vector(10), 2, ImmutableList.of(layer)), 0)
                .get(0);
    }

    @Test
    void batchShapingOfGatesThatAreAllOpenIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> gated(8, 4, 1, StraightThrough.OPEN_ONLY, new GaterTarget.BatchShaping(1, 1)))
                .withMessageContaining("open must be below 1 with target batch-shaping");
    }

    /** Relaxed gates of other probes are in no statistic. */
    @Test
    void passesThatDoNotCountLeaveRunningStatisticsAlone() {
        int rows = 3;
        NativeMatrix values = NativeMatrix.allocate(rows, 2);
        for (int r = 0; r < rows; r++) {
            values.put(r, 0, new float[] {r, 1 - r * r}, 0, 2);
        }
        Units inputs = new Units(values, null, BlockRows.whole(2, rows));
        SplittableRandom random = new SplittableRandom(1);
        try (NormalisedLayer layer =
                new NormalisedLayer(2, false, new ExitLayer(4, 0, View.BELOW, false), rows, 0, random)) {
            float[] before = layer.folded().get(0);
            layer.forward(new Lane(), inputs, rows, random, false);
            assertThat(layer.folded().get(0)).containsExactly(before);
            layer.forward(new Lane(), inputs, rows, random, true);
            assertThat(layer.folded().get(0)).isNotEqualTo(before);
        }
        values.close();
    }

    @Test
    void networksWithNormalisedUnitsAboveGatedOnesTrainByEstimatorsOfSeveralProbes() {
        ExitLayer layer = gated(12, 4, 0.5, Estimators.BY_NAME.get("muprop").estimator(), new GaterTarget.Budget());
        ExitResult result = train(Optimizer.adam(0.02), layer, new ExitLayer(8, 0, View.BELOW, false));

        assertThat(result.curve().alone().get(0)).isGreaterThan(0.6);
    }

    @Test
    void whatAGaterTakesAndSavesIsToldOfEach() {
        ExitShape shape = new ExitShape(new Shape.Vector(10), 2, ImmutableList.of(gated(8, 4, 0.5)));

        assertThat(shape.gaterSavings()).containsExactly(new ExitShape.GaterSaving(0, 10 * 4 + 4 * 4, 4 * (10 + 2)));
        assertThat(shape.multiplyAdds(0)).isEqualTo(56 + 10 * 4 + 4 * 2);
    }
}
