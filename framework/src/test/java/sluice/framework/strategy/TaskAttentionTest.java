package sluice.framework.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sluice.framework.plain.ParameterBlock;

class TaskAttentionTest {
    private static final int UNITS = 7;
    private static final List<ParameterBlock> LAYERS =
            List.of(new ParameterBlock(0, 2, UNITS), new ParameterBlock(3 * UNITS, UNITS, 3));
    private static final int PARAMETERS = LAYERS.get(1).end();

    private static TaskAttention attention(double lambda, double sMax, long seed) {
        return new TaskAttention(new HardAttention(lambda, sMax, 0.05), 2, LAYERS, new SplittableRandom(seed));
    }

    private static double[][] copy(float[][] gates) {
        return Arrays.stream(gates)
                .map(ofLayer -> {
                    double[] copied = new double[ofLayer.length];
                    Arrays.setAll(copied, u -> ofLayer[u]);
                    return copied;
                })
                .toArray(double[][]::new);
    }

    /** What a drawn embedding is, from its attention at s = 1. */
    private static double embedding(double attention) {
        return Math.log(attention / (1 - attention));
    }

    /** The loss is the sum of the gates times these. */
    private static float[] pull(int layer) {
        return layer == 0 ? new float[] {1, -2, 3, -4, 5, -6, 0.5f} : new float[] {0.3f, -0.7f, 2};
    }

    /** The loss with the regulariser as printed, A being the attention of the first task. */
    private static double loss(double lambda, double[][] gates, double[][] used) {
        double loss = 0;
        double top = 0;
        double bottom = 0;
        for (int l = 0; l < gates.length; l++) {
            for (int u = 0; u < gates[l].length; u++) {
                loss += pull(l)[u] * gates[l][u];
                top += gates[l][u] * (1 - used[l][u]);
                bottom += 1 - used[l][u];
            }
        }
        return loss + lambda * top / bottom;
    }

    @Test
    void embeddingsMoveAgainstTheNumericGradientTimesTheCompensation() {
        double lambda = 0.75;
        double sMax = 3;
        double s = 1.3;
        double rate = 0.01;
        TaskAttention attention = attention(lambda, sMax, 5);
        attention.cumulate(0);
        double[][] used = copy(attention.at(0, sMax));
        double[][] before = copy(attention.at(1, 1));

        attention.formGradient(1, s, TaskAttentionTest::pull);
        attention.move(1, rate);

        double[][] after = copy(attention.at(1, 1));
        for (int l = 0; l < before.length; l++) {
            for (int u = 0; u < before[l].length; u++) {
                double e = embedding(before[l][u]);
                double slope = (lossAt(l, u, e + 1e-4, lambda, s, before, used)
                                - lossAt(l, u, e - 1e-4, lambda, s, before, used))
                        / 2e-4;
                double compensated = slope * sMax * (Math.cosh(s * e) + 1) / (s * (Math.cosh(e) + 1));
                assertThat((e - embedding(after[l][u])) / rate).isCloseTo(compensated, within(2e-3));
            }
        }
    }

    private static double lossAt(
            int layer, int unit, double e, double lambda, double s, double[][] attention, double[][] used) {
        double[][] gates = new double[attention.length][];
        for (int l = 0; l < gates.length; l++) {
            gates[l] = Arrays.stream(attention[l])
                    .map(a -> 1 / (1 + Math.exp(-s * embedding(a))))
                    .toArray();
        }
        gates[layer][unit] = 1 / (1 + Math.exp(-s * e));
        return loss(lambda, gates, used);
    }

    @Test
    void theSquaresOfTheGradientAreGiven() {
        TaskAttention attention = attention(0, 1, 5);
        double[][] before = copy(attention.at(0, 1));

        double squares = attention.formGradient(0, 1, TaskAttentionTest::pull);

        double expected = 0;
        for (int l = 0; l < before.length; l++) {
            for (int u = 0; u < before[l].length; u++) {
                double slope = before[l][u] * (1 - before[l][u]);
                expected += Math.pow(pull(l)[u] * slope, 2);
            }
        }
        assertThat(squares).isCloseTo(expected, within(1e-4));
    }

