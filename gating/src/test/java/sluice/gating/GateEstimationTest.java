package sluice.gating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.gating.exact.GatedLoss;
import sluice.gating.exact.Gates;
import sluice.gating.exact.ProbeAnswers;
import sluice.gating.exact.Trial;

/** What holds for the running part of every estimator. */
@Tag("slow")
@net.jqwik.api.Tag("slow")
class GateEstimationTest {
    private static final Gates GATES = GateSetting.SIGMOID.gates();
    private static final GatedLoss NETWORK = ReferenceProblem.NETWORK.loss();

    static Stream<Arguments> estimatorsAndGranularities() {
        return EveryEstimator.withGranularities();
    }

    /** Those whose gate is one draw of the binary neuron. */
    static Stream<Arguments> neuronsAndGranularities() {
        Set<String> others = Set.of("unbiased", "centred", "reinmax");
        return EveryEstimator.withGranularities().filter(arguments -> {
            String name = ((GradientEstimator) arguments.get()[0]).name();
            return others.contains(name) || (name.startsWith("st-") && !name.equals("st-concrete"));
        });
    }

    static Stream<GradientEstimator> scoreEstimators() {
        return Stream.of(
                new Unbiased(),
                new Centred(),
                new Centred(0.9, 3),
                new LeaveOneOut(3),
                new Antithetic(Antithetic.Form.ARM),
                new Antithetic(Antithetic.Form.DISARM));
    }

    static Stream<GradientEstimator> pathwiseEstimators() {
        return EveryEstimator.ofIndependentGates()
                .filter(estimator -> Set.of(EstimatorFamily.STRAIGHT_THROUGH, EstimatorFamily.RELAXED)
                        .contains(Estimators.BY_NAME.get(estimator.name()).family()));
    }

    private static Trial trial(GradientEstimator estimator, Granularity granularity) {
        return new Trial(NETWORK, EveryEstimator.gatesFor(estimator), granularity);
    }

    private static void draw(GateEstimation estimation, Gates gates, int batchSize, RandomGenerator noise) {
        estimation.draw(gates.logits(), gates.slope(), Progress.START, batchSize, noise);
    }

    private static void answer(GateEstimation estimation, Granularity granularity) {
        ProbeAnswers answers = new ProbeAnswers(NETWORK, granularity);
        estimation.probes().forEach(answers::answer);
    }

    @ParameterizedTest
    @MethodSource("estimatorsAndGranularities")
    void sameSeedGivesTheSameBits(GradientEstimator estimator, Granularity granularity) {
        Trial trial = trial(estimator, granularity);

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
        Trial trial = trial(estimator, granularity);
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
        Trial trial = trial(estimator, granularity);
        GateEstimation estimation = estimator.begin(trial.layout());
        List<Probe> first = List.copyOf(estimation.probes());

        trial.step(estimation, new SplittableRandom(1));

        assertThat(estimation.probes())
                .usingElementComparator((x, y) -> x == y ? 0 : 1)
                .isEqualTo(first);
    }

