package sluice.gating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.gating.exact.Enumeration;
import sluice.gating.exact.Gates;
import sluice.gating.exact.Moments;
import sluice.gating.exact.QuadraticLoss;
import sluice.gating.exact.Trial;

/** Mean and variance of every estimator: unbiased ones hit the gradient, biased ones their known mean. */
@Tag("slow")
class ReferenceMomentsTest {
    static Stream<Arguments> problemsAndEstimators() {
        return Arrays.stream(ReferenceProblem.values())
                .flatMap(problem -> Arrays.stream(ReferenceEstimator.values())
                        .filter(estimator -> problem.reference().moments().containsKey(estimator.key()))
                        .map(estimator -> Arguments.of(problem, estimator)));
    }

    static Stream<ReferenceEstimator> estimators() {
        return Arrays.stream(ReferenceEstimator.values())
                .filter(estimator ->
                        ReferenceProblem.NETWORK.reference().moments().containsKey(estimator.key()));
    }

    static Stream<Arguments> problemsGatesAndGranularities() {
        return UnbiasedTest.problemsGatesAndGranularities();
    }

    private static Moments run(ReferenceProblem problem, ReferenceEstimator estimator, Trial trial, int samples) {
        GateLayout layout = trial.layout();
        // an estimation that is begun anew has learned nothing from the samples before
        return estimator == ReferenceEstimator.CENTRED_EXACT_BASELINE
                ? trial.run(() -> estimator.begin(problem, layout), samples, Agreement.SEED)
                : trial.run(estimator.begin(problem, layout), samples, Agreement.SEED);
    }

    @ParameterizedTest
    @MethodSource("problemsAndEstimators")
    void meanAndVarianceOfOneSampleEqualTheReference(ReferenceProblem problem, ReferenceEstimator estimator) {
        Trial trial = new Trial(problem.loss(), estimator.gates(), Granularity.MINI_BATCH);

        Moments moments = run(problem, estimator, trial, Agreement.SAMPLES);

        Agreement.assertReproduces(moments, problem.reference().moments().get(estimator.key()));
    }

    /** Estimates are linear in the loss, so that examples with gates of their own have the same mean. */
    @ParameterizedTest
    @MethodSource("estimators")
    void meanOfGatesPerExampleIsTheReferenceToo(ReferenceEstimator estimator) {
        ReferenceProblem problem = ReferenceProblem.NETWORK;
        Trial trial = new Trial(problem.loss(), estimator.gates(), Granularity.PER_EXAMPLE);

        Moments moments = run(problem, estimator, trial, Agreement.SAMPLES / 8);

        Agreement.assertMean(moments, problem.reference().moments().get(estimator.key()));
    }

    @ParameterizedTest
    @EnumSource(names = {"ST_SIGMOID", "UNBIASED"})
    void meanAndVarianceOfGatesPerExampleEqualTheReference(ReferenceEstimator estimator) {
        ReferenceProblem problem = ReferenceProblem.NETWORK;
        Trial trial = new Trial(problem.loss(), estimator.gates(), Granularity.PER_EXAMPLE);

        Moments moments = run(problem, estimator, trial, Agreement.SAMPLES);

        Agreement.assertReproduces(moments, problem.reference().perExample().get(estimator.key()));
    }

    @Test
    void centredGatesPerExampleHaveTheEnumeratedVarianceAndLessThanUnbiased() {
        ReferenceProblem problem = ReferenceProblem.NETWORK;
        Gates gates = GateSetting.SIGMOID.gates();
        Trial trial = new Trial(problem.loss(), gates, Granularity.PER_EXAMPLE);
        GateLayout layout = trial.layout();
        EstimatorReference.Exact exact = problem.exact(GateSetting.SIGMOID);

        Moments centred = trial.run(
                () -> new Centred().withBaselines(layout, exact.baselines()), Agreement.SAMPLES, Agreement.SEED);
        Moments unbiased = trial.run(new Unbiased().begin(layout), Agreement.SAMPLES, Agreement.SEED);

        double[] variances = variancesPerExample(problem, gates, exact.baselines());
        Agreement.assertReproduces(
                centred, new EstimatorReference.Distribution(exact.gradient(), variances, new double[6]));
        assertThat(centred.summedVariance()).isLessThan(unbiased.summedVariance());
    }

