package sluice.gating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenTest {
    private static final Offset<Double> TOLERANCE = within(1e-10);

    static Stream<Arguments> sampled() {
        return Arrays.stream(ReferenceProblem.values())
                .flatMap(problem -> Arrays.stream(ReferenceEstimator.values())
                        .filter(estimator -> problem.reference().golden().containsKey(estimator.key()))
                        .map(estimator -> Arguments.of(problem, estimator)));
    }

    static Stream<Arguments> thresholded() {
        return Arrays.stream(ReferenceProblem.values())
                .flatMap(problem -> Stream.of(StraightThrough.IDENTITY, StraightThrough.DERIVATIVE)
                        .map(estimator -> Arguments.of(problem, estimator)));
    }

    @ParameterizedTest
    @MethodSource("sampled")
    void gatesUnderFixedNoiseEqualTheReference(ReferenceProblem problem, ReferenceEstimator estimator) {
        Trial trial = new Trial(problem.enumeration(), estimator.setting().gates(), Granularity.MINI_BATCH);
        FixedNoise noise = new FixedNoise(EstimatorReference.VALUES.noise());

        GateEstimation estimation = estimator.begin(problem, trial.layout());
        estimation.draw(trial.gates().logits(), trial.gates().slope(), Progress.START, 1, noise);

        assertThat(estimation.probes()).hasSize(1);
        assertThat(estimation.probes().get(0).gates())
                .containsExactly(
                        problem.reference().golden().get(estimator.key()).gates());
        assertThat(noise.drawn()).isEqualTo(6);
    }

    @ParameterizedTest
    @MethodSource("sampled")
    void gradientUnderFixedNoiseEqualsTheReference(ReferenceProblem problem, ReferenceEstimator estimator) {
        Trial trial = new Trial(problem.enumeration(), estimator.setting().gates(), Granularity.MINI_BATCH);

        double[] gradient =
                trial.step(estimator.begin(problem, trial.layout()), new FixedNoise(EstimatorReference.VALUES.noise()));

        assertThat(gradient)
                .containsExactly(
                        problem.reference().golden().get(estimator.key()).gradient(), TOLERANCE);
    }

    @ParameterizedTest
    @EnumSource
    void straightThroughAtOpenGatesIsTheReferenceOfStraightThroughTimesOneMinusP(ReferenceProblem problem) {
        Gates gates = GateSetting.SIGMOID.gates();
        Trial trial = new Trial(problem.enumeration(), gates, Granularity.MINI_BATCH);
        EstimatorReference.Golden identity = problem.reference().golden().get("st-identity");
        double[] expected = new double[6];
        Arrays.setAll(expected, i -> identity.gates()[i] * identity.gradient()[i] * (1 - gates.probabilities()[i]));

        double[] gradient = trial.step(
                StraightThrough.OPEN_ONLY.begin(trial.layout()), new FixedNoise(EstimatorReference.VALUES.noise()));

        assertThat(gradient).containsExactly(expected, TOLERANCE);
    }

    @ParameterizedTest
    @MethodSource("thresholded")
    void deterministicGatesAndGradientEqualTheReferenceWithoutNoise(
            ReferenceProblem problem, StraightThrough estimator) {
        Gates gates = GateSetting.SIGMOID.gates();
        BinaryNeuron neuron = new BinaryNeuron(GateActivation.SIGMOID, BinaryNeuron.Sampling.DETERMINISTIC);
        GateEstimation estimation = estimator.begin(new GateLayout(neuron, Granularity.MINI_BATCH, 6, 4));
        EstimatorReference.Threshold threshold = problem.reference().threshold();
        double[] gradient = new double[6];

        estimation.draw(gates.logits(), gates.slope(), Progress.START, 4, new FixedNoise());
        Probe probe = estimation.probes().get(0);
        problem.enumeration().answer(probe, Granularity.MINI_BATCH);
        estimation.gradient(gradient);

        assertThat(probe.gates()).containsExactly(threshold.gates());
        assertThat(gradient).containsExactly(threshold.gradient().get(estimator.name()), TOLERANCE);
    }
}
