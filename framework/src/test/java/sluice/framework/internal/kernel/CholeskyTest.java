package sluice.framework.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CholeskyTest {
    private static final Lanes LANES = Lanes.start(1);
    private static final double[][] IDENTITY = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};

    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    void theProductWithTheSolutionIsTheRightHandSide(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int n, @ForAll @IntRange(min = 1, max = 4) int k) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] a = positiveDefinite(random, n);
        float[] b = new float[k * n];
        for (int i = 0; i < b.length; i++) {
            b[i] = (float) random.nextGaussian();
        }
        float[] x = new float[k * n];

        try (NativeMatrix matrix = lowerTriangle(a);
                NativeMatrix right = NativeMatrix.allocate(k, n)) {
            right.put(0, 0, b, 0, b.length);
            assertThat(Cholesky.solve(matrix, right, LANES)).isTrue();
            right.get(0, 0, x, 0, x.length);
        }

        for (int r = 0; r < k; r++) {
            for (int i = 0; i < n; i++) {
                double product = 0;
                for (int j = 0; j < n; j++) {
                    product += a[i][j] * x[r * n + j];
                }
                assertThat(product).isCloseTo(b[r * n + i], within(1e-3));
            }
        }
    }

    /** Sizes around whole blocks. */
    @ParameterizedTest
    @ValueSource(ints = {255, 256, 257, 512, 700})
    void blocksGiveTheSolutionAndTheSameBitsForEveryNumberOfLanes(int n) {
        SplittableRandom random = new SplittableRandom(n);
        double[][] a = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                a[i][j] = random.nextDouble(-1, 1) / n + (i == j ? 2 : 0);
                a[j][i] = a[i][j];
            }
        }
        float[] b = new float[2 * n];
        for (int i = 0; i < b.length; i++) {
            b[i] = (float) random.nextGaussian();
        }

        float[] x = solved(a, b, LANES);

        for (int r = 0; r < 2; r++) {
            for (int i = 0; i < n; i++) {
                double product = 0;
                for (int j = 0; j < n; j++) {
                    product += a[i][j] * x[r * n + j];
                }
                assertThat(product).isCloseTo(b[r * n + i], within(1e-4));
            }
        }
        try (Lanes three = Lanes.startSharing(3)) {
            assertThat(solved(a, b, three)).isEqualTo(x);
        }
    }

    @Test
    void aLaterBlockThatIsNotPositiveDefiniteIsSaid() {
        int n = 300;
        double[][] a = new double[n][n];
        for (int i = 0; i < n; i++) {
            a[i][i] = i == n - 1 ? -1 : 1;
        }

        try (NativeMatrix matrix = lowerTriangle(a);
                NativeMatrix right = NativeMatrix.allocate(1, n)) {
            assertThat(Cholesky.solve(matrix, right, LANES)).isFalse();
        }
    }

    private static float[] solved(double[][] a, float[] b, Lanes lanes) {
        float[] x = new float[b.length];
        try (NativeMatrix matrix = lowerTriangle(a);
                NativeMatrix right = NativeMatrix.allocate(b.length / a.length, a.length)) {
            right.put(0, 0, b, 0, b.length);
            assertThat(Cholesky.solve(matrix, right, lanes)).isTrue();
            right.get(0, 0, x, 0, x.length);
        }
        return x;
    }

    @Test
    void whatIsNotPositiveDefiniteIsSaidAndLeavesTheRightHandSide() {
        float[] b = {3, 4};
        float[] after = new float[2];

        try (NativeMatrix matrix = lowerTriangle(new double[][] {{1, 2}, {2, 1}});
                NativeMatrix right = NativeMatrix.allocate(1, 2)) {
            right.put(0, 0, b, 0, 2);
            assertThat(Cholesky.solve(matrix, right, LANES)).isFalse();
            right.get(0, 0, after, 0, 2);
        }

        assertThat(after).containsExactly(b);
    }

    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    void theRankIsThatOfWhatTheMatrixIsMadeOf(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int n, @ForAll @IntRange(min = 0, max = 10) int r) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] a = new double[n][n];
        for (int k = 0; k < r; k++) {
            double[] direction = random.doubles(n, -1, 1).toArray();
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    a[i][j] += direction[i] * direction[j];
                }
            }
        }

        try (NativeMatrix matrix = lowerTriangle(a)) {
            assertThat(Cholesky.rank(matrix, 1e-5f)).isLessThanOrEqualTo(Math.min(r, n));
        }
        try (NativeMatrix identity = lowerTriangle(IDENTITY)) {
            assertThat(Cholesky.rank(identity, 0.5f)).isEqualTo(3);
            identity.put(1, 1, new float[] {0.5f}, 0, 1);
            assertThat(Cholesky.rank(identity, 0.5f)).isEqualTo(2);
        }
    }

    private static double[][] positiveDefinite(SplittableRandom random, int n) {
        double[][] root = new double[n][n];
        double[][] a = new double[n][n];
        for (double[] row : root) {
            for (int j = 0; j < n; j++) {
                row[j] = random.nextGaussian() / Math.sqrt(n);
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a[i][j] = i == j ? 1 : 0;
                for (int l = 0; l < n; l++) {
                    a[i][j] += root[i][l] * root[j][l];
                }
            }
        }
        return a;
    }

    /** What is above the diagonal is not to be read. */
    private static NativeMatrix lowerTriangle(double[][] a) {
        NativeMatrix matrix = NativeMatrix.allocate(a.length, a.length);
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                matrix.put(i, j, new float[] {j <= i ? (float) a[i][j] : Float.NaN}, 0, 1);
            }
        }
        return matrix;
    }
}
