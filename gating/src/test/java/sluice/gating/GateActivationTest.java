package sluice.gating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GateActivationTest {
    private static final Offset<Double> ROUNDING = within(1e-12);
    private static final Offset<Double> DIFFERENCE = within(1e-7);

    @Property
    void probabilityLiesBetween0And1(
            @ForAll GateActivation activation,
            @ForAll @DoubleRange(min = -1e6, max = 1e6) double logit,
            @ForAll @DoubleRange(min = 0.01, max = 100) double slope) {
        double probability = activation.probability(logit, slope);

        assertThat(probability).isBetween(0.0, 1.0);
    }

    @Property
    void probabilityGrowsWithTheLogit(
            @ForAll GateActivation activation,
            @ForAll @DoubleRange(min = -10, max = 10) @Scale(4) double one,
            @ForAll @DoubleRange(min = -10, max = 10) @Scale(4) double other,
            @ForAll @DoubleRange(min = 0.1, max = 20) double slope) {
        double lower = activation.probability(Math.min(one, other), slope);
        double upper = activation.probability(Math.max(one, other), slope);

        assertThat(lower).isLessThanOrEqualTo(upper);
    }

    @Property
    void oppositeLogitsHaveProbabilitiesThatSumTo1(
            @ForAll GateActivation activation,
            @ForAll @DoubleRange(min = -10, max = 10) double logit,
            @ForAll @DoubleRange(min = 0.1, max = 20) double slope) {
        double sum = activation.probability(logit, slope) + activation.probability(-logit, slope);

        assertThat(sum).isCloseTo(1, ROUNDING);
    }

    @Property
    void slopeMultipliesTheLogit(
            @ForAll GateActivation activation,
            @ForAll @DoubleRange(min = -10, max = 10) double logit,
            @ForAll @DoubleRange(min = 0.1, max = 20) double slope) {
        assertThat(activation.probability(logit, slope)).isEqualTo(activation.probability(slope * logit, 1));
    }

    @Property
    void sigmoidDerivativeEqualsTheCentralDifference(
            @ForAll @DoubleRange(min = -8, max = 8) @Scale(6) double logit,
            @ForAll @DoubleRange(min = 0.1, max = 5) double slope) {
        double derivative = GateActivation.SIGMOID.derivative(logit, slope);

        assertThat(derivative)
                .isCloseTo(
                        CentralDifferences.derivative(a -> GateActivation.SIGMOID.probability(a, slope), logit),
                        DIFFERENCE);
    }

    @Property
    void hardSigmoidDerivativeEqualsTheCentralDifferenceInsideTheWindow(
            @ForAll @DoubleRange(min = -0.999, max = 0.999) @Scale(6) double argument,
            @ForAll @DoubleRange(min = 0.1, max = 5) double slope) {
        double logit = argument / slope;

        double derivative = GateActivation.HARD_SIGMOID.derivative(logit, slope);

        assertThat(derivative)
                .isCloseTo(
                        CentralDifferences.derivative(a -> GateActivation.HARD_SIGMOID.probability(a, slope), logit),
                        DIFFERENCE);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "-1, 1", "0.5, 2", "-0.5, 2", "1.3, 1", "-7, 1", "1e6, 1", "-1e6, 1"})
    void hardSigmoidHasNoDerivativeAndNoScoreOutsideTheStrictWindow(double logit, double slope) {
        assertThat(GateActivation.HARD_SIGMOID.derivative(logit, slope)).isZero();
        assertThat(GateActivation.HARD_SIGMOID.scoreFactor(logit, slope)).isZero();
        assertThat(GateActivation.HARD_SIGMOID.probability(logit, slope)).isEqualTo(logit > 0 ? 1 : 0);
    }

    @ParameterizedTest
    @EnumSource
    void hugeLogitsDoNotOverflow(GateActivation activation) {
        for (double logit : new double[] {1e6, Double.MAX_VALUE, Double.POSITIVE_INFINITY}) {
            assertThat(activation.probability(logit, 1)).isEqualTo(1);
            assertThat(activation.probability(-logit, 1)).isZero();
            assertThat(activation.derivative(logit, 1)).isZero();
            assertThat(activation.derivative(-logit, 1)).isZero();
            assertThat(activation.scoreFactor(logit, 1)).isFinite();
            assertThat(activation.scoreFactor(-logit, 1)).isFinite();
        }
    }

    @Property
    void scoreHasZeroMean(
            @ForAll GateActivation activation,
            @ForAll @DoubleRange(min = -3, max = 3) @Scale(4) double logit,
            @ForAll @DoubleRange(min = 0.1, max = 5) double slope) {
        double p = activation.probability(logit, slope);
        double factor = activation.scoreFactor(logit, slope);

        double mean = p * ((1 - p) * factor) + (1 - p) * ((0 - p) * factor);

        assertThat(mean).isCloseTo(0, ROUNDING);
    }

    @Property
    void scoreIsTheDerivativeOfTheLogarithmOfTheProbability(
            @ForAll GateActivation activation,
            @ForAll @DoubleRange(min = -0.95, max = 0.95) @Scale(4) double argument,
            @ForAll @DoubleRange(min = 0.1, max = 5) double slope) {
        double logit = argument / slope;
        double p = activation.probability(logit, slope);
        double factor = activation.scoreFactor(logit, slope);

        double logOpen = CentralDifferences.derivative(a -> Math.log(activation.probability(a, slope)), logit);
        double logClosed = CentralDifferences.derivative(a -> Math.log(1 - activation.probability(a, slope)), logit);

        assertThat((1 - p) * factor).isCloseTo(logOpen, within(1e-4));
        assertThat((0 - p) * factor).isCloseTo(logClosed, within(1e-4));
    }

    @Test
    void scoreIsFiniteUpToTheEdgeOfTheHardSigmoidsWindow() {
        double inside = Math.nextDown(1.0);

        double p = GateActivation.HARD_SIGMOID.probability(inside, 1);

        assertThat((1 - p) * GateActivation.HARD_SIGMOID.scoreFactor(inside, 1)).isFinite();
        assertThat(GateActivation.HARD_SIGMOID.scoreFactor(-inside, 1)).isFinite();
    }

    @Property
    void clampedLogitStaysWithinTheLimitAndKeepsADerivative(
            @ForAll GateActivation activation,
            @ForAll @DoubleRange(min = -1e6, max = 1e6) double logit,
            @ForAll @DoubleRange(min = 0.1, max = 5) double slope,
            @ForAll @DoubleRange(min = 0.1, max = 6) double limit) {
        double clamped = activation.clamp(logit, slope, limit);

        assertThat(Math.abs(clamped)).isLessThanOrEqualTo(limit);
        assertThat(activation.derivative(clamped, slope)).isPositive();
        assertThat(activation.clamp(clamped, slope, limit)).isEqualTo(clamped);
    }

    @Property
    void clampLeavesAloneWhatCanLearn(
            @ForAll GateActivation activation,
            @ForAll @DoubleRange(min = -6, max = 6) double logit,
            @ForAll @DoubleRange(min = 0.1, max = 5) double slope) {
        Assume.that(activation == GateActivation.SIGMOID || Math.abs(slope * logit) < 0.99);

        assertThat(activation.clamp(logit, slope, 6)).isEqualTo(logit);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 1, 2, 4.7})
    void hardSigmoidIsClampedStrictlyIntoItsWindow(double slope) {
        double upper = GateActivation.HARD_SIGMOID.clamp(1e6, slope, 6);
        double lower = GateActivation.HARD_SIGMOID.clamp(-1e6, slope, 6);

        assertThat(slope * upper).isLessThan(1);
        assertThat(slope * lower).isGreaterThan(-1);
    }
}
