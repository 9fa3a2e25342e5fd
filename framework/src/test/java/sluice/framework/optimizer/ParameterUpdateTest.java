package sluice.framework.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.framework.internal.layer.UnitLearning;

/** The optimisers' arithmetic against their published recursions, written down in double precision. */
class ParameterUpdateTest {
    private static final double[] GRADIENTS = {0.5, -0.25, 0.125, 2, 0};

    static Stream<Optimizer> optimizers() {
        return Stream.of(
                new Sgd(0.1, 0, 0),
                new Sgd(0.1, 0, 0.3),
                new Sgd(0.1, 0.9, 0),
                new Sgd(0.1, 0.5, 0.3),
                new Adam(0.01, 0.9, 0.999, 1e-8, 0),
                new Adam(0.05, 0.8, 0.95, 1e-3, 0.4),
                new AmsGrad(0.01, 0.9, 0.999, 1e-8, 0),
                new AmsGrad(0.05, 0.8, 0.7, 1e-3, 0.4),
                new RmsProp(0.01, 0.9, 1e-8, 0),
                new RmsProp(0.05, 0.7, 1e-3, 0.4));
    }

    private static double expected(Optimizer optimizer) {
        double w = 1.5;
        double m = 0;
        double v = 0;
        double largest = 0;
        for (int t = 1; t <= GRADIENTS.length; t++) {
            double g = GRADIENTS[t - 1];
            w -= optimizer.learningRate() * optimizer.weightDecay() * w;
            if (optimizer instanceof Adam adam) {
                m = adam.beta1() * m + (1 - adam.beta1()) * g;
                v = adam.beta2() * v + (1 - adam.beta2()) * g * g;
                double firstMoment = m / (1 - Math.pow(adam.beta1(), t));
                double secondMoment = v / (1 - Math.pow(adam.beta2(), t));
                w -= adam.learningRate() * firstMoment / (Math.sqrt(secondMoment) + adam.epsilon());
            } else if (optimizer instanceof AmsGrad amsGrad) {
                m = amsGrad.beta1() * m + (1 - amsGrad.beta1()) * g;
                v = amsGrad.beta2() * v + (1 - amsGrad.beta2()) * g * g;
                largest = Math.max(largest, v);
                double firstMoment = m / (1 - Math.pow(amsGrad.beta1(), t));
                double secondMoment = largest / (1 - Math.pow(amsGrad.beta2(), t));
                w -= amsGrad.learningRate() * firstMoment / (Math.sqrt(secondMoment) + amsGrad.epsilon());
            } else if (optimizer instanceof RmsProp rmsProp) {
                v = rmsProp.decay() * v + (1 - rmsProp.decay()) * g * g;
                w -= rmsProp.learningRate() * g / (Math.sqrt(v) + rmsProp.epsilon());
            } else {
                m = ((Sgd) optimizer).momentum() * m + g;
                w -= optimizer.learningRate() * m;
            }
        }
        return w;
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void entriesFollowTheRecursion(Optimizer optimizer) {
        ParameterUpdate update = optimizer.begin();
        float[] w = {1.5f, 1.5f, 7};
        float[][] moments = new float[update.moments()][3];

        for (int t = 1; t <= GRADIENTS.length; t++) {
            float g = (float) GRADIENTS[t - 1];
            update.beginStep(t, 1);
            update.move(w, moments, new float[] {g, g, 99}, 0, 2);
        }

        assertThat(w[0]).isCloseTo((float) expected(optimizer), within(2e-6f));
        assertThat(w[1]).isEqualTo(w[0]);
        assertThat(w[2]).isEqualTo(7);
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void biasesMoveWhereTheirUnitsAreAndNowhereElse(Optimizer optimizer) {
        ParameterUpdate update = optimizer.begin();
        float[] biases = {7, 1.5f, 7, 1.5f, 7};
        UnitLearning learning = new UnitLearning(biases, update);

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

    @Test
    void withoutDecayNumbersGoWhereAnOptimiserWithoutDecayTakesThem() {
        List<Optimizer> decaying = EveryOptimizer.with(0.3);
        List<Optimizer> others = EveryOptimizer.with(0);

        for (int i = 0; i < decaying.size(); i++) {
            float[] values = {1.5f, 0.25f};
            float[] expected = values.clone();
            ParameterUpdate update = decaying.get(i).begin();
            ParameterUpdate other = others.get(i).begin();
            UnitLearning learning = new UnitLearning(values, update);
            UnitLearning undecayed = new UnitLearning(expected, other);
            for (int t = 1; t <= GRADIENTS.length; t++) {
                float g = (float) GRADIENTS[t - 1];
                update.beginStep(t, 1);
                other.beginStep(t, 1);
                learning.moveWithoutDecay(new int[] {1, 0}, 0, 2, new float[] {g, -g}, 1);
                undecayed.move(new int[] {1, 0}, 0, 2, new float[] {g, -g}, 1);
            }

            assertThat(values[0]).isCloseTo(expected[0], within(2e-6f)).isNotEqualTo(1.5f);
            assertThat(values[1]).isCloseTo(expected[1], within(2e-6f));
        }
    }

    @Test
    void amsGradForgetsNoLargeGradientAndAdamDoes() {
        double largeThenSmall = lastStep(new AmsGrad(0.1, 0, 0.5, 1e-8, 0));

        assertThat(lastStep(new Adam(0.1, 0, 0.5, 1e-8, 0))).isGreaterThan(50 * largeThenSmall);
    }

    /** How far an entry goes by a gradient of 0.001, thirty steps after one of 10. */
    private static double lastStep(Optimizer optimizer) {
        ParameterUpdate update = optimizer.begin();
        float[][] moments = new float[update.moments()][1];
        float[] w = new float[1];
        float before = 0;
        for (int t = 1; t <= 31; t++) {
            before = w[0];
            update.beginStep(t, 1);
            update.move(w, moments, new float[] {t == 1 ? 10 : 0.001f}, 0, 1);
        }
        return Math.abs(w[0] - before);
    }
}
