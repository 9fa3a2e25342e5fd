package sluice.framework.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Losses written down plainly, and the check that a gradient at the logits is that of a loss. */
final class LogitGradients {
    private static final double STEP = 1e-5;

    private LogitGradients() {}

    static void check(float[] gradient, double[] logits, ToDoubleFunction<double[]> loss) {
        for (int i = 0; i < logits.length; i++) {
            double kept = logits[i];
            logits[i] = kept + STEP;
            double above = loss.applyAsDouble(logits);
            logits[i] = kept - STEP;
            double below = loss.applyAsDouble(logits);
            logits[i] = kept;
            assertThat((double) gradient[i]).as("logit %d", i).isCloseTo((above - below) / (2 * STEP), within(1e-6));
        }
    }

    static double[] copy(float[] logits, int count) {
        return IntStream.range(0, count).mapToDouble(i -> logits[i]).toArray();
    }

    /** -log softmax(logits / temperature)[target] over [from, to). */
    static double minusLog(double[] logits, int from, int to, int target, double temperature) {
        double sum = 0;
        for (int o = from; o < to; o++) {
            sum += Math.exp(logits[o] / temperature);
        }
        return Math.log(sum) - logits[target] / temperature;
    }

    /** T^2 times the cross-entropy of two softened softmaxes over [from, to), the teacher's over [from, known). */
    static double distillation(double[] logits, double[] teacher, int from, int known, int to, double temperature) {
        double loss = 0;
        for (int o = from; o < known; o++) {
            loss += Math.exp(-minusLog(teacher, from, known, o, temperature))
                    * minusLog(logits, from, to, o, temperature);
        }
        return temperature * temperature * loss;
    }
}
