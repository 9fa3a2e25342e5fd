package sluice.framework.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import sluice.framework.loss.Loss;
import sluice.tasks.OutputRange;

/** What gradients of plain networks are held to: central differences in double precision. */
final class PlainGradients {
    static final int OUTPUTS = 3;

    private static final double STEP = 1e-6;
    /** Above what curvature and rounding make of two differences. */
    private static final double KINK = 5e-5;

    private PlainGradients() {}

    /** Some closed, none with a negative value. */
    static float[][] gates(List<Integer> units, RandomGenerator random) {
        return units.stream()
                .map(count -> floats(random.doubles(count, -0.2, 1)
                        .map(gate -> Math.max(0, gate))
                        .toArray()))
                .toArray(float[][]::new);
    }

    /** Of the mean cross-entropy. */
    static float[] lossGradient(float[] logits, Batch batch) {
        float[] gradient = new float[batch.size() * OUTPUTS];
        for (int row = 0; row < batch.size(); row++) {
            Loss.DEFAULT.ofRow(
                    logits,
                    row * OUTPUTS,
                    new OutputRange(0, OUTPUTS),
                    batch.target(row),
                    1.0 / batch.size(),
                    gradient);
        }
        return gradient;
    }

    static float[] scaled(float[] values, float factor) {
        float[] scaled = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            scaled[i] = factor * values[i];
        }
        return scaled;
    }

    /** Central differences, except across a kink, where the differences to either side are not the same. */
    static void assertGradient(double[] gradient, ToDoubleFunction<double[]> function, double[] at) {
        double here = function.applyAsDouble(at);
        for (int i = 0; i < at.length; i++) {
            double[] up = at.clone();
            double[] down = at.clone();
            up[i] += STEP;
            down[i] -= STEP;
            double right = (function.applyAsDouble(up) - here) / STEP;
            double left = (here - function.applyAsDouble(down)) / STEP;
            if (Math.abs(right - left) < KINK) {
                assertThat(gradient[i]).isCloseTo((left + right) / 2, within(1e-4));
            }
        }
    }

    static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    static double[][] doubles(float[][] values) {
        return Arrays.stream(values).map(PlainGradients::doubles).toArray(double[][]::new);
    }
}
