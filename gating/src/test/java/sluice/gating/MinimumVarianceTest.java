package sluice.gating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** What makes the straight-through estimator of least weights: exact for quadratic losses, and no weights are less. */
class MinimumVarianceTest {
    @Property(tries = 200)
    void meanIsTheGradientOfEveryQuadraticLoss(
            @ForAll @IntRange(min = 2, max = 8) int choices,
            @ForAll @DoubleRange(min = 0, max = 30) double spread,
            @ForAll long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        Run run = Run.random(choices, spread, random);
        double[] linear = random.doubles(choices, -1, 1).toArray();
        double[][] curvature = new double[choices][choices];
        for (int i = 0; i < choices; i++) {
            for (int j = 0; j <= i; j++) {
                curvature[i][j] = random.nextDouble(-1, 1);
                curvature[j][i] = curvature[i][j];
            }
        }
        double[] losses = new double[choices];
        Arrays.setAll(losses, i -> linear[i] + curvature[i][i] / 2);

        double[] mean = new double[choices];
        for (int open = 0; open < choices; open++) {
            double[] upstream = linear.clone();
            for (int j = 0; j < choices; j++) {
                upstream[j] += curvature[j][open];
            }
            double[] estimate = run.minimumVariance(open, upstream);
            for (int j = 0; j < choices; j++) {
                mean[j] += run.probability(open) * estimate[j];
            }
        }

        double expectedLoss = 0;
        for (int i = 0; i < choices; i++) {
            expectedLoss += run.probability(i) * losses[i];
        }
        for (int i = 0; i < choices; i++) {
            assertThat(mean[i]).isCloseTo(run.probability(i) * (losses[i] - expectedLoss), within(1e-12));
        }
    }

    /** Where W is the least, it is at right angles to what leads from it to any other that is exact. */
    @Property(tries = 100)
    void weightsAreAtRightAnglesToTheirDifferenceFromThoseOfReinMax(
            @ForAll @IntRange(min = 2, max = 8) int choices,
            @ForAll @DoubleRange(min = 0, max = 10) double spread,
            @ForAll long seed) {
        Run run = Run.random(choices, spread, new SplittableRandom(seed));

        double product = 0;
        double least = 0;
        double reinMax = 0;
        for (int open = 0; open < choices; open++) {
            for (int j = 0; j < choices; j++) {
                double[] unit = new double[choices];
                unit[j] = 1;
                double[] column = run.minimumVariance(open, unit);
                double[] other = run.reinMax(open, unit);
                for (int m = 0; m < choices; m++) {
                    product += run.probability(open) * column[m] * (other[m] - column[m]);
                    least += run.probability(open) * column[m] * column[m];
                    reinMax += run.probability(open) * other[m] * other[m];
                }
            }
        }

        assertThat(product).isCloseTo(0, within(1e-12));
        assertThat(least).isLessThanOrEqualTo(reinMax + 1e-12);
        if (choices > 2 && spread > 0 && spread < 3) {
            assertThat(least).isLessThan(reinMax);
        }
    }

    @Property(tries = 100)
    void probabilitiesThatAreHardlyNumbersGiveFiniteEstimates(
            @ForAll @IntRange(min = 2, max = 8) int choices, @ForAll long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        GateEstimation least = Run.random(choices, 0, random).least();
        double[] logits = random.doubles(choices, -760, -690).toArray();
        logits[random.nextInt(choices)] = 0;
        double[] gradient = new double[choices];

        least.draw(logits, 1, Progress.START, 1, random);
        Arrays.fill(least.probes().get(0).upstream(), 3);
        least.gradient(gradient);

        assertThat(Arrays.stream(gradient).allMatch(Double::isFinite)).isTrue();
    }

    /** One choice, opened where a test wants it. */
    private record Run(double[] logits, double[] probabilities, GateEstimation least) {
        static Run random(int choices, double spread, RandomGenerator random) {
            double[] logits = new double[choices];
            Arrays.setAll(logits, i -> spread * (random.nextDouble() - 0.5));
            double[] probabilities = Arrays.stream(logits).map(Math::exp).toArray();
            double sum = Arrays.stream(probabilities).sum();
            Arrays.setAll(probabilities, i -> probabilities[i] / sum);
            GateLayout layout = new GateLayout(
                    BinaryNeuron.STOCHASTIC_SIGMOID,
                    Granularity.MINI_BATCH,
                    choices,
                    1,
                    choices,
                    GateLayout.Logits.SHARED);
            return new Run(logits, probabilities, new MinimumVariance().begin(layout));
        }

        double probability(int gate) {
            return probabilities[gate];
        }

        double[] minimumVariance(int open, double[] upstream) {
            double below = 0;
            for (int j = 0; j < open; j++) {
                below += probabilities[j];
            }
            least.draw(logits, 1, Progress.START, 1, new FixedNoise(below + probabilities[open] / 2));
            Probe probe = least.probes().get(0);
            assertThat(probe.gates()[open]).isEqualTo(1);
            System.arraycopy(upstream, 0, probe.upstream(), 0, upstream.length);
            double[] gradient = new double[upstream.length];
            least.gradient(gradient);
            return gradient;
        }

        /** {@code (J(pi) + (e - pi)(e - pi)') d / 2}. */
        double[] reinMax(int open, double[] upstream) {
            double mean = 0;
            for (int j = 0; j < upstream.length; j++) {
                mean += probabilities[j] * upstream[j];
            }
            double[] gradient = new double[upstream.length];
            for (int j = 0; j < upstream.length; j++) {
                double score = (j == open ? 1 : 0) - probabilities[j];
                gradient[j] = (probabilities[j] * (upstream[j] - mean) + score * (upstream[open] - mean)) / 2;
            }
            return gradient;
        }
    }
}
