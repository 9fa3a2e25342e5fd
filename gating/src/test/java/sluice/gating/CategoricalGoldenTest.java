package sluice.gating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CategoricalGoldenTest {
    private static final CategoricalReference REFERENCE = CategoricalReference.VALUES;
    private static final Offset<Double> TOLERANCE = within(1e-10);

    static Stream<Arguments> problemsAndEstimators() {
        return Arrays.stream(CategoricalProblem.values())
                .flatMap(
                        problem -> CategoricalProblem.estimators(1).map(estimator -> Arguments.of(problem, estimator)));
    }

    @ParameterizedTest
    @MethodSource("problemsAndEstimators")
    void gatesAndGradientUnderFixedNoiseEqualTheReference(CategoricalProblem problem, GradientEstimator estimator) {
        Choices choices = problem.choices(Granularity.MINI_BATCH);
        FixedNoise noise = noiseFor(estimator);

        GateEstimation estimation = estimator.begin(choices.layout());
        double[] gradient = choices.step(estimation, noise);

        boolean soft = estimation.probes().get(0).values() == Probe.Values.RELAXED;
        assertThat(estimation.probes()).hasSize(1);
        assertThat(estimation.probes().get(0).gates())
                .containsExactly(soft ? REFERENCE.softGates() : REFERENCE.gates(), TOLERANCE);
        assertThat(gradient).containsExactly(problem.reference().golden().get(estimator.name()), TOLERANCE);
        assertThat(noise.drawn()).isEqualTo(estimator instanceof GumbelRao ? 12 : 6);
    }

    /** Gumbel uniforms, for gumbel-rao followed run by run by the uniforms behind the exponentials. */
    private static FixedNoise noiseFor(GradientEstimator estimator) {
        if (!(estimator instanceof GumbelRao)) {
            return new FixedNoise(REFERENCE.uniforms());
        }
        double[] conditional =
                Arrays.stream(REFERENCE.exponentials()).map(e -> Math.exp(-e)).toArray();
        return new FixedNoise(Stream.of(
                        Arrays.stream(REFERENCE.uniforms(), 0, 3),
                        Arrays.stream(conditional, 0, 3),
                        Arrays.stream(REFERENCE.uniforms(), 3, 6),
                        Arrays.stream(conditional, 3, 6))
                .flatMapToDouble(part -> part)
                .toArray());
    }

    @Test
    void noisyLogitsGivenTheChoiceEqualTheReferenceUpToAConstant() {
        Choices choices = CategoricalProblem.QUADRATIC.choices(Granularity.MINI_BATCH);
        GumbelRao estimator = new GumbelRao(new Schedule.Constant(1), 1);
        CategoricalGumbelRao estimation = new CategoricalGumbelRao(estimator, choices.layout());

        estimation.draw(choices.logits(), 1, Progress.START, 1, noiseFor(estimator));

        double[] expected = REFERENCE.conditionalLogits();
        for (int i = 0; i < expected.length; i++) {
            int first = i - i % 3;
            assertThat(Math.log(estimation.soft()[i] / estimation.soft()[first]))
                    .isCloseTo(expected[i] - expected[first], TOLERANCE);
        }
    }

    @Test
    void noiseGivenTheChoiceAgreesWithIt() {
        Choices choices = CategoricalProblem.QUADRATIC.choices(Granularity.MINI_BATCH);
        int samples = 5;
        GumbelRao estimator = new GumbelRao(new Schedule.Constant(0.5), samples);
        CategoricalGumbelRao estimation = new CategoricalGumbelRao(estimator, choices.layout());
        SplittableRandom noise = new SplittableRandom(1);

        for (int step = 0; step < 200; step++) {
            estimation.draw(choices.logits(), 1, Progress.START, 1, noise);

            double[] gates = estimation.probe().gates();
            for (int from = 0; from < estimation.soft().length; from += 3) {
                int run = from / (3 * samples) * 3;
                assertThat(indexOfLargest(estimation.soft(), from)).isEqualTo(indexOfLargest(gates, run));
            }
        }
    }

    private static int indexOfLargest(double[] values, int from) {
        double largest = Arrays.stream(values, from, from + 3).max().orElseThrow();
        int index = 0;
        while (values[from + index] != largest) {
            index++;
        }
        return index;
    }

    @ParameterizedTest
    @EnumSource
    void deterministicGatesAreTheLargestLogitsAndLearnByTheSoftmaxWithoutNoise(CategoricalProblem problem) {
        Choices choices = problem.choices(Granularity.MINI_BATCH);
        BinaryNeuron neuron = new BinaryNeuron(GateActivation.SIGMOID, BinaryNeuron.Sampling.DETERMINISTIC);
        GateEstimation estimation = StraightThrough.DERIVATIVE.begin(new GateLayout(
                neuron, Granularity.MINI_BATCH, 6, choices.loss().examples(), 3, GateLayout.Logits.SHARED));
        double[] gates = {0, 0, 1, 0, 1, 0};
        double[] upstream = new double[6];
        choices.loss().addGradient(gates, upstream);
        double[] expected = new double[6];
        double[] pi = REFERENCE.probabilities();
        for (int i = 0; i < 6; i++) {
            int first = i - i % 3;
            double mean = 0;
            for (int j = first; j < first + 3; j++) {
                mean += pi[j] * upstream[j];
            }
            expected[i] = pi[i] * (upstream[i] - mean);
        }

        double[] gradient = choices.step(estimation, new FixedNoise());

        assertThat(estimation.probes().get(0).gates()).containsExactly(gates);
        assertThat(gradient).containsExactly(expected, TOLERANCE);
    }

    @Test
    void equalLogitsChooseTheFirstWhereNoNoiseIsDrawn() {
        BinaryNeuron neuron = new BinaryNeuron(GateActivation.SIGMOID, BinaryNeuron.Sampling.DETERMINISTIC);
        GateEstimation estimation = StraightThrough.DERIVATIVE.begin(
                new GateLayout(neuron, Granularity.MINI_BATCH, 4, 1, 4, GateLayout.Logits.SHARED));

        estimation.draw(DoubleStream.of(0, 0, 0, 0).toArray(), 1, Progress.START, 1, new FixedNoise());

        assertThat(estimation.probes().get(0).gates()).containsExactly(1, 0, 0, 0);
    }
}
