package sluice.framework.discriminant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.kernel.NativeMatrix;

class ScoreSpreadTest {
    private static final int EXAMPLES = 400;
    private static final int FEATURES = 5;
    private static final int COMPONENTS = 3;

    private final float[][] rows = new float[EXAMPLES][FEATURES];
    private final int[] classes = new int[EXAMPLES];
    private final Discriminant discriminant;
    private final ScoreSpread spread;

    ScoreSpreadTest() {
        SplittableRandom random = new SplittableRandom(4);
        float[] weights = new float[COMPONENTS * FEATURES];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) random.nextGaussian();
        }
        discriminant = new Discriminant(FEATURES, weights, new double[] {0.5, -1, 2});
        try (Lanes lanes = Lanes.start(1);
                FeatureSums sums = new FeatureSums(FEATURES, lanes);
                NativeMatrix chunk = NativeMatrix.allocate(EXAMPLES, FEATURES)) {
            for (int e = 0; e < EXAMPLES; e++) {
                classes[e] = e % COMPONENTS;
                for (int i = 0; i < FEATURES; i++) {
                    rows[e][i] = (float) (3 + classes[e] * (i - 1) + (1 + i) * random.nextGaussian());
                }
                chunk.put(e, 0, rows[e], 0, FEATURES);
            }
            sums.add(chunk, classes, EXAMPLES);
            spread = ScoreSpread.of(sums, discriminant);
        }
    }

    private double[] scores(float... row) {
        double[] scores = discriminant.biases().clone();
        for (int c = 0; c < COMPONENTS; c++) {
            for (int i = 0; i < FEATURES; i++) {
                scores[c] += discriminant.weights()[c * FEATURES + i] * row[i];
            }
        }
        return scores;
    }

    @Test
    void meansAndCovarianceFollowFromSumsAsFromTheScoresOfAllExamples() {
        double[][] means = new double[COMPONENTS][COMPONENTS];
        int[] counts = new int[COMPONENTS];
        for (int e = 0; e < EXAMPLES; e++) {
            double[] scores = scores(rows[e]);
            counts[classes[e]]++;
            for (int c = 0; c < COMPONENTS; c++) {
                means[classes[e]][c] += scores[c];
            }
        }
        double[][] covariance = new double[COMPONENTS][COMPONENTS];
        for (int k = 0; k < COMPONENTS; k++) {
            for (int c = 0; c < COMPONENTS; c++) {
                means[k][c] /= counts[k];
                assertThat(spread.means()[k * COMPONENTS + c]).isCloseTo(means[k][c], within(1e-3));
            }
        }
        for (int e = 0; e < EXAMPLES; e++) {
            double[] scores = scores(rows[e]);
            for (int c = 0; c < COMPONENTS; c++) {
                for (int d = 0; d < COMPONENTS; d++) {
                    covariance[c][d] += (scores[c] - means[classes[e]][c])
                            * (scores[d] - means[classes[e]][d])
                            / (EXAMPLES - COMPONENTS);
                }
            }
        }
        for (int c = 0; c < COMPONENTS; c++) {
            for (int d = 0; d <= c; d++) {
                double product = 0;
                for (int k = 0; k < COMPONENTS; k++) {
                    product += spread.factor()[c * COMPONENTS + k] * spread.factor()[d * COMPONENTS + k];
                }
                // diagonals are raised by a thousandth of their mean
                assertThat(product).isCloseTo(covariance[c][d], within(c == d ? 0.2 : 1e-2));
            }
        }
    }

    @Test
    void whatIsFarFromAllMeansFitsNoneHoweverItsScoresCompare() {
        double[] mean = Arrays.copyOfRange(spread.means(), COMPONENTS, 2 * COMPONENTS);
        double[] far = Arrays.stream(mean).map(score -> score + 100).toArray();

        assertThat(spread.fit(mean, 0, 0, COMPONENTS)).isZero();
        assertThat(spread.fit(mean, 0, 0, 1)).isNegative();
        assertThat(spread.fit(far, 0, 0, COMPONENTS)).isLessThan(-5);
    }

    @Test
    void aComponentWithoutExamplesIsNearNothing() {
        double[] without = {1, Double.NEGATIVE_INFINITY, 2};

        assertThat(spread.fit(without, 0, 1, 2)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(spread.fit(without, 0, 0, 2)).isFinite();
    }

    @Test
    void isReadAsItWasStored() {
        byte[] stored = spread.stored();

        assertThat((long) stored.length).isEqualTo(ScoreSpread.bytes(COMPONENTS));
        ScoreSpread read = ScoreSpread.of(stored, COMPONENTS);
        assertThat(read.means()).isEqualTo(spread.means());
        assertThat(read.factor()).isEqualTo(spread.factor());
        assertThatThrownBy(() -> ScoreSpread.of(new byte[stored.length], COMPONENTS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the spread of its scores is 0.0");
    }
}
