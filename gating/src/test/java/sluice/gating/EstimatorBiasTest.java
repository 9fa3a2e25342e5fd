package sluice.gating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Estimators against exact expectations: unbiased ones hit the gradient, biased ones their stated bias. */
class EstimatorBiasTest {
    private static final int SAMPLES = 200_000;
    private static final double STANDARD_ERRORS = 4;
    private static final double VARIANCE_PERCENT = 5;
    private static final long SEED = 1308_3432;

    static Stream<Arguments> problemsAndEstimators() {
        return Arrays.stream(ReferenceProblem.values())
                .flatMap(problem ->
                        Arrays.stream(ReferenceEstimator.values()).map(estimator -> Arguments.of(problem, estimator)));
    }

    static Stream<Arguments> problemsGatesAndGranularities() {
        return Arrays.stream(ReferenceProblem.values())
                .flatMap(problem -> Arrays.stream(GateSetting.values())
                        .flatMap(setting -> Arrays.stream(Granularity.values())
                                .map(granularity -> Arguments.of(problem, setting, granularity))));
    }

    static Stream<Arguments> randomNetworks() {
        return IntStream.range(0, 20)
                .boxed()
                .flatMap(network ->
                        Arrays.stream(Granularity.values()).map(granularity -> Arguments.of(network, granularity)));
    }

    @ParameterizedTest
    @MethodSource("problemsAndEstimators")
    void meanAndVarianceOfOneSampleEqualTheReference(ReferenceProblem problem, ReferenceEstimator estimator) {
        Trial trial = new Trial(problem.enumeration(), estimator.setting().gates(), Granularity.MINI_BATCH);
        GateLayout layout = trial.layout();

        Moments moments = trial.run(() -> estimator.begin(problem, layout), SAMPLES, SEED);

        assertReproduces(moments, problem.reference().moments().get(estimator.key()));
    }

    @ParameterizedTest
    @EnumSource(names = {"ST_SIGMOID", "UNBIASED"})
    void meanAndVarianceOfGatesPerExampleEqualTheReference(ReferenceEstimator estimator) {
        ReferenceProblem problem = ReferenceProblem.NETWORK;
        Trial trial = new Trial(problem.enumeration(), estimator.setting().gates(), Granularity.PER_EXAMPLE);
        GateLayout layout = trial.layout();

        Moments moments = trial.run(() -> estimator.begin(problem, layout), SAMPLES, SEED);

        assertReproduces(moments, problem.reference().perExample().get(estimator.key()));
    }

    @Test
    void centredGatesPerExampleHaveTheEnumeratedVarianceAndLessThanUnbiased() {
        ReferenceProblem problem = ReferenceProblem.NETWORK;
        Trial trial = new Trial(problem.enumeration(), GateSetting.SIGMOID.gates(), Granularity.PER_EXAMPLE);
        GateLayout layout = trial.layout();
        double[] baselines = problem.exact(GateSetting.SIGMOID).baselines();
        double[] expected = problem.enumeration().variancesPerExample(trial.gates(), baselines);

        Moments centred = trial.run(() -> new Centred().withBaselines(layout, baselines), SAMPLES, SEED);
        Moments unbiased = trial.run(new Unbiased().begin(layout), SAMPLES, SEED);

        assertReproduces(
                centred,
                new EstimatorReference.Distribution(
                        problem.exact(GateSetting.SIGMOID).gradient(), expected));
        assertThat(centred.summedVariance()).isLessThan(unbiased.summedVariance());
    }

    @ParameterizedTest
    @MethodSource("problemsGatesAndGranularities")
    void unbiasedHitsTheExactGradient(ReferenceProblem problem, GateSetting setting, Granularity granularity) {
        Trial trial = new Trial(problem.enumeration(), setting.gates(), granularity);

        Moments moments = trial.run(new Unbiased().begin(trial.layout()), SAMPLES, SEED);

        assertThat(moments.standardErrorsFrom(problem.exact(setting).gradient()))
                .isLessThan(STANDARD_ERRORS);
    }

    @ParameterizedTest
    @MethodSource("problemsGatesAndGranularities")
    void centredWithRunningBaselinesHitsTheExactGradient(
            ReferenceProblem problem, GateSetting setting, Granularity granularity) {
        Trial trial = new Trial(problem.enumeration(), setting.gates(), granularity);

        Moments moments = trial.run(new Centred().begin(trial.layout()), SAMPLES, SEED);

        assertThat(moments.standardErrorsFrom(problem.exact(setting).gradient()))
                .isLessThan(STANDARD_ERRORS);
    }

