package sluice.gating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for the running part of every estimator. */
class GateEstimationTest {
    private static final Gates GATES = GateSetting.SIGMOID.gates();
    private static final Enumeration NETWORK = ReferenceProblem.NETWORK.enumeration();

    static Stream<Arguments> estimatorsAndGranularities() {
        return Estimators.BY_NAME.values().stream()
                .flatMap(entry -> Arrays.stream(Granularity.values())
                        .map(granularity -> Arguments.of(entry.estimator(), granularity)));
    }

    static Stream<GradientEstimator> scoreEstimators() {
        return Stream.of(new Unbiased(), new Centred());
    }

    @ParameterizedTest
    @MethodSource("estimatorsAndGranularities")
    void sameSeedGivesTheSameBits(GradientEstimator estimator, Granularity granularity) {
        Trial trial = new Trial(NETWORK, GATES, granularity);

        assertThat(steps(trial, estimator, 7)).isDeepEqualTo(steps(trial, estimator, 7));
        assertThat(Arrays.deepEquals(steps(trial, estimator, 7), steps(trial, estimator, 8)))
                .isFalse();
    }

    private static double[][] steps(Trial trial, GradientEstimator estimator, long seed) {
        GateEstimation estimation = estimator.begin(trial.layout());
        RandomGenerator noise = new SplittableRandom(seed);
        return Stream.generate(() -> trial.step(estimation, noise)).limit(50).toArray(double[][]::new);
    }

