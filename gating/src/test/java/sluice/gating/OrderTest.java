package sluice.gating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.gating.exact.Enumeration;
import sluice.gating.exact.GatedLoss;
import sluice.gating.exact.Gates;
import sluice.gating.exact.Trial;

/** How the bias of an estimator falls as the loss, {@code exp(epsilon b.h)}, becomes straighter: exact, by enumeration. */
class OrderTest {
    private record ExponentialLoss(double[] exponents) implements GatedLoss {
        @Override
        public int units() {
            return exponents.length;
        }

        @Override
        public int examples() {
            return 1;
        }

        @Override
        public double loss(int example, double[] gates) {
            double sum = 0;
            for (int i = 0; i < gates.length; i++) {
                sum += exponents[i] * gates[i];
            }
            return Math.exp(sum);
        }

        @Override
        public void addGradient(int example, double[] gates, double weight, double[] into) {
            double loss = loss(example, gates);
            for (int i = 0; i < into.length; i++) {
                into[i] += weight * loss * exponents[i];
            }
        }
    }

    private static double relativeBias(GradientEstimator estimator, double epsilon, boolean rootsOpen) {
        double[] linear = {0.8, -1.1, 0.4, -0.6, 0.3, 0.9};
        GatedLoss loss =
                new ExponentialLoss(Arrays.stream(linear).map(b -> epsilon * b).toArray());
        Gates gates = GateSetting.SIGMOID.gates();
        double[] open = Arrays.stream(gates.probabilities())
                .map(p -> rootsOpen ? Math.sqrt(p) : p)
                .toArray();
        Trial trial = new Trial(loss, gates, Granularity.MINI_BATCH);
        GateEstimation estimation = estimator.begin(trial.layout());
        double[] mean = Expectation.of(open, 6, (h, into) -> {
            double[] noise = Arrays.stream(h)
                    .map(gate -> gate == 1 ? 0 : Math.nextDown(1.0))
                    .toArray();
            System.arraycopy(trial.step(estimation, new FixedNoise(noise)), 0, into, 0, 6);
        });
        double[] exact = new Enumeration(loss).gradient(gates);
        double distance = 0;
        double norm = 0;
        for (int i = 0; i < 6; i++) {
            distance += (mean[i] - exact[i]) * (mean[i] - exact[i]);
            norm += exact[i] * exact[i];
        }
        return Math.sqrt(distance / norm);
    }

    @ParameterizedTest
    @CsvSource({"0.4, 0.0717", "0.2, 0.0344", "0.1, 0.0168", "0.05, 0.0083"})
    void straightThroughIsOfFirstOrder(double epsilon, double bias) {
        assertThat(relativeBias(StraightThrough.DERIVATIVE, epsilon, false)).isCloseTo(bias, within(5e-5));
    }

    @ParameterizedTest
    @CsvSource({"0.4, 0.01223", "0.2, 0.00312", "0.1, 0.00079", "0.05, 0.00020"})
    void reinMaxIsOfSecondOrder(double epsilon, double bias) {
        assertThat(relativeBias(new ReinMax(), epsilon, false)).isCloseTo(bias, within(5e-6));
    }

    @ParameterizedTest
    @CsvSource({"0.4, 0.532", "0.2, 0.513", "0.1, 0.506", "0.05, 0.503"})
    void smoothTimesStochasticGoesToHalfOfTheGradient(double epsilon, double bias) {
        assertThat(relativeBias(new SmoothTimesStochastic(1), epsilon, true)).isCloseTo(bias, within(5e-4));
    }

    @ParameterizedTest
    @CsvSource({"0.4, 0.0706", "0.2, 0.0301", "0.1, 0.0138", "0.05, 0.0066"})
    void twiceSmoothTimesStochasticIsOfFirstOrder(double epsilon, double bias) {
        assertThat(relativeBias(new SmoothTimesStochastic(2), epsilon, true)).isCloseTo(bias, within(5e-5));
    }
}
