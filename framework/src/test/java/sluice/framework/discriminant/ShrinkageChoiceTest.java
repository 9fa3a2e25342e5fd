package sluice.framework.discriminant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sluice.framework.internal.kernel.Lanes;

/** Shrinkage that generalised cross-validation chooses from sums alone. */
class ShrinkageChoiceTest {
    private static final int FEATURES = 40;
    private static final int EXAMPLES = 60;
    private static final double[] FACTORS = {1, 10, 100};

    /** The first feature tells classes apart by so much, the others nothing. */
    private static float[][] rows(double apart, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] rows = new float[EXAMPLES][FEATURES];
        for (int e = 0; e < EXAMPLES; e++) {
            for (int f = 0; f < FEATURES; f++) {
                rows[e][f] = (float) (random.nextGaussian() + (f == 0 && e % 2 == 0 ? apart : 0));
            }
        }
        return rows;
    }

    private static int[] classes() {
        int[] classes = new int[EXAMPLES];
        Arrays.setAll(classes, e -> e % 2);
        return classes;
    }

    private static double chosen(float[][] rows, double least) {
        int[] all = new int[FEATURES];
        Arrays.setAll(all, i -> i);
        try (Lanes lanes = Lanes.startSharing(1);
                FeatureSums sums = FeatureSumsTest.sums(rows, classes(), 16, lanes)) {
            return new ShrinkageChoice(sums, new DiscriminantSolver(sums, all, lanes), FEATURES)
                    .strength(least, EXAMPLES - 2, 1);
        }
    }

    /** By the hat matrix itself, of all examples. */
    private static double naive(float[][] rows, double least) {
        double[][] x = new double[EXAMPLES][FEATURES];
        for (int f = 0; f < FEATURES; f++) {
            double mean = 0;
            for (float[] row : rows) {
                mean += row[f] / EXAMPLES;
            }
            for (int e = 0; e < EXAMPLES; e++) {
                x[e][f] = rows[e][f] - mean;
            }
        }
        double best = 0;
        double smallest = Double.POSITIVE_INFINITY;
        for (double factor : FACTORS) {
            double[][] a = new double[FEATURES][FEATURES];
            for (int i = 0; i < FEATURES; i++) {
                for (int j = 0; j < FEATURES; j++) {
                    for (double[] row : x) {
                        a[i][j] += row[i] * row[j] / EXAMPLES;
                    }
                }
                a[i][i] += least * factor;
            }
            double degrees = 1;
            double residual = 0;
            for (int label = 0; label < 2; label++) {
                double[] g = new double[FEATURES];
                for (int e = 0; e < EXAMPLES; e++) {
                    for (int f = 0; f < FEATURES; f++) {
                        g[f] += (e % 2 == label ? 0.5 : -0.5) * x[e][f] / EXAMPLES;
                    }
                }
                double[] b = solve(a, g);
                for (int e = 0; e < EXAMPLES; e++) {
                    double left = (e % 2 == label ? 0.5 : -0.5) - dot(x[e], b);
                    residual += left * left / EXAMPLES;
                }
            }
            for (double[] row : x) {
                degrees += dot(row, solve(a, row)) / EXAMPLES;
            }
            double error = residual / Math.pow(1 - degrees / EXAMPLES, 2);
            if (error < smallest) {
                smallest = error;
                best = least * factor;
            }
        }
        return best;
    }

    private static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    private static double[] solve(double[][] a, double[] b) {
        double[][] m = Arrays.stream(a).map(double[]::clone).toArray(double[][]::new);
        double[] x = b.clone();
        for (int i = 0; i < x.length; i++) {
            for (int r = i + 1; r < x.length; r++) {
                double factor = m[r][i] / m[i][i];
                for (int c = i; c < x.length; c++) {
                    m[r][c] -= factor * m[i][c];
                }
                x[r] -= factor * x[i];
            }
        }
        for (int i = x.length - 1; i >= 0; i--) {
            for (int c = i + 1; c < x.length; c++) {
                x[i] -= m[i][c] * x[c];
            }
            x[i] /= m[i][i];
        }
        return x;
    }

    @Test
    void isThatOfTheHatMatrixOfAllExamples() {
        int stronger = 0;
        for (long seed = 0; seed < 20; seed++) {
            float[][] rows = rows(0.3 * seed, seed);
            double chosen = chosen(rows, 0.03);

            assertThat(chosen).as("seed %d", seed).isEqualTo(naive(rows, 0.03));
            stronger += chosen > 0.03 ? 1 : 0;
        }
        assertThat(stronger).as("choices that are not the formula's").isBetween(1, 20);
    }

    @Test
    void whatTellsNothingIsShrunkMost() {
        assertThat(chosen(rows(0, 1), 0.03)).isEqualTo(3);
    }

    @Test
    void manyExamplesPerFeatureKeepTheFormula() {
        int[] few = {0, 1, 2};
        try (Lanes lanes = Lanes.startSharing(1);
                FeatureSums sums = FeatureSumsTest.sums(rows(0, 1), classes(), 16, lanes)) {
            assertThat(new ShrinkageChoice(sums, new DiscriminantSolver(sums, few, lanes), 3)
                            .strength(0.03, EXAMPLES - 2, 1))
                    .isEqualTo(0.03);
        }
    }
}
