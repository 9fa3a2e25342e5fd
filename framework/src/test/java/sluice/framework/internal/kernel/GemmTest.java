package sluice.framework.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** Products of blocks, whole or in panels, against the sum written down; what lies around the block keeps every bit. */
@Tag("slow")
class GemmTest {
    private static final int MARGIN = 3;

    private record Matrix(float[][] values, NativeMatrix matrix) {
        static Matrix random(int rows, int columns, SplittableRandom random) {
            NativeMatrix matrix = NativeMatrix.allocate(rows + 2 * MARGIN, columns + 2 * MARGIN);
            float[][] values = new float[rows + 2 * MARGIN][columns + 2 * MARGIN];
            for (int r = 0; r < values.length; r++) {
                for (int c = 0; c < values[r].length; c++) {
                    values[r][c] = (float) random.nextDouble(-1, 1);
                }
                matrix.put(r, 0, values[r], 0, values[r].length);
            }
            return new Matrix(values, matrix);
        }

        double at(int row, int column, boolean transposed) {
            return transposed ? values[MARGIN + column][MARGIN + row] : values[MARGIN + row][MARGIN + column];
        }

        float[] row(int row) {
            float[] now = new float[matrix.columns()];
            matrix.get(row, 0, now, 0, now.length);
            return now;
        }
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void blocksAreMultipliedAndNothingElseIsTouched(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 70) int m,
            @ForAll @IntRange(min = 1, max = 70) int narrow,
            @ForAll @IntRange(min = 0, max = 900) int length,
            @ForAll boolean longSums,
            @ForAll boolean leftTransposed,
            @ForAll boolean rightTransposed,
            @ForAll boolean asNarrow) {
        SplittableRandom random = new SplittableRandom(seed);
        int n = longSums ? narrow : Math.max(1, length);
        int k = longSums ? length : narrow;
        float alpha = (float) random.nextDouble(-2, 2);
        float beta = random.nextInt(2);
        Matrix a = leftTransposed ? Matrix.random(k, m, random) : Matrix.random(m, k, random);
        Matrix b = rightTransposed ? Matrix.random(n, k, random) : Matrix.random(k, n, random);
        Matrix c = Matrix.random(m, n, random);

        Gemm gemm = new Gemm();
        Gemm withLeft = leftTransposed
                ? gemm.leftTransposed(a.matrix(), MARGIN, MARGIN)
                : gemm.left(a.matrix(), MARGIN, MARGIN);
        Gemm withRight = rightTransposed
                ? withLeft.rightTransposed(b.matrix(), MARGIN, MARGIN)
                : withLeft.right(b.matrix(), MARGIN, MARGIN);
        Gemm product = withRight.into(c.matrix(), MARGIN, MARGIN);
        if (asNarrow) {
            product.multiplyNarrow(m, n, k, alpha, beta);
        } else {
            product.multiply(m, n, k, alpha, beta);
        }

        for (int r = 0; r < c.values().length; r++) {
            float[] now = c.row(r);
            for (int column = 0; column < now.length; column++) {
                int i = r - MARGIN;
                int j = column - MARGIN;
                boolean inside = i >= 0 && i < m && j >= 0 && j < n;
                double expected = c.values()[r][column];
                if (inside) {
                    expected = beta * expected + alpha * sum(a, b, i, j, k, leftTransposed, rightTransposed);
                }
                assertThat((double) now[column]).isCloseTo(expected, within(inside ? 2e-4 : 0));
            }
        }
        a.matrix().close();
        b.matrix().close();
        c.matrix().close();
    }

    @Property(tries = 30, edgeCases = EdgeCasesMode.NONE)
    void panelsGiveTheSameAsOneProduct(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 300) int m,
            @ForAll @IntRange(min = 60, max = 420) int n,
            @ForAll @IntRange(min = 60, max = 420) int k,
            @ForAll boolean leftTransposed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix a = leftTransposed ? Matrix.random(k, m, random) : Matrix.random(m, k, random);
        Matrix b = Matrix.random(k, n, random);
        Matrix whole = Matrix.random(m, n, new SplittableRandom(seed));
        Matrix inPanels = Matrix.random(m, n, new SplittableRandom(seed));

        multiply(new Gemm(false), leftTransposed, a, b, whole, m, n, k);
        multiply(new Gemm(true), leftTransposed, a, b, inPanels, m, n, k);

        for (int r = 0; r < whole.values().length; r++) {
            assertThat(inPanels.row(r)).containsExactly(whole.row(r), within(2e-4f));
        }
        a.matrix().close();
        b.matrix().close();
        whole.matrix().close();
        inPanels.matrix().close();
    }

    private static void multiply(Gemm gemm, boolean leftTransposed, Matrix a, Matrix b, Matrix c, int m, int n, int k) {
        Gemm withLeft = leftTransposed
                ? gemm.leftTransposed(a.matrix(), MARGIN, MARGIN)
                : gemm.left(a.matrix(), MARGIN, MARGIN);
        withLeft.right(b.matrix(), MARGIN, MARGIN)
                .into(c.matrix(), MARGIN, MARGIN)
                .multiply(m, n, k, 0.7f, 1);
    }

    private static double sum(
            Matrix a, Matrix b, int i, int j, int k, boolean leftTransposed, boolean rightTransposed) {
        double sum = 0;
        for (int term = 0; term < k; term++) {
            sum += a.at(i, term, leftTransposed) * b.at(term, j, rightTransposed);
        }
        return sum;
    }
}
