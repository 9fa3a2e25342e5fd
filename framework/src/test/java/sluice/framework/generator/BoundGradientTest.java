package sluice.framework.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Doubles;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleBiFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingSettings;
import sluice.gating.EstimatorEntry;
import sluice.gating.Estimators;
import sluice.gating.GradientEstimator;
import sluice.gating.Progress;
import sluice.gating.Schedule;
import sluice.gating.Unbiased;
import sluice.gating.exact.Moments;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;

/** The gradient that training takes against the exact one, which enumerates every value of every latent. */
class BoundGradientTest {
    private static final int FEATURES = 4;
    private static final int STEPS = 20_000;
    private static final double ROUNDING = 2e-5;
    private static final float[][] IMAGES = {{1, 0, 1, 1}, {0, 1, 0, 1}};

    /** Networks small enough to enumerate. */
    static Stream<GeneratorShape> shapes() {
        LatentLayer bernoulli = LatentLayer.bernoulli(3);
        LatentLayer categorical = LatentLayer.categorical(2, 3);
        return Stream.of(
                GeneratorShape.autoencoder(FEATURES, ImmutableList.of(bernoulli), ImmutableList.of()),
                GeneratorShape.autoencoder(FEATURES, ImmutableList.of(categorical), ImmutableList.of()),
                GeneratorShape.autoencoder(FEATURES, ImmutableList.of(bernoulli), ImmutableList.of(3)),
                GeneratorShape.autoencoder(
                        FEATURES, ImmutableList.of(bernoulli, LatentLayer.bernoulli(2)), ImmutableList.of()),
                GeneratorShape.autoencoder(
                        FEATURES, ImmutableList.of(categorical, LatentLayer.categorical(1, 3)), ImmutableList.of()),
                GeneratorShape.autoencoder(FEATURES, ImmutableList.of(categorical), ImmutableList.of())
                        .withClasses(3),
                GeneratorShape.autoencoder(FEATURES, ImmutableList.of(bernoulli), ImmutableList.of(3))
                        .withClasses(2),
                GeneratorShape.autoencoder(
                                FEATURES, ImmutableList.of(bernoulli, LatentLayer.bernoulli(2)), ImmutableList.of())
                        .withClasses(2),
                GeneratorShape.structured(2, 2, ImmutableList.of(bernoulli, LatentLayer.bernoulli(2))),
                GeneratorShape.structured(2, 2, ImmutableList.of(categorical, LatentLayer.categorical(1, 3))));
    }

    static Stream<Arguments> unbiased() {
        return shapes().flatMap(shape -> Estimators.BY_NAME.values().stream()
                .filter(EstimatorEntry::unbiased)
                .filter(entry -> serves(shape, entry.estimator()))
                .map(entry -> Arguments.of(shape, entry.estimator().name())));
    }

    private static boolean serves(GeneratorShape shape, GradientEstimator estimator) {
        try {
            trainer(shape, estimator, 1, false);
            return true;
        } catch (IllegalArgumentException unfit) {
            return false;
        }
    }

    private static GeneratorTrainer trainer(
            GeneratorShape shape, GradientEstimator estimator, int samples, boolean variate) {
        return new GeneratorTrainer(
                shape,
                estimator,
                new Schedule.Constant(1),
                samples,
                variate,
                ImageBinarisation.NONE,
                0,
                ClassLearning.PLAIN,
                new TrainingSettings(1, IMAGES.length, Optimizer.DEFAULT, Double.POSITIVE_INFINITY));
    }

    private static GeneratorTraining training(GeneratorTrainer trainer) {
        Examples examples = Examples.of(IMAGES, new int[] {0, 1});
        Images images = new Images(examples, Normalisation.NONE, ImageBinarisation.NONE, 1, "train");
        GeneratorTraining training = new GeneratorTraining(trainer, images, ImmutableList.of(), new RandomStreams(7));
        training.parts().set(perturbed(training.parts().parameters()));
        return training;
    }

    private static ImmutableList<float[]> perturbed(ImmutableList<float[]> parameters) {
        RandomGenerator random = new SplittableRandom(3);
        parameters.forEach(values -> {
            for (int i = 0; i < values.length; i++) {
                values[i] += (float) (random.nextDouble() - 0.5);
            }
        });
        return parameters;
    }

    private static double[] exact(
            GeneratorTraining training, GeneratorShape shape, ToDoubleBiFunction<ExactBound, List<double[]>> bound) {
        List<double[]> parameters = ExactBound.doubles(training.parts().parameters());
        List<ExactBound> bounds = Arrays.stream(IMAGES)
                .map(image -> ExactBound.of(shape, image, training.feed().mean()))
                .toList();
        return Doubles.concat(ExactBound.gradient(
                        parameters,
                        moved -> bounds.stream()
                                .mapToDouble(one -> bound.applyAsDouble(one, moved))
                                .average()
                                .orElseThrow())
                .toArray(double[][]::new));
    }