    @ParameterizedTest
    @MethodSource("estimatorsAndGranularities")
    void weightsLearnFromOneProbeAndBinaryProbesHoldZerosAndOnes(GradientEstimator estimator, Granularity granularity) {
        Gates gates = EveryEstimator.gatesFor(estimator);
        GateEstimation estimation = estimator.begin(gates.layout(granularity, 4));

        draw(estimation, gates, 4, new SplittableRandom(1));

        assertThat(estimation.probes()).filteredOn(Probe::trainsWeights).hasSize(1);
        for (Probe probe : estimation.probes()) {
            assertThat(probe.units()).isEqualTo(6);
            assertThat(probe.gates()).hasSize(granularity.rows(4) * 6);
            for (double gate : probe.gates()) {
                assertThat(gate).isFinite();
                assertThat(probe.values() == Probe.Values.RELAXED || gate == 0 || gate == 1)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("neuronsAndGranularities")
    void oneUniformNumberPerGateIsDrawnInRowMajorOrder(GradientEstimator estimator, Granularity granularity) {
        Gates gates = EveryEstimator.gatesFor(estimator);
        GateEstimation estimation = estimator.begin(gates.layout(granularity, 4));
        double[] noise =
                new SplittableRandom(5).doubles(granularity.rows(3) * 6L).toArray();
        double[] probabilities = gates.probabilities();

        draw(estimation, gates, 3, new FixedNoise(noise));

        Probe probe = estimation.probes().get(0);
        assertThat(estimation.probes()).hasSize(1);
        assertThat(probe.rows()).isEqualTo(granularity == Granularity.MINI_BATCH ? 1 : 3);
        for (int i = 0; i < noise.length; i++) {
            assertThat(probe.gates()[i]).isEqualTo(noise[i] < probabilities[i % 6] ? 1 : 0);
        }
    }

    @ParameterizedTest
    @MethodSource("estimatorsOfIndependentGates")
    void eachExampleDrawsAsItWouldAlone(GradientEstimator estimator) {
        Gates gates = EveryEstimator.gatesFor(estimator);
        GateEstimation together = estimator.begin(gates.layout(Granularity.PER_EXAMPLE, 3));
        GateEstimation alone = estimator.begin(gates.layout(Granularity.PER_EXAMPLE, 1));
        RandomGenerator noise = new SplittableRandom(5);

        draw(together, gates, 3, new SplittableRandom(5));

        for (int row = 0; row < 3; row++) {
            draw(alone, gates, 1, noise);
            for (int i = 0; i < together.probes().size(); i++) {
                double[] all = together.probes().get(i).gates();
                assertThat(Arrays.copyOfRange(all, row * 6, (row + 1) * 6))
                        .containsExactly(alone.probes().get(i).gates());
            }
        }
    }

    static Stream<GradientEstimator> estimatorsOfIndependentGates() {
        return EveryEstimator.ofIndependentGates();
    }

    @ParameterizedTest
    @MethodSource("estimatorsAndGranularities")
    void logitsAndSlopeAreThoseOfTheDrawEvenWhenTheCallerReusesItsArray(
            GradientEstimator estimator, Granularity granularity) {
        Trial trial = trial(estimator, granularity);
        GateEstimation estimation = estimator.begin(trial.layout());
        double[] expected = trial.step(estimator.begin(trial.layout()), new SplittableRandom(3));
        double[] logits = trial.gates().logits().clone();
        double[] gradient = new double[6];

        draw(estimation, trial.gates().withLogits(logits), 4, new SplittableRandom(3));
        Arrays.fill(logits, 99);
        answer(estimation, granularity);
        estimation.gradient(gradient);

        assertThat(gradient).containsExactly(expected);
    }

    @ParameterizedTest
    @MethodSource("estimatorsAndGranularities")
    void gradientOverwritesWhatTheArrayHeld(GradientEstimator estimator, Granularity granularity) {
        Trial trial = trial(estimator, granularity);
        double[] expected = trial.step(estimator.begin(trial.layout()), new SplittableRandom(3));
        GateEstimation estimation = estimator.begin(trial.layout());
        double[] gradient = {1, 2, Double.NaN, 4, 5, 6};

        draw(estimation, trial.gates(), 4, new SplittableRandom(3));
        answer(estimation, granularity);
        estimation.gradient(gradient);

        assertThat(gradient).containsExactly(expected);
    }

    @ParameterizedTest
    @MethodSource("estimatorsAndGranularities")
    void rowsBeyondASmallBatchAreIgnored(GradientEstimator estimator, Granularity granularity) {
        Gates gates = EveryEstimator.gatesFor(estimator);
        double[][] expected = gradientsOfABatchOfTwo(estimator.begin(gates.layout(granularity, 2)), gates, granularity);

        GateEstimation roomy = estimator.begin(gates.layout(granularity, 4));
        draw(roomy, gates, 4, new SplittableRandom(9));
        for (Probe probe : roomy.probes()) {
            Arrays.fill(probe.losses(), Double.NaN);
            Arrays.fill(probe.upstream(), Double.NaN);
        }

        assertThat(gradientsOfABatchOfTwo(roomy, gates, granularity)).isDeepEqualTo(expected);
    }

    private static double[][] gradientsOfABatchOfTwo(GateEstimation estimation, Gates gates, Granularity granularity) {
        double[][] gradients = new double[3][6];
        RandomGenerator noise = new SplittableRandom(11);
        for (double[] gradient : gradients) {
            draw(estimation, gates, 2, noise);
            answer(estimation, granularity);
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
        Gates gates = EveryEstimator.gatesFor(estimator);
        GateEstimation estimation = estimator.begin(gates.layout(granularity, 4));
        draw(estimation, gates, 4, new SplittableRandom(3));
        answer(estimation, granularity);
        for (Probe probe : estimation.probes()) {
            Arrays.setAll(probe.losses(), i -> scale * probe.losses()[i]);
            Arrays.setAll(probe.upstream(), i -> scale * probe.upstream()[i]);
        }
        double[] gradient = new double[6];
        estimation.gradient(gradient);
        return gradient;
    }

    @ParameterizedTest
    @MethodSource("estimatorsAndGranularities")
    void slopeScalesLogitsAndGradient(GradientEstimator estimator, Granularity granularity) {
        Trial trial = trial(estimator, granularity);
        Gates steep = new Gates(
                trial.gates().activation(),
                4,
                Arrays.stream(trial.gates().logits()).map(a -> a / 4).toArray());
        double[] expected = trial.step(estimator.begin(trial.layout()), new SplittableRandom(3));

        double[] gradient =
                new Trial(NETWORK, steep, granularity).step(estimator.begin(trial.layout()), new SplittableRandom(3));

        boolean passedOn =
                Set.of("st-identity", "st-active-identity", "st-clipped").contains(estimator.name());
        for (int i = 0; i < expected.length; i++) {
            assertThat(gradient[i]).isCloseTo((passedOn ? 1 : 4) * expected[i], within(1e-12));
        }
    }

    @ParameterizedTest
    @MethodSource("estimatorsAndGranularities")
    void gatesAndGradientsOfExtremeLogitsAreFinite(GradientEstimator estimator, Granularity granularity) {
        Trial trial = new Trial(
                NETWORK,
                EveryEstimator.gatesFor(estimator).withLogits(new double[] {-800, -40, -17, 17, 40, 800}),
                granularity);
        GateEstimation estimation = estimator.begin(trial.layout());
        RandomGenerator noise = new SplittableRandom(1);

        for (int step = 0; step < 20; step++) {
            double[] gradient = trial.step(estimation, noise);

            assertThat(Arrays.stream(gradient).allMatch(Double::isFinite)).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("scoreEstimators")
    void scoreEstimatorsAskForTheLossOnly(GradientEstimator estimator) {
        assertThat(estimator.begin(GATES.layout(Granularity.MINI_BATCH, 1)).probes())
                .allMatch(probe -> probe.needsLoss() && !probe.needsUpstream());
    }

    @ParameterizedTest
    @MethodSource("pathwiseEstimators")
    void pathwiseEstimatorsAskForTheUpstreamGradientOnly(GradientEstimator estimator) {
        Gates gates = EveryEstimator.gatesFor(estimator);

        assertThat(estimator.begin(gates.layout(Granularity.MINI_BATCH, 1)).probes())
                .hasSize(1)
                .allMatch(probe -> !probe.needsLoss() && probe.needsUpstream());
    }

    @ParameterizedTest
    @MethodSource("estimatorsThatCompareSamples")
    void comparedSamplesOfAConstantLossGiveNoGradient(GradientEstimator estimator) {
        GateEstimation estimation = estimator.begin(GATES.layout(Granularity.MINI_BATCH, 1));
        double[] gradient = new double[6];

        draw(estimation, GATES, 1, new SplittableRandom(3));
        estimation.probes().forEach(probe -> probe.losses()[0] = 42);
        estimation.gradient(gradient);

        assertThat(gradient).containsExactly(new double[6], within(1e-12));
    }

    static Stream<GradientEstimator> estimatorsThatCompareSamples() {
        return scoreEstimators().skip(3);
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
        draw(estimation, gates, 1, new FixedNoise(noise));
        estimation.probes().get(0).losses()[0] = loss;
        double[] gradient = new double[1];
        estimation.gradient(gradient);
        return gradient[0];
    }

    @ParameterizedTest
    @MethodSource("estimatorsAndGranularities")
    void batchThatTheLayoutHasNoRoomForIsRefused(GradientEstimator estimator, Granularity granularity) {
        Gates gates = EveryEstimator.gatesFor(estimator);
        GateEstimation estimation = estimator.begin(gates.layout(granularity, 4));

        for (int batchSize : new int[] {-1, 0, 5}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> draw(estimation, gates, batchSize, new SplittableRandom(1)))
                    .withMessage("batchSize must be in [1, 4], got " + batchSize);
        }
    }
}
