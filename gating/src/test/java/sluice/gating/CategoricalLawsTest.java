package sluice.gating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** What holds for any gates that choose one of K. */
class CategoricalLawsTest {
    private static final int BATCH = 3;

    @Provide
    Arbitrary<GradientEstimator> estimators() {
        return Arbitraries.of(Stream.concat(
                        CategoricalProblem.estimators(3),
                        Arrays.stream(CategoricalReferenceEstimator.values())
                                .map(CategoricalReferenceEstimator::estimator))
                .toList());
    }

    @Property(tries = 300)
    void exactlyOneGateOfARunIsOpenOrSoftGatesSumToOne(
            @ForAll("estimators") GradientEstimator estimator,
            @ForAll Granularity granularity,
            @ForAll @IntRange(min = 2, max = 7) int choices,
            @ForAll @IntRange(min = 1, max = 4) int runs,
            @ForAll @DoubleRange(min = 0, max = 500) double spread,
            @ForAll long seed) {
        GateLayout layout = layout(granularity, runs * choices, choices, GateLayout.Logits.SHARED);
        Drawn drawn = new Drawn(estimator.begin(layout), logits(layout, spread, seed), seed);

        for (Probe probe : drawn.estimation().probes()) {
            assertThat(probe.gates()).hasSize(layout.maxRows() * layout.units());
            for (int from = 0; from < probe.gates().length; from += choices) {
                double[] run = Arrays.copyOfRange(probe.gates(), from, from + choices);
                assertThat(Arrays.stream(run).sum()).isCloseTo(1, within(1e-12));
                if (probe.values() == Probe.Values.BINARY) {
                    assertThat(run).containsOnly(0, 1).containsOnlyOnce(1);
                } else {
                    assertThat(Arrays.stream(run).allMatch(gate -> gate >= 0 && gate <= 1))
                            .isTrue();
                }
            }
        }
    }

    @Property(tries = 300)
    void gradientIsFiniteAndSumsToNothingOverARun(
            @ForAll("estimators") GradientEstimator estimator,
            @ForAll Granularity granularity,
            @ForAll GateLayout.Logits whose,
            @ForAll @IntRange(min = 2, max = 7) int choices,
            @ForAll @IntRange(min = 1, max = 4) int runs,
            @ForAll @DoubleRange(min = 0, max = 500) double spread,
            @ForAll long seed) {
        Granularity fitting = whose == GateLayout.Logits.PER_EXAMPLE ? Granularity.PER_EXAMPLE : granularity;
        GateLayout layout = layout(fitting, runs * choices, choices, whose);

        double[] gradient = new Drawn(estimator.begin(layout), logits(layout, spread, seed), seed).gradient();

        assertThat(gradient).hasSize(layout.maxLogits());
        for (int from = 0; from < gradient.length; from += choices) {
            double sum = Arrays.stream(gradient, from, from + choices).sum();
            assertThat(sum).isCloseTo(0, within(1e-11));
        }
    }

    @Property(tries = 100)
    void sharedLogitsLearnTheSumOfWhatLogitsPerExampleLearn(
            @ForAll("estimators") GradientEstimator estimator,
            @ForAll @IntRange(min = 2, max = 5) int choices,
            @ForAll long seed) {
        GateLayout shared = layout(Granularity.PER_EXAMPLE, 2 * choices, choices, GateLayout.Logits.SHARED);
        GateLayout own = layout(Granularity.PER_EXAMPLE, 2 * choices, choices, GateLayout.Logits.PER_EXAMPLE);
        double[] logits = logits(shared, 2, seed);
        double[] repeated = new double[BATCH * logits.length];
        Arrays.setAll(repeated, l -> logits[l % logits.length]);

        double[] together = new Drawn(estimator.begin(shared), logits, seed).gradient();
        double[] apart = new Drawn(estimator.begin(own), repeated, seed).gradient();

        for (int i = 0; i < together.length; i++) {
            double sum = 0;
            for (int l = i; l < apart.length; l += logits.length) {
                sum += apart[l];
            }
            assertThat(together[i]).isCloseTo(sum, within(1e-12));
        }
    }

