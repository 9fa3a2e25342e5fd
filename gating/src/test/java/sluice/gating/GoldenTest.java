package sluice.gating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.gating.exact.Gates;
import sluice.gating.exact.ProbeAnswers;
import sluice.gating.exact.Trial;

/** Under fixed noise, every estimator gives the reference's gates and gradient. */
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
    @EnumSource
    void everyReferenceIsChecked(ReferenceProblem problem) {
        List<String> keys = Arrays.stream(ReferenceEstimator.values())
                .map(ReferenceEstimator::key)
                .toList();

        assertThat(keys).containsAll(problem.reference().golden().keySet());
        assertThat(problem.reference().moments().keySet())
                .allMatch(key -> keys.contains(key) || key.equals("inverted-convention"));
    }

    @Test
    void everyEstimatorButTheDefaultHasAReference() {
        assertThat(Arrays.stream(ReferenceEstimator.values())
                        .map(reference -> reference.estimator().name()))
                .containsAll(EveryEstimator.ofIndependentGates()
                        .map(GradientEstimator::name)
                        .filter(name -> !name.equals("st-open"))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("sampled")
    void gatesOfEveryProbeUnderFixedNoiseEqualTheReference(ReferenceProblem problem, ReferenceEstimator estimator) {
        Trial trial = new Trial(problem.loss(), estimator.gates(), Granularity.MINI_BATCH);
        FixedNoise noise = estimator.noise();
        double[][] expected = problem.reference().golden().get(estimator.key()).probes();

        GateEstimation estimation = estimator.begin(problem, trial.layout());
        estimation.draw(trial.gates().logits(), trial.gates().slope(), Progress.START, 1, noise);

        assertThat(estimation.probes()).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(estimation.probes().get(i).gates()).containsExactly(expected[i], TOLERANCE);
        }
        assertThat(noise.drawn()).isEqualTo(noise.size());
    }

    @ParameterizedTest
    @MethodSource("sampled")
    void gradientUnderFixedNoiseEqualsTheReference(ReferenceProblem problem, ReferenceEstimator estimator) {
        Trial trial = new Trial(problem.loss(), estimator.gates(), Granularity.MINI_BATCH);

        double[] gradient = trial.step(estimator.begin(problem, trial.layout()), estimator.noise());

        assertThat(gradient)
                .containsExactly(
                        problem.reference().golden().get(estimator.key()).gradient(), TOLERANCE);
    }

    @ParameterizedTest
    @EnumSource
    void stOpenIsTheReferenceTimesOneMinusP(ReferenceProblem problem) {
        Gates gates = GateSetting.SIGMOID.gates();
        Trial trial = new Trial(problem.loss(), gates, Granularity.MINI_BATCH);
        EstimatorReference.Golden identity = problem.reference().golden().get("st-identity");
        double[] expected = new double[6];
        Arrays.setAll(expected, i -> identity.probes()[0][i] * identity.gradient()[i] * (1 - gates.probabilities()[i]));

        double[] gradient =
                trial.step(StraightThrough.OPEN_ONLY.begin(trial.layout()), ReferenceEstimator.ST_IDENTITY.noise());

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
        new ProbeAnswers(problem.loss(), Granularity.MINI_BATCH).answer(probe);
        estimation.gradient(gradient);

        assertThat(probe.gates()).containsExactly(threshold.gates());
        assertThat(gradient).containsExactly(threshold.gradient().get(estimator.name()), TOLERANCE);
    }
}
