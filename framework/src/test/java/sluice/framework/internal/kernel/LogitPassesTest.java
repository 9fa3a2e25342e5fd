package sluice.framework.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Approximations by vectorised loops against the library's functions in doubles. */
class LogitPassesTest {
    private final LogitPasses passes = new LogitPasses();

    private static float[] logits(int count, double spread, long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        float[] logits = new float[count];
        for (int i = 0; i < count; i++) {
            logits[i] = (float) (spread * (2 * random.nextDouble() - 1));
        }
        return logits;
    }

    @Property(tries = 200)
    void crossEntropyIsThatOfTheDefinition(
            @ForAll @IntRange(min = 1, max = 900) int count,
            @ForAll @DoubleRange(min = 0, max = 200) double spread,
            @ForAll long seed) {
        float[] logits = logits(count, spread, seed);
        float[] values = logits(count, 1, seed + 1);
        double expected = 0;
        double size = 1;
        for (int i = 0; i < count; i++) {
            values[i] = Math.abs(values[i]);
            double a = logits[i];
            expected += Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a))) - values[i] * a;
            size += Math.abs(a);
        }

        // a float's rounding for each addition of one of eight sums, where equal terms may all be rounded the same way,
        // and what a term's exponential and logarithm are off by
        double rounding = (count / 8.0 + 3) * 0x1p-24 * (size + expected);
        assertThat(passes.crossEntropy(logits, values, count))
                .isCloseTo(expected, within(rounding + 1e-6 * count + 1e-6));
    }

    @Example
    void equalTermsMayAllBeRoundedTheSameWay() {
        assertThat(passes.crossEntropy(new float[873], new float[873], 873)).isCloseTo(873 * Math.log(2), within(2e-3));
    }

    @Property(tries = 200)
    void sigmoidAndTanhAreThoseOfTheLibrary(
            @ForAll @Size(min = 1, max = 40) float[] any, @ForAll @DoubleRange(min = 0, max = 20) double spread) {
        float[] values = any.clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.isFinite(values[i]) ? (float) (spread * Math.sin(values[i])) : 0;
        }
        float[] probabilities = new float[values.length];
        float[] squashed = values.clone();

        passes.sigmoid(values, probabilities, values.length);
        passes.tanh(squashed, values.length);

        for (int i = 0; i < values.length; i++) {
            assertThat((double) probabilities[i]).isCloseTo(1 / (1 + Math.exp(-values[i])), within(3e-6));
            assertThat((double) squashed[i]).isCloseTo(Math.tanh(values[i]), within(3e-6));
        }
    }

    @Property(tries = 200)
    void sigmoidStaysInsideAtAnyLogit(@ForAll float logit) {
        float[] one = {Float.isNaN(logit) ? 0 : Math.max(-1e30f, Math.min(1e30f, logit))};
        float[] into = new float[1];

        passes.sigmoid(one, into, 1);

        assertThat(into[0]).isBetween(0f, 1f);
        assertThat(passes.crossEntropy(one, new float[] {0}, 1)).isNotNaN();
    }

    @Property(tries = 200)
    void logSoftmaxIsADistributionOfEveryRun(
            @ForAll @IntRange(min = 2, max = 12) int choices,
            @ForAll @IntRange(min = 1, max = 20) int runs,
            @ForAll @DoubleRange(min = 0, max = 30) double spread,
            @ForAll long seed) {
        float[] logits = logits(choices * runs, spread, seed);
        float[] logs = new float[logits.length];
        float[] probabilities = new float[logits.length];

        passes.logSoftmax(logits, logs, logits.length, choices);
        passes.exponentials(logs, probabilities, logits.length);

        for (int run = 0; run < logits.length; run += choices) {
            double sum = 0;
            for (int j = run; j < run + choices; j++) {
                sum += Math.exp(logits[j]);
            }
            double total = 0;
            for (int j = run; j < run + choices; j++) {
                assertThat((double) logs[j]).isCloseTo(logits[j] - Math.log(sum), within(2e-5));
                total += probabilities[j];
            }
            assertThat(total).isCloseTo(1, within(1e-4));
        }
        assertThat(Arrays.equals(logits, logits(choices * runs, spread, seed))).isTrue();
    }
}