    @Property(tries = 100)
    void slopeMultipliesTheLogitsAndTheGradient(
            @ForAll("estimators") GradientEstimator estimator,
            @ForAll @DoubleRange(min = 0.1, max = 5) double slope,
            @ForAll long seed) {
        GateLayout layout = layout(Granularity.MINI_BATCH, 6, 3, GateLayout.Logits.SHARED);
        double[] logits = logits(layout, 2, seed);
        double[] scaled = Arrays.stream(logits).map(a -> slope * a).toArray();

        Drawn steep = new Drawn(estimator.begin(layout), logits, slope, seed);
        Drawn plain = new Drawn(estimator.begin(layout), scaled, 1, seed);

        assertThat(steep.probe().gates()).containsExactly(plain.probe().gates());
        double[] expected = plain.gradient();
        double[] gradient = steep.gradient();
        for (int i = 0; i < gradient.length; i++) {
            assertThat(gradient[i]).isCloseTo(slope * expected[i], within(1e-12));
        }
    }

    @Property(tries = 200)
    void choiceOfTwoIsTheBinaryConcreteGate(
            @ForAll boolean straightThrough,
            @ForAll @DoubleRange(min = -6, max = 6) double logit,
            @ForAll @DoubleRange(min = 0.1, max = 3) double temperature,
            @ForAll @DoubleRange(min = 0.01, max = 0.99) double first,
            @ForAll @DoubleRange(min = 0.01, max = 0.99) double second) {
        Schedule schedule = new Schedule.Constant(temperature);
        GateLayout two = layout(Granularity.MINI_BATCH, 2, 2, GateLayout.Logits.SHARED);
        GateLayout one = layout(Granularity.MINI_BATCH, 1, 1, GateLayout.Logits.SHARED);
        // the difference of two Gumbel numbers is the logistic one of this uniform number
        double u = Math.log(second) / (Math.log(first) + Math.log(second));
        Assume.that(Math.abs(logit + GatewiseEstimation.logit(u)) > 1e-9);

        Drawn choice = new Drawn(
                new GumbelSoftmax(schedule, straightThrough).begin(two),
                new double[] {logit, 0},
                1,
                new FixedNoise(first, second));
        Drawn gate = new Drawn(
                new BinaryConcrete(schedule, straightThrough).begin(one), new double[] {logit}, 1, new FixedNoise(u));

        assertThat(choice.probe().gates()[0]).isCloseTo(gate.probe().gates()[0], within(1e-9));
        choice.probe().upstream()[0] = 1.3;
        choice.probe().upstream()[1] = -0.4;
        gate.probe().upstream()[0] = 1.7;
        double expected = gate.estimate()[0];
        assertThat(choice.estimate()[0]).isCloseTo(expected, within(1e-9));
        assertThat(choice.estimate()[1]).isCloseTo(-expected, within(1e-9));
    }

    private static GateLayout layout(Granularity granularity, int units, int choices, GateLayout.Logits whose) {
        return new GateLayout(BinaryNeuron.STOCHASTIC_SIGMOID, granularity, units, BATCH, choices, whose);
    }

    private static double[] logits(GateLayout layout, double spread, long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        double[] logits = new double[layout.maxLogits()];
        Arrays.setAll(logits, l -> spread * (random.nextDouble() - 0.5));
        return logits;
    }

    /** An estimation with gates drawn. */
    private record Drawn(GateEstimation estimation, int logits) {
        Drawn(GateEstimation estimation, double[] logits, long seed) {
            this(estimation, logits, 1, seed);
        }

        Drawn(GateEstimation estimation, double[] logits, double slope, long seed) {
            this(estimation, logits, slope, new SplittableRandom(seed + 1));
        }

        Drawn(GateEstimation estimation, double[] logits, double slope, RandomGenerator noise) {
            this(estimation, logits.length);
            estimation.draw(logits, slope, Progress.START, BATCH, noise);
        }

        Probe probe() {
            return estimation.probes().get(0);
        }

        /** The estimate from answers that are the same every time; what was not asked for is not a number. */
        double[] gradient() {
            for (int i = 0; i < estimation.probes().size(); i++) {
                answer(estimation.probes().get(i), i);
            }
            return estimate();
        }

        private static void answer(Probe probe, int index) {
            Arrays.setAll(probe.losses(), row -> probe.needsLoss() ? 1 + Math.sin(row + index) : Double.NaN);
            Arrays.setAll(
                    probe.upstream(),
                    at -> probe.needsClosedUpstream() || probe.gates()[at] != 0 ? Math.cos(at + index) : Double.NaN);
        }

        double[] estimate() {
            double[] gradient = new double[logits];
            estimation.gradient(gradient);
            return gradient;
        }
    }
}
