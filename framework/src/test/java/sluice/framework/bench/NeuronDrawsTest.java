package sluice.framework.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sluice.gating.BinaryNeuron;
import sluice.gating.GateActivation;

class NeuronDrawsTest {
    private static NeuronDraws draws(GateActivation activation, BinaryNeuron.Sampling sampling, double slope) {
        return NeuronDraws.of(new BinaryNeuron(activation, sampling), slope, 1);
    }

    private static NeuronDraws hardSigmoid() {
        return draws(GateActivation.HARD_SIGMOID, BinaryNeuron.Sampling.STOCHASTIC, 1);
    }

    @Test
    void hardSigmoidHasThePublishedProbabilities() {
        NeuronDraws draws = hardSigmoid();

        assertThat(draws.logits()).hasSize(10_000).isSorted();
        assertThat(draws.logits()[0]).isEqualTo(-3);
        assertThat(draws.logits()[9_999]).isEqualTo(3);
        assertThat(draws.expectedOpen()).isCloseTo(5000, within(1e-8));
        assertThat(draws.standardDeviation()).isCloseTo(Math.sqrt(555.49999), within(1e-4));
        assertThat(Arrays.stream(draws.probabilities()).filter(p -> p == 0)).hasSize(3334);
        assertThat(Arrays.stream(draws.probabilities()).filter(p -> p == 1)).hasSize(3334);
    }

    @Test
    void hardSigmoidIsCertainOutsideOfItsWindowAndRandomInside() {
        NeuronDraws draws = hardSigmoid();

        assertThat(IntStream.range(0, 10_000)
                        .filter(i -> draws.logits()[i] <= -1)
                        .mapToDouble(i -> draws.outputs()[i]))
                .containsOnly(0.0);
        assertThat(IntStream.range(0, 10_000)
                        .filter(i -> draws.logits()[i] >= 1)
                        .mapToDouble(i -> draws.outputs()[i]))
                .containsOnly(1.0);
        assertThat((double) draws.open()).isCloseTo(5000, within(4 * 23.57));
        assertThat(draws.open()).isNotEqualTo(5000);
    }

    @Test
    void deterministicNeuronIsOpenFromZeroOn() {
        NeuronDraws draws = draws(GateActivation.SIGMOID, BinaryNeuron.Sampling.DETERMINISTIC, 2);

        assertThat(draws.open()).isEqualTo(5000);
        assertThat(draws.expectedOpen()).isEqualTo(5000);
        assertThat(draws.standardDeviation()).isZero();
        assertThat(draws.outputs()[4_999]).isZero();
        assertThat(draws.outputs()[5_000]).isOne();
    }

    @Test
    void slopeMakesTheNeuronSurer() {
        double gentle = draws(GateActivation.SIGMOID, BinaryNeuron.Sampling.STOCHASTIC, 1)
                .standardDeviation();
        double steep = draws(GateActivation.SIGMOID, BinaryNeuron.Sampling.STOCHASTIC, 5)
                .standardDeviation();

        assertThat(steep).isLessThan(gentle / 2);
        assertThatThrownBy(() -> draws(GateActivation.SIGMOID, BinaryNeuron.Sampling.STOCHASTIC, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("slope must be above 0 and finite, got 0.0");
    }

    @Test
    void aDrawnCurveKeepsItsCornersAndStaysWithinTheTolerance() {
        double[] x = IntStream.range(0, 200).mapToDouble(i -> i / 100.0).toArray();
        double[] y = Arrays.stream(x).map(a -> a < 1 ? a * a : 1).toArray();

        Polyline curve = Polyline.through(x, y, 1e-3);

        assertThat(curve.x().length).isBetween(5, 40);
        assertThat(curve.x()[0]).isZero();
        assertThat(curve.x()[curve.x().length - 1]).isEqualTo(1.99);
        for (int i = 0, corner = 0; i < x.length; i++) {
            while (curve.x()[corner + 1] < x[i]) {
                corner++;
            }
            double share = (x[i] - curve.x()[corner]) / (curve.x()[corner + 1] - curve.x()[corner]);
            double drawn = (1 - share) * curve.y()[corner] + share * curve.y()[corner + 1];
            assertThat(drawn).isCloseTo(y[i], within(1e-3 + 1e-12));
        }
    }
}
