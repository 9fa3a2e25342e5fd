package sluice.framework.predict.internal.kernel;

import java.util.Arrays;

/**
 * The matrix multiply {@code C = A B} in one fixed order: an entry of C is the sum of its products by ascending term, in
 * single precision, rounded after every product and every addition. So a column's bits depend on that column of B and on A
 * alone: not on how many columns there are, where it stands among them, or who multiplies. {@link Gemm} is up to three times
 * as fast, and a column's last bits change there with all of these.
 *
 * <p>Plain loops keep their bits, interpreted or compiled, on every CPU and in every version of Java (JLS 15.4). One thread's
 * own; its scratch grows to the largest product seen and is then reused.
 */
public final class OrderedProduct {
    /** Columns at a time: a constant, as loops of a length that the compiler knows are the fastest. */
    private static final int WIDTH = 128;

    /** So few columns are faster one by one. */
    private static final int FEW = 24;

    /** Terms at a time: what they take of B stays in the first-level cache. */
    private static final int TERMS = 64;

    /** Rows at a time where columns are few: each sum has to wait for its last addition, so that several go side by side. */
    private static final int ROWS = 8;

    private float[][] factors = new float[0][];
    private float[][] sums = new float[0][];
    private float[][] rows = new float[ROWS][0];
    private float[] column = new float[0];
    private final float[] results = new float[ROWS];

    /** With scratch of its own. */
    public OrderedProduct() {}

    /**
     * @param a [m, k] in its first rows and columns
     * @param b [k, n] in its first rows and columns
     * @param c [m, n] in its first rows and columns, overwritten
     * @param m rows of C
     * @param n columns of C
     * @param k terms per sum; 0 makes C zero
     */
    public void multiply(WeightRows a, FloatMatrix b, FloatMatrix c, int m, int n, int k) {
        multiply(a, 0, b, c, 0, m, n, k);
    }

    /**
     * The same from and into rows further down.
     *
     * @param a [m, k] in its first columns
     * @param fromRow first row of a
     * @param b [k, n] in its first rows and columns
     * @param c [m, n] in its first columns, overwritten
     * @param intoRow first row of c
     * @param m rows of C
     * @param n columns of C
     * @param k terms per sum; 0 makes C zero
     */
    public void multiply(WeightRows a, int fromRow, FloatMatrix b, FloatMatrix c, int intoRow, int m, int n, int k) {
        int at = 0;
        while (n - at > FEW) {
            int count = Math.min(WIDTH, n - at);
            panel(a, fromRow, b, c, intoRow, m, at, count, k);
            at += count;
        }
        for (; at < n; at++) {
            column(a, fromRow, b, c, intoRow, m, at, k);
        }
    }

    private void panel(
            WeightRows a, int fromRow, FloatMatrix b, FloatMatrix c, int intoRow, int m, int at, int count, int k) {
        reservePanel(m, k);
        for (int i = 0; i < k; i++) {
            b.get(i, at, factors[i], 0, count);
        }
        for (int u = 0; u < m; u++) {
            Arrays.fill(sums[u], 0);
        }
        float[] row = rows[0];
        for (int first = 0; first < k; first += TERMS) {
            int terms = Math.min(TERMS, k - first);
            for (int u = 0; u < m; u++) {
                a.get(fromRow + u, first, row, 0, terms);
                add(row, terms, first, sums[u]);
            }
        }
        for (int u = 0; u < m; u++) {
            c.put(intoRow + u, at, sums[u], 0, count);
        }
    }

    private void reservePanel(int m, int k) {
        if (factors.length < k) {
            factors = new float[k][WIDTH];
        }
        if (sums.length < m) {
            sums = new float[m][WIDTH];
        }
        if (rows[0].length < TERMS) {
            rows = new float[ROWS][TERMS];
        }
    }

    private void add(float[] row, int terms, int first, float[] sum) {
        int i = 0;
        for (; i + 7 < terms; i += 8) {
            addEight(row, i, factors, first + i, sum);
        }
        for (; i + 3 < terms; i += 4) {
            int f = first + i;
            addFour(
                    row[i],
                    row[i + 1],
                    row[i + 2],
                    row[i + 3],
                    factors[f],
                    factors[f + 1],
                    factors[f + 2],
                    factors[f + 3],
                    sum);
        }
        for (; i < terms; i++) {
            addOne(row[i], factors[first + i], sum);
        }
    }

    // one index for all arrays and a constant length: so the compiler takes vectors

    private static void addEight(float[] row, int i, float[][] factors, int f, float[] sum) {
        float w0 = row[i];
        float w1 = row[i + 1];
        float w2 = row[i + 2];
        float w3 = row[i + 3];
        float w4 = row[i + 4];
        float w5 = row[i + 5];
        float w6 = row[i + 6];
        float w7 = row[i + 7];
        float[] x0 = factors[f];
        float[] x1 = factors[f + 1];
        float[] x2 = factors[f + 2];
        float[] x3 = factors[f + 3];
        float[] x4 = factors[f + 4];
        float[] x5 = factors[f + 5];
        float[] x6 = factors[f + 6];
        float[] x7 = factors[f + 7];
        for (int e = 0; e < WIDTH; e++) {
            float four = (((sum[e] + w0 * x0[e]) + w1 * x1[e]) + w2 * x2[e]) + w3 * x3[e];
            sum[e] = (((four + w4 * x4[e]) + w5 * x5[e]) + w6 * x6[e]) + w7 * x7[e];
        }
    }

    private static void addFour(
            float w0, float w1, float w2, float w3, float[] x0, float[] x1, float[] x2, float[] x3, float[] sum) {
        for (int e = 0; e < WIDTH; e++) {
            sum[e] = (((sum[e] + w0 * x0[e]) + w1 * x1[e]) + w2 * x2[e]) + w3 * x3[e];
        }
    }

    private static void addOne(float w, float[] x, float[] sum) {
        for (int e = 0; e < WIDTH; e++) {
            sum[e] += w * x[e];
        }
    }

    private void column(WeightRows a, int fromRow, FloatMatrix b, FloatMatrix c, int intoRow, int m, int at, int k) {
        if (column.length < k) {
            column = new float[k];
        }
        if (rows[0].length < k) {
            rows = new float[ROWS][k];
        }
        for (int i = 0; i < k; i++) {
            b.get(i, at, column, i, 1);
        }
        for (int u = 0; u < m; u += ROWS) {
            int count = Math.min(ROWS, m - u);
            for (int r = 0; r < count; r++) {
                a.get(fromRow + u + r, 0, rows[r], 0, k);
            }
            sum(k);
            for (int r = 0; r < count; r++) {
                c.put(intoRow + u + r, at, results, r, 1);
            }
        }
    }

    private void sum(int k) {
        float[] x = column;
        float[] a0 = rows[0];
        float[] a1 = rows[1];
        float[] a2 = rows[2];
        float[] a3 = rows[3];
        float[] a4 = rows[4];
        float[] a5 = rows[5];
        float[] a6 = rows[6];
        float[] a7 = rows[7];
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        for (int i = 0; i < k; i++) {
            s0 += a0[i] * x[i];
            s1 += a1[i] * x[i];
            s2 += a2[i] * x[i];
            s3 += a3[i] * x[i];
            s4 += a4[i] * x[i];
            s5 += a5[i] * x[i];
            s6 += a6[i] * x[i];
            s7 += a7[i] * x[i];
        }
        results[0] = s0;
        results[1] = s1;
        results[2] = s2;
        results[3] = s3;
        results[4] = s4;
        results[5] = s5;
        results[6] = s6;
        results[7] = s7;
    }
}
