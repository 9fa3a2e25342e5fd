package sluice.gating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What logits mean under every estimator. */
class GateModelTest {
    private static final Offset<Double> EXACT = within(1e-9);

    private static GateModel model(String estimator) {
        return Estimators.BY_NAME.get(estimator).estimator().model(BinaryNeuron.STOCHASTIC_SIGMOID);
    }

    /** The different ones of all estimators. */
    @Provide
    Arbitrary<GateModel> models() {
        return Arbitraries.of(EveryEstimator.ofIndependentGates()
                .flatMap(estimator -> Arrays.stream(GateActivation.values())
                        .map(activation ->
                                estimator.model(new BinaryNeuron(activation, BinaryNeuron.Sampling.STOCHASTIC))))
                .distinct()
                .toList());
    }

    @Property
    void activityDerivativeEqualsTheCentralDifference(
            @ForAll("models") GateModel model,
            @ForAll @DoubleRange(min = -4, max = 4) double logit,
            @ForAll @DoubleRange(min = 0.2, max = 5) double slope) {
        boolean kink = model == GateActivation.HARD_SIGMOID && Math.abs(Math.abs(slope * logit) - 1) < 1e-3;
        Assume.that(!kink);

        assertThat(model.activityDerivative(logit, slope))
                .isCloseTo(CentralDifferences.derivative(a -> model.activity(a, slope), logit), within(1e-6));
    }

    @Property
    void activityIsAProbabilityThatGrowsWithTheLogit(
            @ForAll("models") GateModel model,
            @ForAll @DoubleRange(min = -8, max = 8) double logit,
            @ForAll @DoubleRange(min = 0, max = 8) double more,
            @ForAll @DoubleRange(min = 0.2, max = 5) double slope) {
        assertThat(model.activity(logit, slope)).isBetween(0.0, 1.0);
        assertThat(model.activity(logit + more, slope)).isGreaterThanOrEqualTo(model.activity(logit, slope) - 1e-12);
        assertThat(model.testValue(logit, slope)).isNotNegative();
        assertThat(model.testValue(logit + more, slope)).isGreaterThanOrEqualTo(model.testValue(logit, slope) - 1e-12);
    }

    @Property
    void clampKeepsLogitsWithinTheLimitWhereTheGateCanStillLearn(
            @ForAll("models") GateModel model,
            @ForAll @DoubleRange(min = -100, max = 100) double logit,
            @ForAll @DoubleRange(min = 0.2, max = 5) double slope,
            @ForAll @DoubleRange(min = 0.1, max = 6) double limit) {
        double clamped = model.clamp(logit, slope, limit);

        assertThat(clamped).isBetween(-limit, limit);
        assertThat(model.clamp(clamped, slope, limit)).isEqualTo(clamped);
        assertThat(clamped * logit).isNotNegative();
        assertThat(Math.abs(clamped)).isLessThanOrEqualTo(Math.abs(logit));
        assertThat(model.activityDerivative(clamped, slope)).isPositive();
        assertThat(model.testValue(clamped, slope)).isLessThanOrEqualTo(1 + 1e-12);
    }

    @Test
    void clampLimitsOfEachModelAreItsOwn() {
        assertThat(model("unbiased").clamp(9, 2, 6)).isEqualTo(6);
        assertThat(model("hard-concrete").clamp(-9, 2, 6)).isEqualTo(-6);
        assertThat(model("gaussian").clamp(9, 2, 6)).isEqualTo(1);
        assertThat(model("gaussian").clamp(-9, 1, 6)).isEqualTo(-2);
        assertThat(model("noisy-rectifier").clamp(9, 2, 6)).isEqualTo(0.5);
        assertThat(model("noisy-rectifier").clamp(-9, 2, 6)).isEqualTo(-2);
    }

    @Test
    void penaltyOfHardConcreteEqualsTheReference() {
        assertReference(
                "hard-concrete",
                Arrays.stream(EstimatorReference.VALUES.logits().get("sigmoid")),
                4.4559457078);
    }

    @Test
    void penaltyOfGaussianGatesEqualsTheReference() {
        assertReference(
                "gaussian",
                Arrays.stream(EstimatorReference.VALUES.gaussianMeans()).map(m -> m - 0.5),
                4.2952099087);
    }

    private static void assertReference(String estimator, DoubleStream atLogits, double sum) {
        double[] logits = atLogits.toArray();
        GateModel model = model(estimator);
        EstimatorReference.Penalty expected =
                EstimatorReference.VALUES.penalties().get(estimator);

        assertThat(map(logits, a -> model.activity(a, 1))).containsExactly(expected.activity(), EXACT);
        assertThat(map(logits, a -> model.activityDerivative(a, 1))).containsExactly(expected.derivative(), EXACT);
        assertThat(map(logits, a -> model.testValue(a, 1))).containsExactly(expected.testValue(), EXACT);
        assertThat(Arrays.stream(map(logits, a -> model.activity(a, 1))).sum()).isCloseTo(sum, EXACT);
    }

    private static double[] map(double[] logits, DoubleUnaryOperator function) {
        return Arrays.stream(logits).map(function).toArray();
    }

    @Test
    void hardConcreteAndSlopeMultiplyBeforeTheShift() {
        assertThat(model("hard-concrete").activity(0.35, 2))
                .isEqualTo(model("hard-concrete").activity(0.7, 1));
    }

    @Test
    void binaryGatesAreActiveWithTheNeuronsProbability() {
        for (String estimator : new String[] {"unbiased", "st-open", "rebar", "concrete", "gumbel-rao"}) {
            assertThat(model(estimator)).isEqualTo(GateActivation.SIGMOID);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-9, -1.5, -0.3, 0, 0.3, 1.5, 9})
    void normalDistributionIsSymmetricAndItsDerivativeIsTheDensity(double x) {
        assertThat(Normal.distribution(x) + Normal.distribution(-x)).isCloseTo(1, within(1e-14));
        assertThat(CentralDifferences.derivative(Normal::distribution, x)).isCloseTo(Normal.density(x), within(1e-8));
    }

    @Test
    void normalDistributionHasItsQuantiles() {
        assertThat(Normal.distribution(0)).isEqualTo(0.5);
        assertThat(Normal.distribution(1.959963984540054)).isCloseTo(0.975, within(1e-11));
        assertThat(Normal.distribution(-5)).isCloseTo(2.866515718791933e-7, within(1e-12));
    }
}
