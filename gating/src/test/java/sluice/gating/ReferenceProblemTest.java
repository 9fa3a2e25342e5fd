package sluice.gating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReferenceProblemTest {
    private static final Offset<Double> EXACT = within(1e-12);
    private static final Offset<Double> DIFFERENCE = within(1e-8);

    @ParameterizedTest
    @EnumSource
    void lossesOfAllConfigurationsEqualTheReference(ReferenceProblem problem) {
        double[] losses = problem.enumeration().losses();

        assertThat(losses).containsExactly(problem.reference().losses(), EXACT);
    }

    @ParameterizedTest
    @EnumSource
    void gradientOfTheLossEqualsCentralDifferencesForEachExample(ReferenceProblem problem) {
        GatedLoss loss = problem.loss();
        double[] gates = {0.3, 1, 0, 0.8, 0.5, 1};

        for (int i = 0; i < loss.examples(); i++) {
            int example = i;
            assertThat(loss.gradient(example, gates))
                    .containsExactly(CentralDifferences.gradient(h -> loss.loss(example, h), gates), DIFFERENCE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void expectedLossEqualsTheReference(ReferenceProblem problem) {
        for (GateSetting setting : GateSetting.values()) {
            double expected = problem.enumeration().expectedLoss(setting.gates());

            assertThat(expected).isCloseTo(problem.exact(setting).expectedLoss(), EXACT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void enumeratedGradientEqualsTheReference(ReferenceProblem problem) {
        for (GateSetting setting : GateSetting.values()) {
            double[] gradient = problem.enumeration().gradient(setting.gates());

            assertThat(gradient).containsExactly(problem.exact(setting).gradient(), EXACT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void enumeratedGradientEqualsCentralDifferencesOfTheExpectedLoss(ReferenceProblem problem) {
        for (GateSetting setting : GateSetting.values()) {
            Gates gates = setting.gates();

            double[] gradient = problem.enumeration().gradient(gates);

            assertThat(gradient)
                    .containsExactly(
                            CentralDifferences.gradient(
                                    logits -> problem.enumeration().expectedLoss(gates.withLogits(logits)),
                                    gates.logits()),
                            DIFFERENCE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void baselinesOfLeastVarianceEqualTheReference(ReferenceProblem problem) {
        for (GateSetting setting : GateSetting.values()) {
            double[] baselines = problem.enumeration().baselines(setting.gates());

            assertThat(baselines).containsExactly(problem.exact(setting).baselines(), EXACT);
        }
    }

    @Test
    void probabilitiesEqualTheReference() {
        assertThat(GateSetting.SIGMOID.gates().probabilities())
                .containsExactly(EstimatorReference.VALUES.probabilities().get("sigmoid"), EXACT);
        assertThat(GateSetting.HARD_SIGMOID.gates().probabilities())
                .containsExactly(EstimatorReference.VALUES.probabilities().get("hard-sigmoid"), EXACT);
    }

    @ParameterizedTest
    @EnumSource
    void thresholdedLossEqualsTheReference(ReferenceProblem problem) {
        EstimatorReference.Threshold threshold = problem.reference().threshold();

        double loss = problem.loss().loss(threshold.gates());

        assertThat(loss).isCloseTo(threshold.loss(), EXACT);
    }

    @Test
    void meanOfConstantVectorsHasNoVariance() {
        Moments moments = new Moments(1);

        for (int i = 0; i < 1000; i++) {
            moments.add(new double[] {0.1});
        }

        assertThat(moments.variances()).containsExactly(0);
        assertThat(moments.standardErrorsFrom(new double[] {0.1})).isZero();
        assertThat(moments.standardErrorsFrom(new double[] {Math.nextUp(0.1)})).isInfinite();
    }

    @Test
    void momentsOfAFewValuesAreThoseOfTheFormulas() {
        Moments moments = new Moments(2);

        for (double x : new double[] {1, 2, 3, 6}) {
            moments.add(new double[] {x, -2 * x});
        }

        assertThat(moments.means()).containsExactly(new double[] {3, -6}, EXACT);
        assertThat(moments.variances()).containsExactly(new double[] {3.5, 14}, EXACT);
        assertThat(moments.summedVariance()).isCloseTo(17.5, EXACT);
        assertThat(moments.standardErrorsFrom(new double[] {4, -6})).isCloseTo(1 / Math.sqrt(3.5 / 4), EXACT);
        assertThat(moments.relativeBias(new double[] {4, -6})).isCloseTo(1 / Math.sqrt(52), EXACT);
    }
}