    @ParameterizedTest
    @MethodSource("randomNetworks")
    void unbiasedAndCentredHitTheEnumeratedGradientOfRandomNetworks(int network, Granularity granularity) {
        SplittableRandom random = new SplittableRandom(SEED + network);
        int units = 1 + network % 10;
        GateActivation activation = GateActivation.values()[network / 10];
        double slope = random.nextDouble(0.5, 2);
        double[] logits = random.doubles(units, -0.9 / slope, 0.9 / slope).toArray();
        Enumeration problem = new Enumeration(NetworkLoss.random(units, random));
        Trial trial = new Trial(problem, new Gates(activation, slope, logits), granularity);
        double[] exact = problem.gradient(trial.gates());

        Moments unbiased = trial.run(new Unbiased().begin(trial.layout()), SAMPLES / 10, SEED);
        Moments centred = trial.run(new Centred().begin(trial.layout()), SAMPLES / 10, SEED);

        assertThat(unbiased.standardErrorsFrom(exact)).isLessThan(4.5);
        assertThat(centred.standardErrorsFrom(exact)).isLessThan(4.5);
    }

    @ParameterizedTest
    @EnumSource
    void centredHasTheVarianceOfTheReferenceAndLessThanUnbiased(ReferenceProblem problem) {
        Trial trial = new Trial(problem.enumeration(), GateSetting.SIGMOID.gates(), Granularity.MINI_BATCH);

        Moments unbiased = trial.run(new Unbiased().begin(trial.layout()), SAMPLES, SEED);
        Moments centred = trial.run(new Centred(0.9).begin(trial.layout()), SAMPLES, SEED);

        assertThat(centred.summedVariance())
                .isCloseTo(problem.reference().runningBaselineSummedVariance(), withinPercentage(VARIANCE_PERCENT))
                .isLessThan(unbiased.summedVariance());
    }

    @ParameterizedTest
    @MethodSource("problemsGatesAndGranularities")
    void straightThroughAtOpenGatesHasTheDerivativeAtTheOpenEndForItsMean(
            ReferenceProblem problem, GateSetting setting, Granularity granularity) {
        Trial trial = new Trial(problem.enumeration(), setting.gates(), granularity);

        Moments moments = trial.run(StraightThrough.OPEN_ONLY.begin(trial.layout()), SAMPLES, SEED);

        assertThat(moments.standardErrorsFrom(problem.enumeration().openEndGradient(setting.gates())))
                .isLessThan(STANDARD_ERRORS);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "IDENTITY")
    void straightThroughWithADerivativeIsUnbiasedForALossThatIsAffineInEachGate(StraightThrough.Backward backward) {
        QuadraticLoss curved = EstimatorReference.VALUES.quadratic();
        double[][] curvature =
                Arrays.stream(curved.curvature()).map(double[]::clone).toArray(double[][]::new);
        for (int i = 0; i < curvature.length; i++) {
            curvature[i][i] = 0;
        }
        Enumeration problem = new Enumeration(new QuadraticLoss(curved.constant(), curved.linear(), curvature));
        Trial trial = new Trial(problem, GateSetting.SLOPE_2.gates(), Granularity.MINI_BATCH);

        Moments moments = trial.run(new StraightThrough(backward).begin(trial.layout()), SAMPLES, SEED);

        assertThat(moments.standardErrorsFrom(problem.gradient(trial.gates()))).isLessThan(STANDARD_ERRORS);
    }

    @ParameterizedTest
    @EnumSource
    void invertedConventionIsRejected(ReferenceProblem problem) {
        Trial trial = new Trial(problem.enumeration(), GateSetting.SIGMOID.gates(), Granularity.MINI_BATCH);

        Moments moments = trial.run(new InvertedConvention(trial.layout()), SAMPLES, SEED);

        assertReproduces(moments, problem.reference().moments().get("inverted-convention"));
        assertThat(moments.standardErrorsFrom(problem.exact(GateSetting.SIGMOID).gradient()))
                .isGreaterThan(STANDARD_ERRORS);
    }

    @ParameterizedTest
    @EnumSource
    void baselineThatContainsItsOwnSampleIsRejected(ReferenceProblem problem) {
        Trial trial = new Trial(problem.enumeration(), GateSetting.SIGMOID.gates(), Granularity.MINI_BATCH);
        double[] exact = problem.exact(GateSetting.SIGMOID).gradient();

        Moments moments = trial.run(new UpdateThenUse(trial.layout()), SAMPLES, SEED);

        assertThat(moments.standardErrorsFrom(exact)).isGreaterThan(STANDARD_ERRORS);
        assertThat(moments.relativeBias(exact))
                .isCloseTo(problem.reference().updateThenUseRelativeBias(), withinPercentage(15));
    }

    private static void assertReproduces(Moments moments, EstimatorReference.Distribution expected) {
        assertThat(moments.standardErrorsFrom(expected.mean())).isLessThan(STANDARD_ERRORS);
        double[] variances = moments.variances();
        for (int i = 0; i < variances.length; i++) {
            assertThat(variances[i]).isCloseTo(expected.variance()[i], withinPercentage(VARIANCE_PERCENT));
        }
    }
}
