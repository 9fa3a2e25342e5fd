package sluice.framework.internal.kernel;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/**
 * The matrix multiply {@code C = alpha op(A) op(B) + beta C} on blocks of native matrices, with no copy: a block is named
 * by its first row and column. Where OpenBLAS has kernels for small matrices (AVX-512) and they take the form of the
 * product, a large one is cut into panels that are small enough for them: up to half as fast again. Mutable, reused from
 * call to call, so that a call allocates nothing; one thread's own.
 */
public final class Gemm {
    /** Multiply-adds up to which OpenBLAS takes its kernels for small matrices, which do not copy operands first. */
    private static final long MOST_IN_A_PANEL = 1_000_000;

    private static final int PANEL_ROWS = 24;

    /** Rows that need no cut in a product of a few dozen. */
    private static final int NARROW_ROWS = 32;

    /** Columns of its pieces. */
    private static final int NARROW_COLUMNS = 256;

    /** Entries of C that the kernels for small matrices take at the most where the right factor is transposed. */
    private static final int MOST_OF_DOTS = 1200;

    /** Panels shorter than this are slower than one large product. */
    private static final int SHORTEST_PANEL = 200;

    /** Of a short and wide C, most rows and columns of a panel: what it needs of B stays in the first-level cache. */
    private static final int WIDE_PANEL = 128;

    /** A C of more rows gains nothing by wide panels. */
    private static final int MOST_ROWS_IN_WIDE_PANELS = 4 * WIDE_PANEL;

    private final boolean panels;
    private final Operand left = new Operand();
    private final Operand right = new Operand();
    private final Operand target = new Operand();
    private int leftForm;
    private int rightForm;

    /** A multiply in panels where that is faster. */
    public Gemm() {
        this(Blas.hasSmallKernels());
    }

    Gemm(boolean panels) {
        this.panels = panels;
    }

    /**
     * {@return this}
     *
     * @param a matrix whose block is the left factor [m, k]
     * @param row the block's first row
     * @param column the block's first column
     */
    public Gemm left(NativeMatrix a, int row, int column) {
        left.point(a, row, column);
        leftForm = CblasNoTrans;
        return this;
    }

    /**
     * {@return this}
     *
     * @param a matrix whose block [k, m], transposed, is the left factor
     * @param row the block's first row
     * @param column the block's first column
     */
    public Gemm leftTransposed(NativeMatrix a, int row, int column) {
        left.point(a, row, column);
        leftForm = CblasTrans;
        return this;
    }

    /**
     * {@return this}
     *
     * @param b matrix whose block is the right factor [k, n]
     * @param row the block's first row
     * @param column the block's first column
     */
    public Gemm right(NativeMatrix b, int row, int column) {
        right.point(b, row, column);
        rightForm = CblasNoTrans;
        return this;
    }

    /**
     * {@return this}
     *
     * @param b matrix whose block [n, k], transposed, is the right factor
     * @param row the block's first row
     * @param column the block's first column
     */
    public Gemm rightTransposed(NativeMatrix b, int row, int column) {
        right.point(b, row, column);
        rightForm = CblasTrans;
        return this;
    }

    /**
     * {@return this}
     *
     * @param c matrix whose block [m, n] receives the product
     * @param row the block's first row
     * @param column the block's first column
     */
    public Gemm into(NativeMatrix c, int row, int column) {
        target.point(c, row, column);
        return this;
    }

    /**
     * {@code C = op(A) op(B)}.
     *
     * @param m rows of C
     * @param n columns of C
     * @param k terms per sum; 0 makes C zero
     */
    public void multiply(int m, int n, int k) {
        multiply(m, n, k, 1, 0);
    }