    /** Variance of {@code mean_b (h_b - p)(l_b - baseline)}, sigmoid gates of slope 1 drawn for each example. */
    private static double[] variancesPerExample(ReferenceProblem problem, Gates gates, double[] baselines) {
        double[] p = gates.probabilities();
        int examples = problem.loss().examples();
        double[] variances = new double[6];
        for (int b = 0; b < examples; b++) {
            int example = b;
            double[] means = Expectation.of(
                    p,
                    6,
                    (h, into) -> Arrays.setAll(
                            into, i -> (h[i] - p[i]) * (problem.loss().loss(example, h) - baselines[i])));
            double[] squares = Expectation.of(
                    p,
                    6,
                    (h, into) -> Arrays.setAll(
                            into, i -> Math.pow((h[i] - p[i]) * (problem.loss().loss(example, h) - baselines[i]), 2)));
            for (int i = 0; i < 6; i++) {
                variances[i] += (squares[i] - means[i] * means[i]) / examples / examples;
            }
        }
        return variances;
    }

    @ParameterizedTest
    @EnumSource
    void centredHasTheVarianceOfTheReferenceAndLessThanUnbiased(ReferenceProblem problem) {
        Trial trial = new Trial(problem.loss(), GateSetting.SIGMOID.gates(), Granularity.MINI_BATCH);

        Moments unbiased = trial.run(new Unbiased().begin(trial.layout()), Agreement.SAMPLES, Agreement.SEED);
        Moments centred = trial.run(new Centred(0.9).begin(trial.layout()), Agreement.SAMPLES, Agreement.SEED);

        assertThat(centred.summedVariance())
                .isCloseTo(
                        problem.reference().runningBaselineSummedVariance(),
                        withinPercentage(Agreement.VARIANCE_PERCENT))
                .isLessThan(unbiased.summedVariance());
    }

    @ParameterizedTest
    @MethodSource("problemsGatesAndGranularities")
    void straightThroughAtOpenGatesHasTheDerivativeAtTheOpenEndForItsMean(
            ReferenceProblem problem, GateSetting setting, Granularity granularity) {
        Gates gates = setting.gates();
        Trial trial = new Trial(problem.loss(), gates, granularity);
        double[] openEnd = new double[6];
        Arrays.setAll(openEnd, i -> {
            double[] given = gates.probabilities();
            given[i] = 1;
            return gates.activation().derivative(gates.logits()[i], gates.slope())
                    * Expectation.of(given, 6, problem.loss()::addGradient)[i];
        });

        Moments moments =
                trial.run(StraightThrough.OPEN_ONLY.begin(trial.layout()), Agreement.SAMPLES / 8, Agreement.SEED);

        Agreement.assertHits(moments, openEnd);
    }

    @ParameterizedTest
    @EnumSource(names = {"DERIVATIVE", "OPEN_ONLY"})
    void straightThroughWithADerivativeIsUnbiasedForALossThatIsAffineInEachGate(StraightThrough.Backward backward) {
        Trial trial = new Trial(affine(), GateSetting.SLOPE_2.gates(), Granularity.MINI_BATCH);

        Moments moments =
                trial.run(new StraightThrough(backward).begin(trial.layout()), Agreement.SAMPLES, Agreement.SEED);

        Agreement.assertHits(moments, new Enumeration(affine()).gradient(trial.gates()));
    }

    private static QuadraticLoss affine() {
        QuadraticLoss curved = (QuadraticLoss) ReferenceProblem.QUADRATIC.loss();
        double[][] curvature =
                Arrays.stream(curved.curvature()).map(double[]::clone).toArray(double[][]::new);
        for (int i = 0; i < curvature.length; i++) {
            curvature[i][i] = 0;
        }
        return new QuadraticLoss(curved.constant(), curved.linear(), curvature);
    }
}
