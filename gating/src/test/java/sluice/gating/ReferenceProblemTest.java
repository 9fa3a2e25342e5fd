package sluice.gating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReferenceProblemTest {
    private static final Offset<Double> EXACT = within(1e-12);

    @ParameterizedTest
    @EnumSource
    void lossesOfAllConfigurationsEqualTheReference(ReferenceProblem problem) {
        double[] losses = problem.enumeration().losses();

        assertThat(losses).containsExactly(problem.reference().losses(), EXACT);
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
}
