package sluice.gating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import sluice.gating.exact.GatedLoss;
import sluice.gating.exact.NetworkLoss;
import sluice.gating.exact.ProbeAnswers;

/** A choice of two is a binary gate of the difference of their logits, under the same noise and with running state. */
class ChoiceOfTwoTest {
    private static final int UNITS = 3;
    private static final int STEPS = 4;

    @Provide
    Arbitrary<GradientEstimator> estimatorsOfOneNumberPerGate() {
        return Arbitraries.of(
                new Centred(0.9, 2),
                new LeaveOneOut(3),
                new MuProp(0.9),
                new Antithetic(Antithetic.Form.ARM),
                new Antithetic(Antithetic.Form.DISARM));
    }

    @Property(tries = 200)
    void estimatesAreThoseOfBinaryGates(
            @ForAll("estimatorsOfOneNumberPerGate") GradientEstimator estimator,
            @ForAll Granularity granularity,
            @ForAll @DoubleRange(min = 0.2, max = 3) double slope,
            @ForAll long seed) {
        assertAgreement(estimator, granularity, slope, seed, new SplittableRandom(seed), new SplittableRandom(seed));
    }

    @Property(tries = 200)
    void rebarIsThatOfBinaryGatesWithItsWeightTuned(
            @ForAll Granularity granularity,
            @ForAll @DoubleRange(min = 0.3, max = 2) double temperature,
            @ForAll @DoubleRange(min = 0.2, max = 3) double slope,
            @ForAll long seed) {
        Relaxation estimator = new Relaxation(Relaxation.Form.REBAR, new Schedule.Constant(temperature), 1, 0.5, 0);
        int pairs = STEPS * UNITS * granularity.rows(4) * 2;
        double[] uniforms =
                new SplittableRandom(seed).doubles(2L * pairs, 0.01, 0.99).toArray();
        // the difference of two Gumbel numbers is the logistic one of this uniform number
        double[] differences = new double[pairs];
        Arrays.setAll(differences, i -> {
            double first = -Math.log(uniforms[2 * i]);
            double second = -Math.log(uniforms[2 * i + 1]);
            return second / (first + second);
        });

        assertAgreement(estimator, granularity, slope, seed, new FixedNoise(uniforms), new FixedNoise(differences));
    }

    private static void assertAgreement(
            GradientEstimator estimator,
            Granularity granularity,
            double slope,
            long seed,
            RandomGenerator noiseOfTwo,
            RandomGenerator noise) {
        RandomGenerator random = new SplittableRandom(seed + 1);
        GatedLoss loss = NetworkLoss.random(UNITS, random);
        double[] logitsOfTwo = random.doubles(2 * UNITS, -1.5, 1.5).toArray();
        double[] logits = new double[UNITS];
        Arrays.setAll(logits, i -> logitsOfTwo[2 * i] - logitsOfTwo[2 * i + 1]);
        Steps two = new Steps(estimator, new OfTwo(loss), 2, granularity);
        Steps one = new Steps(estimator, loss, 1, granularity);

        for (int step = 0; step < STEPS; step++) {
            double[] ofTwo = two.step(logitsOfTwo, slope, noiseOfTwo);
            double[] expected = one.step(logits, slope, noise);

            for (int i = 0; i < UNITS; i++) {
                assertThat(ofTwo[2 * i]).isCloseTo(expected[i], within(1e-9));
                assertThat(ofTwo[2 * i + 1]).isCloseTo(-expected[i], within(1e-9));
            }
        }
    }

    private record Steps(GateEstimation estimation, ProbeAnswers answers, int units, int examples) {
        Steps(GradientEstimator estimator, GatedLoss loss, int choices, Granularity granularity) {
            this(
                    estimator.begin(new GateLayout(
                            BinaryNeuron.STOCHASTIC_SIGMOID,
                            granularity,
                            loss.units(),
                            loss.examples(),
                            choices,
                            GateLayout.Logits.SHARED)),
                    new ProbeAnswers(loss, granularity),
                    loss.units(),
                    loss.examples());
        }

        double[] step(double[] logits, double slope, RandomGenerator noise) {
            double[] gradient = new double[units];
            estimation.draw(logits, slope, Progress.START, examples, noise);
            estimation.probes().forEach(answers::answer);
            estimation.gradient(gradient);
            return gradient;
        }
    }

    /** A loss of binary gates as one of choices of two, {@code h = (1 + D_1 - D_2) / 2}. */
    private record OfTwo(GatedLoss binary) implements GatedLoss {
        @Override
        public int units() {
            return 2 * binary.units();
        }

        @Override
        public int examples() {
            return binary.examples();
        }

        @Override
        public double loss(int example, double[] gates) {
            return binary.loss(example, binary(gates));
        }

        @Override
        public void addGradient(int example, double[] gates, double weight, double[] into) {
            double[] gradient = new double[binary.units()];
            binary.addGradient(example, binary(gates), weight / 2, gradient);
            for (int i = 0; i < gradient.length; i++) {
                into[2 * i] += gradient[i];
                into[2 * i + 1] -= gradient[i];
            }
        }

        private static double[] binary(double[] gates) {
            double[] binary = new double[gates.length / 2];
            Arrays.setAll(binary, i -> (1 + gates[2 * i] - gates[2 * i + 1]) / 2);
            return binary;
        }
    }
}
