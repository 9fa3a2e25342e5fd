package sluice.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
    void singleEntriesFollowTheRecursion(Optimizer optimizer) {
        float[] parameters = {7, 1.5f, 7};
        ParameterUpdate update = ParameterUpdate.of(optimizer, parameters, 3);

        for (int t = 1; t <= GRADIENTS.length; t++) {
            update.beginStep(t);
            update.entry(1, (float) GRADIENTS[t - 1]);
        }

        assertThat(parameters[1]).isCloseTo((float) expected(optimizer), within(2e-6f));
        assertThat(parameters[0]).isEqualTo(7);
        assertThat(parameters[2]).isEqualTo(7);
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void runsOfEntriesFollowTheRecursion(Optimizer optimizer) {
        float[] parameters = {7, 1.5f, 1.5f, 1.5f, 7};
        ParameterUpdate update = ParameterUpdate.of(optimizer, parameters, 3);

        for (int t = 1; t <= GRADIENTS.length; t++) {
            float g = (float) GRADIENTS[t - 1];
            update.beginStep(t);
            update.run(1, new float[] {g, g, g, 99}, 3);
        }

        for (int i = 1; i <= 3; i++) {
            assertThat(parameters[i]).isCloseTo((float) expected(optimizer), within(2e-6f));
        }
        assertThat(parameters[0]).isEqualTo(7);
        assertThat(parameters[4]).isEqualTo(7);
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void scatteredColumnsFollowTheRecursionAndNothingElseMoves(Optimizer optimizer) {
        float[] parameters = {7, 7, 1.5f, 7, 1.5f, 1.5f, 7};
        ParameterUpdate update = ParameterUpdate.of(optimizer, parameters, 3);

        for (int t = 1; t <= GRADIENTS.length; t++) {
            float g = (float) GRADIENTS[t - 1];
            update.beginStep(t);
            update.columns(1, new int[] {4, 1, 3, 0}, new float[] {g, g, g, 99}, 3);
        }

        for (int i : new int[] {2, 4, 5}) {
            assertThat(parameters[i]).isCloseTo((float) expected(optimizer), within(2e-6f));
        }
        for (int i : new int[] {0, 1, 3, 6}) {
            assertThat(parameters[i]).isEqualTo(7);
        }
    }
}
