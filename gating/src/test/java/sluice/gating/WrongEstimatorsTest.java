package sluice.gating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.gating.exact.Moments;
import sluice.gating.exact.Trial;

/** Well-known mistakes do not pass the checks that right estimators pass. */
class WrongEstimatorsTest {
    private static Trial trial(ReferenceProblem problem) {
        return new Trial(problem.loss(), GateSetting.SIGMOID.gates(), Granularity.MINI_BATCH);
    }

    @ParameterizedTest
    @EnumSource
    void invertedConventionIsRejected(ReferenceProblem problem) {
        Trial trial = trial(problem);

        Moments moments = trial.run(new InvertedConvention(trial.layout()), Agreement.SAMPLES, Agreement.SEED);

        Agreement.assertReproduces(moments, problem.reference().moments().get("inverted-convention"));
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> Agreement.assertHits(
                        moments, problem.exact(GateSetting.SIGMOID).gradient()));
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> Agreement.assertReproduces(
                        moments, problem.reference().moments().get("unbiased")));
    }

    @ParameterizedTest
    @EnumSource
    void baselineThatContainsItsOwnSampleIsRejected(ReferenceProblem problem) {
        Trial trial = trial(problem);
        double[] exact = problem.exact(GateSetting.SIGMOID).gradient();

        Moments moments = trial.run(new UpdateThenUse(trial.layout()), Agreement.SAMPLES, Agreement.SEED);

        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> Agreement.assertHits(moments, exact));
        assertThat(moments.relativeBias(exact))
                .isCloseTo(problem.reference().updateThenUseRelativeBias(), withinPercentage(15));
    }

    @ParameterizedTest
    @EnumSource
    void gumbelRaoThroughTheNoiseThatIsDrawnGivenTheGateIsRejected(ReferenceProblem problem) {
        Trial trial = trial(problem);
        EstimatorReference.Distribution right = problem.reference().moments().get("gumbel-rao");

        Moments moments = trial.run(new ThroughTheNoise(trial.layout()), Agreement.SAMPLES, Agreement.SEED);

        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> Agreement.assertMean(moments, right));
        // it is wrong in the way that is meant
        assertThat(moments.relativeBias(problem.reference().gumbelRaoThroughItsNoise()))
                .isLessThan(0.05);
    }

    @ParameterizedTest
    @EnumSource
    void muPropWithoutTheGradientAtTheMeansIsRejected(CategoricalProblem problem) {
        assertRejected(problem, new WithoutTheMeansGradient(layout(problem)));
    }

    @ParameterizedTest
    @EnumSource
    void rebarOfChoicesThatHoldsTheNoiseGivenTheGatesFixedIsRejected(CategoricalProblem problem) {
        assertRejected(problem, new NoiseHeldFixed(layout(problem)));
    }

    private static GateLayout layout(CategoricalProblem problem) {
        return problem.choices(Granularity.MINI_BATCH).layout();
    }

    private static void assertRejected(CategoricalProblem problem, GateEstimation wrong) {
        Choices choices = problem.choices(Granularity.MINI_BATCH);

        Moments moments = choices.run(wrong, Agreement.SAMPLES, Agreement.SEED);

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> Agreement.assertHits(moments, choices.gradient()));
    }
}