    /**
     * {@code C = alpha op(A) op(B) + beta C}.
     *
     * @param m rows of C
     * @param n columns of C
     * @param k terms per sum
     * @param alpha factor on the product
     * @param beta factor on what C holds
     */
    public void multiply(int m, int n, int k, float alpha, float beta) {
        if (m == 0 || n == 0) {
            return;
        }
        if (!panels || rightForm != CblasNoTrans || (long) m * n * k <= MOST_IN_A_PANEL) {
            call(0, 0, 0, m, n, k, alpha, beta);
            return;
        }
        int length = (int) (MOST_IN_A_PANEL / PANEL_ROWS / Math.min(n, k));
        if (length >= SHORTEST_PANEL) {
            // rows of C, cut again along the longer of n and k
            inPanels(m, n, k, alpha, beta, PANEL_ROWS, n <= k ? n : length, n <= k ? length : k);
        } else if (m <= Math.min(n, MOST_ROWS_IN_WIDE_PANELS) && right.stride % WIDE_PANEL != 0) {
            // rows of B at such a stride would fall on each other in the cache
            int rows = evenly(m, WIDE_PANEL);
            int columns = Math.min(n, WIDE_PANEL);
            inPanels(m, n, k, alpha, beta, rows, columns, evenly(k, (int) (MOST_IN_A_PANEL / rows / columns)));
        } else {
            call(0, 0, 0, m, n, k, alpha, beta);
        }
    }

    /**
     * The same for the products of convolutions, which are a few dozen units wide: cut into pieces that are small enough
     * for the kernels for small matrices, where there are such.
     *
     * @param m rows of C
     * @param n columns of C
     * @param k terms per sum
     * @param alpha factor on the product
     * @param beta factor on what C holds
     */
    public void multiplyNarrow(int m, int n, int k, float alpha, float beta) {
        if (m == 0 || n == 0) {
            return;
        }
        if (!panels || (long) m * n * k <= MOST_IN_A_PANEL) {
            call(0, 0, 0, m, n, k, alpha, beta);
            return;
        }
        int rows = narrowRows(m);
        int columns = Math.min(n, rightForm == CblasTrans ? MOST_OF_DOTS / rows : NARROW_COLUMNS);
        int terms = (int) Math.min(k, MOST_IN_A_PANEL / ((long) rows * columns));
        inPanels(m, n, k, alpha, beta, rows, columns, terms);
    }

    private int narrowRows(int m) {
        if (leftForm == CblasTrans) {
            return Math.min(m, 2 * PANEL_ROWS);
        }
        if (rightForm == CblasTrans) {
            return Math.min(m, PANEL_ROWS / 2);
        }
        return m <= NARROW_ROWS ? m : PANEL_ROWS;
    }

    /** The length of parts that are as even as can be and at most so long. */
    private static int evenly(int length, int most) {
        int parts = (length + most - 1) / most;
        return (length + parts - 1) / parts;
    }

    private void inPanels(int m, int n, int k, float alpha, float beta, int rows, int columns, int terms) {
        for (int row = 0; row < m; row += rows) {
            for (int column = 0; column < n; column += columns) {
                for (int term = 0; term < k; term += terms) {
                    float kept = term == 0 ? beta : 1;
                    call(
                            row,
                            column,
                            term,
                            Math.min(rows, m - row),
                            Math.min(columns, n - column),
                            Math.min(terms, k - term),
                            alpha,
                            kept);
                }
            }
        }
    }

    private void call(int row, int column, int term, int m, int n, int k, float alpha, float beta) {
        left.shift(leftForm == CblasNoTrans ? row : term, leftForm == CblasNoTrans ? term : row);
        right.shift(rightForm == CblasNoTrans ? term : column, rightForm == CblasNoTrans ? column : term);
        target.shift(row, column);
        // with no terms BLAS still scales C, but wants leading dimensions that fit: both operands point somewhere
        openblas.cblas_sgemm(
                CblasRowMajor,
                leftForm,
                rightForm,
                m,
                n,
                k,
                alpha,
                left,
                left.stride,
                right,
                right.stride,
                beta,
                target,
                target.stride);
    }

    /** A pointer that can be moved to any block of any matrix. */
    private static final class Operand extends FloatPointer {
        private long corner;
        private int stride;
        /** Held, so that its memory is there while it is multiplied. */
        @SuppressWarnings("UnusedVariable")
        private NativeMatrix matrix;

        void point(NativeMatrix matrix, int row, int column) {
            this.matrix = matrix;
            corner = matrix.address(row, column);
            stride = matrix.columns();
        }

        void shift(int row, int column) {
            address = corner + Float.BYTES * ((long) row * stride + column);
        }
    }
}
