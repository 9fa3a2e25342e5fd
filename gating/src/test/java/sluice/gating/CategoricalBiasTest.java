package sluice.gating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.gating.exact.Moments;
import sluice.gating.exact.NetworkLoss;

/** Estimators for gates that choose one of K, against exact expectations. */
@Tag("slow")
class CategoricalBiasTest {
    private static final int SAMPLES = 200_000;
    private static final double STANDARD_ERRORS = 4;
    private static final double VARIANCE_PERCENT = 5;
    private static final long SEED = 1611_01144;
    private static final Offset<Double> EXACT = within(1e-10);

    static Stream<Arguments> problemsAndEstimators() {
        return Arrays.stream(CategoricalProblem.values())
                .flatMap(problem ->
                        CategoricalProblem.estimators(10).map(estimator -> Arguments.of(problem, estimator)));
    }

    static Stream<Choices> randomNetworks() {
        return IntStream.range(0, 20)
                .boxed()
                .flatMap(network ->
                        Arrays.stream(Granularity.values()).map(granularity -> randomNetwork(network, granularity)));
    }

    private static Choices randomNetwork(int network, Granularity granularity) {
        SplittableRandom random = new SplittableRandom(SEED + network);
        int choices = 3 + network % 2;
        int gates = choices * (1 + network % 3);
        double slope = random.nextDouble(0.5, 2);
        double[] logits = random.doubles(gates, -2, 2).toArray();
        return new Choices(NetworkLoss.random(gates, random), choices, slope, logits, granularity);
    }

    @ParameterizedTest
    @EnumSource
    void enumeratedGradientEqualsTheReferenceAndCentralDifferences(CategoricalProblem problem) {
        Choices choices = problem.choices(Granularity.MINI_BATCH);
        double step = 1e-5;

        double[] gradient = choices.gradient();

        assertThat(gradient).containsExactly(problem.reference().gradient(), EXACT);
        for (int i = 0; i < gradient.length; i++) {
            double above = choices.withLogit(i, choices.logits()[i] + step).expectedLoss();
            double below = choices.withLogit(i, choices.logits()[i] - step).expectedLoss();
            assertThat(gradient[i]).isCloseTo((above - below) / (2 * step), within(1e-8));
        }
    }

    @ParameterizedTest
    @MethodSource("problemsAndEstimators")
    void meanAndVarianceOfOneSampleEqualTheReference(CategoricalProblem problem, GradientEstimator estimator) {
        Choices choices = problem.choices(Granularity.MINI_BATCH);
        CategoricalReference.Distribution expected =
                problem.reference().moments().get(estimator.name());

        Moments moments = choices.run(estimator.begin(choices.layout()), SAMPLES, SEED);

        double[] means = moments.means();
        double[] variances = moments.variances();
        for (int i = 0; i < means.length; i++) {
            double error = Math.hypot(Math.sqrt(variances[i] / SAMPLES), expected.standardError()[i]);
            assertThat(means[i]).isCloseTo(expected.mean()[i], within(STANDARD_ERRORS * error));
            assertThat(variances[i]).isCloseTo(expected.variance()[i], withinPercentage(VARIANCE_PERCENT));
        }
    }

    @ParameterizedTest
    @MethodSource("randomNetworks")
    void unbiasedHitsTheEnumeratedGradientOfRandomNetworks(Choices choices) {
        double[] exact = choices.gradient();

        Moments moments = choices.run(new Unbiased().begin(choices.layout()), SAMPLES / 10, SEED);

        assertThat(moments.standardErrorsFrom(exact)).isLessThan(4.5);
    }

    @ParameterizedTest
    @EnumSource
    void enumeratedMeanOfUnbiasedIsTheGradient(CategoricalProblem problem) {
        Choices choices = problem.choices(Granularity.MINI_BATCH);

        double[] mean = choices.mean(new Unbiased().begin(choices.layout()));

        assertThat(mean).containsExactly(choices.gradient(), EXACT);
    }

    @ParameterizedTest
    @EnumSource
    void reinMaxIsExactWhereTheLossIsQuadraticOnly(CategoricalProblem problem) {
        Choices reference = problem.choices(Granularity.MINI_BATCH);
        Choices choices = new Choices(reference.loss(), 3, 2, reference.logits(), Granularity.MINI_BATCH);

        double[] mean = choices.mean(new ReinMax().begin(choices.layout()));

        double[] exact = choices.gradient();
        if (problem == CategoricalProblem.QUADRATIC) {
            assertThat(mean).containsExactly(exact, EXACT);
        } else {
            double bias = 0;
            double size = 0;
            for (int i = 0; i < exact.length; i++) {
                bias = Math.hypot(bias, mean[i] - exact[i]);
                size = Math.hypot(size, exact[i]);
            }
            assertThat(bias / size).isBetween(1e-3, 0.1);
        }
    }

    @ParameterizedTest
    @EnumSource(Granularity.class)
    void gumbelRaoHasLessVarianceThanStraightThroughForTheSameMean(Granularity granularity) {
        Choices choices = CategoricalProblem.NETWORK.choices(granularity);
        Schedule temperature = new Schedule.Constant(0.5);

        Moments plain = choices.run(new GumbelSoftmax(temperature, true).begin(choices.layout()), SAMPLES / 4, SEED);
        Moments averaged = choices.run(new GumbelRao(temperature, 10).begin(choices.layout()), SAMPLES / 4, SEED);

        assertThat(averaged.summedVariance()).isLessThan(plain.summedVariance());
        for (int i = 0; i < 6; i++) {
            double error = Math.sqrt((plain.variances()[i] + averaged.variances()[i]) / plain.count());
            assertThat(averaged.means()[i]).isCloseTo(plain.means()[i], within(STANDARD_ERRORS * error));
        }
    }
}