    @Test
    void saturatedAttentionStaysWhereItIs() {
        TaskAttention attention = attention(0, 400, 5);
        double[][] before = copy(attention.at(0, 1));

        attention.formGradient(0, 400, TaskAttentionTest::pull);
        attention.move(0, 1);

        double[][] after = copy(attention.at(0, 1));
        int[] saturated = IntStream.range(0, UNITS)
                .filter(u -> Math.abs(embedding(before[0][u])) > 0.3)
                .toArray();
        assertThat(saturated).hasSizeGreaterThan(2);
        for (int u : saturated) {
            assertThat(after[0][u]).isEqualTo(before[0][u]);
        }
    }

    @Test
    void embeddingsStayWithinSix() {
        TaskAttention attention = attention(0, 1, 5);

        attention.formGradient(0, 1, TaskAttentionTest::pull);
        attention.move(0, 1e6);

        double[][] after = copy(attention.at(0, 1));
        for (int u = 0; u < UNITS; u++) {
            assertThat(Math.abs(embedding(after[0][u]))).isCloseTo(6, within(1e-3));
        }
    }

    @Test
    void gradientsAreScaledByWhatNeitherEndHolds() {
        TaskAttention attention = attention(0, 2, 5);
        attention.cumulate(0);
        double[][] a = copy(attention.at(0, 2));
        float[] gradient = new float[PARAMETERS + 2];
        Arrays.fill(gradient, 1);

        attention.hold(gradient);

        for (int i = 0; i < 2; i++) {
            assertThat((double) gradient[LAYERS.get(0).weight(i, 3)]).isCloseTo(1 - a[0][3], within(1e-6));
        }
        assertThat((double) gradient[LAYERS.get(0).biases() + 3]).isCloseTo(1 - a[0][3], within(1e-6));
        assertThat((double) gradient[LAYERS.get(1).weight(4, 2)])
                .isCloseTo(1 - Math.min(a[0][4], a[1][2]), within(1e-6));
        assertThat((double) gradient[LAYERS.get(1).biases() + 2]).isCloseTo(1 - a[1][2], within(1e-6));
        assertThat(gradient[PARAMETERS]).isEqualTo(1);
    }

    @Test
    void allWeightsToAMapAreHeldAsThatMapIs() {
        List<ParameterBlock> layers = List.of(
                new ParameterBlock(0, 9, 2), new ParameterBlock(20, 2 * 4, 3), new ParameterBlock(47, 3 * 5, 4));
        TaskAttention attention = new TaskAttention(new HardAttention(0, 2, 0.05), 2, layers, new SplittableRandom(5));
        attention.cumulate(0);
        double[][] a = copy(attention.at(0, 2));
        float[] gradient = new float[layers.get(2).end()];
        Arrays.fill(gradient, 1);

        attention.hold(gradient);

        for (int l = 1; l < 3; l++) {
            int each = l == 1 ? 4 : 5;
            for (int i = 0; i < layers.get(l).inputs(); i++) {
                assertThat((double) gradient[layers.get(l).weight(i, 1)])
                        .isCloseTo(1 - Math.min(a[l - 1][i / each], a[l][1]), within(1e-6));
            }
        }
    }

    @Test
    void whatIsAttendedToInFullHasNoGradientAtAll() {
        TaskAttention attention = attention(0, 1e4, 5);
        attention.cumulate(0);
        double[][] a = copy(attention.at(0, 1e4));
        float[] gradient = new float[PARAMETERS];
        Arrays.fill(gradient, 1);

        attention.hold(gradient);

        for (int i = 0; i < UNITS; i++) {
            for (int u = 0; u < 3; u++) {
                assertThat(gradient[LAYERS.get(1).weight(i, u)]).isEqualTo(a[0][i] == 1 && a[1][u] == 1 ? 0 : 1);
            }
        }
        assertThat(gradient).contains(0f).contains(1f);
    }

    @Test
    void anEarlierTasksAttentionNeverChanges() {
        TaskAttention attention = attention(1, 10, 5);
        double[][] before = copy(attention.at(0, 10));
        attention.cumulate(0);

        attention.formGradient(1, 5, TaskAttentionTest::pull);
        attention.move(1, 1);
        attention.cumulate(1);

        assertThat(copy(attention.at(0, 10))).isDeepEqualTo(before);
    }
}
