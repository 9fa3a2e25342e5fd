package sluice.gating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import sluice.gating.exact.Gates;
import sluice.gating.exact.Moments;

class BinaryNeuronTest {
    private static final BinaryNeuron STOCHASTIC = BinaryNeuron.STOCHASTIC_SIGMOID;
    private static final BinaryNeuron DETERMINISTIC =
            new BinaryNeuron(GateActivation.SIGMOID, BinaryNeuron.Sampling.DETERMINISTIC);

    /** The grid of 10,000 points from -3 to 3 on which binary stochastic neurons are usually drawn. */
    private static final double[] GRID =
            IntStream.range(0, 10_000).mapToDouble(i -> i * (6.0 / 9_999) - 3).toArray();

    /** Sum of p(1 - p) on the grid: p = k / 3333 for k = 0 to 3333 in the window, and certain outside. */
    private static final double COUNT_VARIANCE = (3_333 - 1 / 3_333.0) / 6;

    @Property
    void stochasticNeuronOpensWhereTheNoiseIsBelowTheProbability(
            @ForAll @DoubleRange(min = 0, max = 1) double probability,
            @ForAll @DoubleRange(min = 0, max = 0.99) double noise) {
        double gate = STOCHASTIC.fire(probability, new FixedNoise(noise));

        assertThat(gate).isEqualTo(noise < probability ? 1 : 0);
    }

    @Test
    void impossibleGateNeverOpensAndCertainGateAlways() {
        assertThat(STOCHASTIC.fire(0, new FixedNoise(0))).isZero();
        assertThat(STOCHASTIC.fire(1, new FixedNoise(Math.nextDown(1.0)))).isEqualTo(1);
    }

    @Test
    void deterministicNeuronOpensFromOneHalfAndDrawsNoNoise() {
        FixedNoise none = new FixedNoise();

        assertThat(DETERMINISTIC.fire(0.5, none)).isEqualTo(1);
        assertThat(DETERMINISTIC.fire(1, none)).isEqualTo(1);
        assertThat(DETERMINISTIC.fire(Math.nextDown(0.5), none)).isZero();
        assertThat(DETERMINISTIC.fire(0, none)).isZero();
    }

    @Test
    void hardSigmoidProbabilitiesOnTheGridAreThoseOfTheFigure() {
        double[] probabilities = hardSigmoidOnGrid();

        assertThat(Arrays.stream(probabilities).sum()).isCloseTo(5_000, within(1e-8));
        assertThat(Arrays.stream(probabilities).filter(p -> p < 1e-12).count()).isEqualTo(3_334);
        assertThat(Arrays.stream(probabilities).filter(p -> p > 1 - 1e-12).count())
                .isEqualTo(3_334);
        assertThat(Arrays.stream(probabilities).map(p -> p * (1 - p)).sum()).isCloseTo(COUNT_VARIANCE, within(1e-8));
    }

    @Test
    void hardSigmoidDrawsOnTheGridAreCertainOutsideTheWindowAndBalancedInside() {
        double[] probabilities = hardSigmoidOnGrid();
        RandomGenerator noise = new SplittableRandom(3);

        double[] gates =
                Arrays.stream(probabilities).map(p -> STOCHASTIC.fire(p, noise)).toArray();

        for (int i = 0; i < GRID.length; i++) {
            if (Math.abs(GRID[i]) > 1) {
                assertThat(gates[i]).isEqualTo(GRID[i] > 0 ? 1 : 0);
            }
        }
        assertThat(Arrays.stream(gates).sum()).isCloseTo(5_000, within(4 * Math.sqrt(COUNT_VARIANCE)));
    }

    @Test
    void numberOfOpenGatesOnTheGridHasTheVarianceOfTheFigure() {
        double[] probabilities = hardSigmoidOnGrid();
        RandomGenerator noise = new SplittableRandom(4);
        Moments count = new Moments(1);

        for (int repetition = 0; repetition < 2_000; repetition++) {
            double open = 0;
            for (double probability : probabilities) {
                open += STOCHASTIC.fire(probability, noise);
            }
            count.add(new double[] {open});
        }

        assertThat(count.standardErrorsFrom(new double[] {5_000})).isLessThan(4);
        // a variance from n normal samples has a standard error of itself times sqrt(2 / n)
        assertThat(count.summedVariance())
                .isCloseTo(COUNT_VARIANCE, within(4 * COUNT_VARIANCE * Math.sqrt(2.0 / 2_000)));
    }

    @Test
    void missingPartIsRefusedByName() {
        assertThatThrownBy(() -> new BinaryNeuron(null, BinaryNeuron.Sampling.STOCHASTIC))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("activation");
        assertThatThrownBy(() -> new BinaryNeuron(GateActivation.SIGMOID, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("sampling");
    }

    private static double[] hardSigmoidOnGrid() {
        return new Gates(GateActivation.HARD_SIGMOID, 1, GRID).probabilities();
    }
}