    @ParameterizedTest
    @MethodSource("estimatorsAndGranularities")
    void twoEstimationsOfOneEstimatorShareNoState(GradientEstimator estimator, Granularity granularity) {
        Trial trial = new Trial(NETWORK, GATES, granularity);
        GateEstimation alone = estimator.begin(trial.layout());
        GateEstimation interleaved = estimator.begin(trial.layout());
        GateEstimation other = estimator.begin(trial.layout());
        RandomGenerator noise = new SplittableRandom(1);
        RandomGenerator sameNoise = new SplittableRandom(1);
        RandomGenerator otherNoise = new SplittableRandom(2);

        for (int step = 0; step < 20; step++) {
            double[] expected = trial.step(alone, noise);
            trial.step(other, otherNoise);

            assertThat(trial.step(interleaved, sameNoise)).containsExactly(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("estimatorsAndGranularities")
    void probesAreTheSameObjectsInEveryStep(GradientEstimator estimator, Granularity granularity) {
        GateEstimation estimation = estimator.begin(GATES.layout(granularity, 4));
        RandomGenerator noise = new SplittableRandom(1);

        List<Probe> first = estimation.draw(GATES.logits(), 1, 4, noise);
        List<Probe> second = estimation.draw(GATES.logits(), 1, 4, noise);

        assertThat(second).isSameAs(first);
        assertThat(second.get(0)).isSameAs(first.get(0));
    }

    @ParameterizedTest
    @MethodSource("estimatorsAndGranularities")
    void oneUniformNumberPerGateIsDrawnInRowMajorOrder(GradientEstimator estimator, Granularity granularity) {
        GateEstimation estimation = estimator.begin(GATES.layout(granularity, 4));
        double[] noise =
                new SplittableRandom(5).doubles(granularity.rows(3) * 6L).toArray();
        double[] probabilities = GATES.probabilities();

        Probe probe =
                estimation.draw(GATES.logits(), 1, 3, new FixedNoise(noise)).get(0);

        assertThat(probe.rows()).isEqualTo(granularity == Granularity.MINI_BATCH ? 1 : 3);
        assertThat(probe.units()).isEqualTo(6);
        for (int i = 0; i < noise.length; i++) {
            assertThat(probe.gates()[i]).isEqualTo(noise[i] < probabilities[i % 6] ? 1 : 0);
        }
    }

    @ParameterizedTest
    @MethodSource("estimatorsAndGranularities")
    void logitsAndSlopeAreThoseOfTheDrawEvenWhenTheCallerReusesItsArray(
            GradientEstimator estimator, Granularity granularity) {
        Trial trial = new Trial(NETWORK, GATES, granularity);
        GateEstimation estimation = estimator.begin(trial.layout());
        double[] expected = trial.step(estimator.begin(trial.layout()), new SplittableRandom(3));
        double[] logits = GATES.logits().clone();
        double[] gradient = new double[6];

        Probe probe = estimation.draw(logits, 1, 4, new SplittableRandom(3)).get(0);
        Arrays.fill(logits, 99);
        NETWORK.answer(probe, granularity);
        estimation.gradient(gradient);

        assertThat(gradient).containsExactly(expected);
    }

    @ParameterizedTest
    @MethodSource("estimatorsAndGranularities")
    void gradientOverwritesWhatTheArrayHeld(GradientEstimator estimator, Granularity granularity) {
        Trial trial = new Trial(NETWORK, GATES, granularity);
        double[] expected = trial.step(estimator.begin(trial.layout()), new SplittableRandom(3));
        GateEstimation estimation = estimator.begin(trial.layout());
        double[] gradient = {1, 2, Double.NaN, 4, 5, 6};

        NETWORK.answer(
                estimation.draw(GATES.logits(), 1, 4, new SplittableRandom(3)).get(0), granularity);
        estimation.gradient(gradient);

        assertThat(gradient).containsExactly(expected);
    }

    @ParameterizedTest
    @MethodSource("estimatorsAndGranularities")
    void rowsBeyondASmallBatchAreIgnored(GradientEstimator estimator, Granularity granularity) {
        double[][] expected = gradientsOfABatchOfTwo(estimator.begin(GATES.layout(granularity, 2)), granularity);

        GateEstimation roomy = estimator.begin(GATES.layout(granularity, 4));
        Probe probe = roomy.draw(GATES.logits(), 1, 4, new SplittableRandom(9)).get(0);
        Arrays.fill(probe.losses(), Double.NaN);
        Arrays.fill(probe.upstream(), Double.NaN);

        assertThat(gradientsOfABatchOfTwo(roomy, granularity)).isDeepEqualTo(expected);
    }

    private static double[][] gradientsOfABatchOfTwo(GateEstimation estimation, Granularity granularity) {
        double[][] gradients = new double[3][6];
        RandomGenerator noise = new SplittableRandom(11);
        for (double[] gradient : gradients) {
            Probe probe = estimation.draw(GATES.logits(), 1, 2, noise).get(0);
            NETWORK.answer(probe, granularity);
            estimation.gradient(gradient);
        }
        return gradients;
    }

    @ParameterizedTest
    @MethodSource("estimatorsAndGranularities")
    void gradientIsLinearInWhatTheNetworkAnswers(GradientEstimator estimator, Granularity granularity) {
        double[] once = firstGradient(estimator, granularity, 1);

        double[] thrice = firstGradient(estimator, granularity, 3);

        for (int i = 0; i < once.length; i++) {
            assertThat(thrice[i]).isCloseTo(3 * once[i], within(1e-12));
        }
    }

    private static double[] firstGradient(GradientEstimator estimator, Granularity granularity, double scale) {
        GateEstimation estimation = estimator.begin(GATES.layout(granularity, 4));
        Probe probe =
                estimation.draw(GATES.logits(), 1, 4, new SplittableRandom(3)).get(0);
        NETWORK.answer(probe, granularity);
        Arrays.setAll(probe.losses(), i -> scale * probe.losses()[i]);
        Arrays.setAll(probe.upstream(), i -> scale * probe.upstream()[i]);
        double[] gradient = new double[6];
        estimation.gradient(gradient);
        return gradient;
    }

    @ParameterizedTest
    @MethodSource("scoreEstimators")
    void scoreEstimatorsAskForTheLossOnly(GradientEstimator estimator) {
        Probe probe = firstProbe(estimator);

        assertThat(probe.needsLoss()).isTrue();
        assertThat(probe.needsUpstream()).isFalse();
    }

    @Test
    void straightThroughAsksForTheUpstreamGradientOnly() {
        Probe probe = firstProbe(StraightThrough.DERIVATIVE);

        assertThat(probe.needsLoss()).isFalse();
        assertThat(probe.needsUpstream()).isTrue();
    }

    private static Probe firstProbe(GradientEstimator estimator) {
        return estimator
                .begin(GATES.layout(Granularity.MINI_BATCH, 1))
                .draw(GATES.logits(), 1, 1, new SplittableRandom(1))
                .get(0);
    }

    @ParameterizedTest
    @MethodSource("scoreEstimators")
    void deterministicSamplingIsRefusedWithWhatWouldWork(GradientEstimator estimator) {
        BinaryNeuron neuron = new BinaryNeuron(GateActivation.SIGMOID, BinaryNeuron.Sampling.DETERMINISTIC);
        GateLayout layout = new GateLayout(neuron, Granularity.MINI_BATCH, 6, 4);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> estimator.begin(layout))
                .withMessageStartingWith("estimator " + estimator.name())
                .withMessageEndingWith("use stochastic sampling, or estimator st-sigmoid or st-identity");
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void unbiasedOverBothOutcomesOfOneGateIsTheExactGradient(
            @ForAll GateActivation activation,
            @ForAll @DoubleRange(min = -0.99, max = 0.99) double argument,
            @ForAll @DoubleRange(min = 0.1, max = 5) double slope,
            @ForAll @DoubleRange(min = -10, max = 10) double lossIfOpen,
            @ForAll @DoubleRange(min = -10, max = 10) double lossIfClosed) {
        Gates gates = new Gates(activation, slope, new double[] {argument / slope});
        double p = gates.probabilities()[0];
        GateEstimation estimation = new Unbiased().begin(gates.layout(Granularity.MINI_BATCH, 1));

        double expectation = p * outcome(estimation, gates, 0, lossIfOpen)
                + (1 - p) * outcome(estimation, gates, Math.nextDown(1.0), lossIfClosed);

        assertThat(expectation)
                .isCloseTo(
                        activation.derivative(gates.logits()[0], slope) * (lossIfOpen - lossIfClosed), within(1e-10));
    }

    private static double outcome(GateEstimation estimation, Gates gates, double noise, double loss) {
        Probe probe = estimation
                .draw(gates.logits(), gates.slope(), 1, new FixedNoise(noise))
                .get(0);
        probe.losses()[0] = loss;
        double[] gradient = new double[1];
        estimation.gradient(gradient);
        return gradient[0];
    }

    @Test
    void firstStepOfCentredHasNoBaseline() {
        Trial trial = new Trial(NETWORK, GATES, Granularity.PER_EXAMPLE);

        double[] centred = trial.step(new Centred().begin(trial.layout()), new SplittableRandom(3));

        double[] unbiased = trial.step(new Unbiased().begin(trial.layout()), new SplittableRandom(3));
        for (int i = 0; i < unbiased.length; i++) {
            assertThat(centred[i]).isCloseTo(unbiased[i], within(1e-15));
        }
    }

    @Test
    void centredNeedsNoMoreStepsOnceTheLossIsConstant() {
        GateEstimation estimation = new Centred().begin(GATES.layout(Granularity.MINI_BATCH, 1));
        RandomGenerator noise = new SplittableRandom(3);
        double[] gradient = new double[6];

        for (int step = 0; step < 2; step++) {
            estimation.draw(GATES.logits(), 1, 1, noise).get(0).losses()[0] = 42;
            estimation.gradient(gradient);
        }

        assertThat(gradient).containsExactly(new double[6], within(1e-12));
    }

    @Test
    void centredWithoutDecayCentresByTheStepBefore() {
        GateEstimation estimation = new Centred(0).begin(GATES.layout(Granularity.MINI_BATCH, 1));
        double[] gradient = new double[6];

        estimation.draw(GATES.logits(), 1, 1, new SplittableRandom(3)).get(0).losses()[0] = 5;
        estimation.gradient(gradient);
        Probe probe =
                estimation.draw(GATES.logits(), 1, 1, new SplittableRandom(4)).get(0);
        probe.losses()[0] = 7;
        estimation.gradient(gradient);

        double[] probabilities = GATES.probabilities();
        for (int i = 0; i < gradient.length; i++) {
            assertThat(gradient[i]).isCloseTo((probe.gates()[i] - probabilities[i]) * (7 - 5), within(1e-12));
        }
    }

    @Test
    void baselinesThatCentredStartsFromAreCopied() {
        double[] baselines = {1, 1, 1, 1, 1, 1};
        Trial trial = new Trial(NETWORK, GATES, Granularity.MINI_BATCH);
        double[] expected = trial.step(new Centred().withBaselines(trial.layout(), baselines), new SplittableRandom(3));
        GateEstimation estimation = new Centred().withBaselines(trial.layout(), baselines);

        Arrays.fill(baselines, 99);

        assertThat(trial.step(estimation, new SplittableRandom(3))).containsExactly(expected);
    }

    @ParameterizedTest
    @MethodSource("estimatorsAndGranularities")
    void batchThatTheLayoutHasNoRoomForIsRefused(GradientEstimator estimator, Granularity granularity) {
        GateEstimation estimation = estimator.begin(GATES.layout(granularity, 4));

        for (int batchSize : new int[] {-1, 0, 5}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> estimation.draw(GATES.logits(), 1, batchSize, new SplittableRandom(1)))
                    .withMessage("batchSize must be in [1, 4], got " + batchSize);
        }
    }

    @Test
    void decayOutsideItsRangeIsRefused() {
        for (double decay : new double[] {-0.1, 1, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Centred(decay))
                    .withMessage("decay must be in [0, 1), got " + decay);
        }
    }
}
