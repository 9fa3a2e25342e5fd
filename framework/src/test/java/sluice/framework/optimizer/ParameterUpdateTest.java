package sluice.framework.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.framework.internal.step.BiasLearning;

/** The optimisers' arithmetic against their published recursions, written down in double precision. */
class ParameterUpdateTest {
    private static final double[] GRADIENTS = {0.5, -0.25, 0.125, 2, 0};

    static Stream<Optimizer> optimizers() {
        return Stream.of(
                new Optimizer.Sgd(0.1, 0, 0),
                new Optimizer.Sgd(0.1, 0, 0.3),
                new Optimizer.Sgd(0.1, 0.9, 0),
                new Optimizer.Sgd(0.1, 0.5, 0.3),
                new Optimizer.Adam(0.01, 0.9, 0.999, 1e-8, 0),
                new Optimizer.Adam(0.05, 0.8, 0.95, 1e-3, 0.4));
    }

    private static double expected(Optimizer optimizer) {
        double w = 1.5;
        double m = 0;
        double v = 0;
        for (int t = 1; t <= GRADIENTS.length; t++) {
            double g = GRADIENTS[t - 1];
            w -= optimizer.learningRate() * optimizer.weightDecay() * w;
            if (optimizer instanceof Optimizer.Adam adam) {
                m = adam.beta1() * m + (1 - adam.beta1()) * g;
                v = adam.beta2() * v + (1 - adam.beta2()) * g * g;
                double firstMoment = m / (1 - Math.pow(adam.beta1(), t));
                double secondMoment = v / (1 - Math.pow(adam.beta2(), t));
                w -= adam.learningRate() * firstMoment / (Math.sqrt(secondMoment) + adam.epsilon());
            } else {
                m = ((Optimizer.Sgd) optimizer).momentum() * m + g;
                w -= optimizer.learningRate() * m;
            }
        }
        return w;
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void entriesFollowTheRecursion(Optimizer optimizer) {
        ParameterUpdate update = ParameterUpdate.of(optimizer);
        float[] w = {1.5f, 1.5f, 7};
        float[] m = new float[3];
        float[] v = new float[3];

        for (int t = 1; t <= GRADIENTS.length; t++) {
            float g = (float) GRADIENTS[t - 1];
            update.beginStep(t, 1);
            update.move(w, m, v, new float[] {g, g, 99}, 0, 2);
        }

        assertThat(w[0]).isCloseTo((float) expected(optimizer), within(2e-6f));
        assertThat(w[1]).isEqualTo(w[0]);
        assertThat(w[2]).isEqualTo(7);
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void biasesMoveWhereTheirUnitsAreAndNowhereElse(Optimizer optimizer) {
        ParameterUpdate update = ParameterUpdate.of(optimizer);
        float[] biases = {7, 1.5f, 7, 1.5f, 7};
        BiasLearning learning = new BiasLearning(biases, update);

        for (int t = 1; t <= GRADIENTS.length; t++) {
            float g = (float) GRADIENTS[t - 1] / 2;
            boolean swapped = t % 2 == 0;
            update.beginStep(t, 1);
            learning.move(
                    new int[] {0, swapped ? 1 : 3, swapped ? 3 : 1, 4, 2}, 1, 3, new float[] {99, g, g, 99, 99}, 2);
        }

        assertThat(biases[1]).isCloseTo((float) expected(optimizer), within(2e-6f));
        assertThat(biases).containsExactly(7, biases[1], 7, biases[1], 7);
    }
}