    private static Moments estimates(GeneratorTraining training, int steps) {
        Moments moments = null;
        for (int step = 0; step < steps; step++) {
            training.gradient(training.feed().feed(0, training.pass()), Progress.START);
            List<double[]> gradient = ExactBound.doubles(training.parts().gradient());
            double[] flat = Doubles.concat(gradient.toArray(double[][]::new));
            moments = moments == null ? new Moments(flat.length) : moments;
            moments.add(flat);
        }
        return moments;
    }

    /** Float arithmetic leaves coordinates without variance their rounding. */
    private static void assertMean(GeneratorTraining training, double[] exact, int steps) {
        Moments moments = estimates(training, steps);
        double[] means = moments.means();
        double[] variances = moments.variances();
        for (int i = 0; i < exact.length; i++) {
            double tolerance = 4 * Math.sqrt(variances[i] / steps) + ROUNDING;
            assertThat(means[i]).as("coordinate %d", i).isCloseTo(exact[i], within(tolerance));
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("unbiased")
    void unbiasedEstimatorsMeetTheExactGradient(GeneratorShape shape, String estimator) {
        try (GeneratorTraining training =
                training(trainer(shape, Estimators.BY_NAME.get(estimator).estimator(), 1, false))) {
            assertMean(training, exact(training, shape, ExactBound::expected), STEPS);
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("shapes")
    void boundOfTwoSamplesHasTheExactGradient(GeneratorShape shape) {
        try (GeneratorTraining training = training(trainer(shape, new Unbiased(), 2, false))) {
            assertMean(training, exact(training, shape, ExactBound::expectedOfTwo), STEPS);
        }
    }

    static Stream<Arguments> withVariate() {
        return shapes().limit(2)
                .flatMap(shape -> Stream.of("unbiased", "leave-one-out", "disarm", "centred")
                        .filter(name ->
                                serves(shape, Estimators.BY_NAME.get(name).estimator()))
                        .map(name -> Arguments.of(shape, name)));
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("withVariate")
    void quadraticControlVariateAddsNoBiasAndTakesMostOfTheVariance(GeneratorShape shape, String name) {
        GradientEstimator estimator = Estimators.BY_NAME.get(name).estimator();
        try (GeneratorTraining plain = training(trainer(shape, estimator, 1, false));
                GeneratorTraining with = training(trainer(shape, estimator, 1, true))) {
            assertMean(with, exact(with, shape, ExactBound::expected), STEPS);
            assertThat(ofEncoder(estimates(with, 1000))).isLessThan(0.5 * ofEncoder(estimates(plain, 1000)));
        }
    }

    /** The summed variance of the encoder's gradient, which comes first and is all that passes the latents. */
    private static double ofEncoder(Moments moments) {
        return Arrays.stream(moments.variances()).limit(FEATURES + 1L).sum();
    }

    /** The gradient at logits is that of the biases of the encoder; the divergence's share of it is exact. */
    static Stream<Arguments> straightThrough() {
        DoubleBinaryOperator identity = (p, h) -> 1;
        DoubleBinaryOperator derivative = (p, h) -> p * (1 - p);
        DoubleBinaryOperator open = (p, h) -> h * (1 - p);
        // ReinMax for two values (Liu et al. 2023): |h - p| / 2
        DoubleBinaryOperator second = (p, h) -> Math.abs(h - p) / 2;
        return Stream.of(
                Arguments.of("st-identity", identity),
                Arguments.of("st-sigmoid", derivative),
                Arguments.of("st-open", open),
                Arguments.of("reinmax", second));
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("straightThrough")
    void straightThroughEstimatorsHaveTheMeanOfTheirFormula(String name, DoubleBinaryOperator factor) {
        GeneratorShape shape = shapes().findFirst().orElseThrow();
        GradientEstimator estimator = Estimators.BY_NAME.get(name).estimator();
        try (GeneratorTraining training = training(trainer(shape, estimator, 1, false))) {
            List<double[]> parameters = ExactBound.doubles(training.parts().parameters());
            double[] unbiased = exact(training, shape, ExactBound::expected);
            double[] expected = new double[shape.latents().get(0).units()];
            for (float[] image : IMAGES) {
                ExactBound bound = ExactBound.of(shape, image, training.feed().mean());
                // in the place of the exact gradient of the reconstruction, whose formula is that of a difference
                double[] biased = bound.meanAtLogits(parameters, factor);
                double[] right = bound.differenceAtLogits(parameters);
                for (int i = 0; i < expected.length; i++) {
                    expected[i] += (biased[i] - right[i]) / IMAGES.length;
                }
            }
            int biases = FEATURES * expected.length;
            double[] means = estimates(training, STEPS).means();
            for (int i = 0; i < expected.length; i++) {
                assertThat(means[biases + i]).isCloseTo(unbiased[biases + i] + expected[i], within(0.01));
            }
        }
    }
}
