package sluice.framework.kernel;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/**
 * The matrix multiply {@code C = alpha op(A) op(B) + beta C} on blocks of native matrices, with no copy: a block is named
 * by its first row and column. Mutable, reused from call to call, so that a call allocates nothing; one thread's own.
 */
public final class Gemm {
    private final Operand left = new Operand();
    private final Operand right = new Operand();
    private final Operand target = new Operand();
    private int leftForm;
    private int rightForm;
    private NativeMatrix into;
    private int intoRow;
    private int intoColumn;

    /** Loads the native library, once. */
    public Gemm() {
        Blas.coreType();
    }

    /**
     * @param a matrix whose block is the left factor [m, k]
     * @param row the block's first row
     * @param column the block's first column
     * @return this
     */
    public Gemm left(NativeMatrix a, int row, int column) {
        left.point(a, row, column);
        leftForm = CblasNoTrans;
        return this;
    }

    /**
     * @param a matrix whose block [k, m], transposed, is the left factor
     * @param row the block's first row
     * @param column the block's first column
     * @return this
     */
    public Gemm leftTransposed(NativeMatrix a, int row, int column) {
        left.point(a, row, column);
        leftForm = CblasTrans;
        return this;
    }

    /**
     * @param b matrix whose block is the right factor [k, n]
     * @param row the block's first row
     * @param column the block's first column
     * @return this
     */
    public Gemm right(NativeMatrix b, int row, int column) {
        right.point(b, row, column);
        rightForm = CblasNoTrans;
        return this;
    }

    /**
     * @param b matrix whose block [n, k], transposed, is the right factor
     * @param row the block's first row
     * @param column the block's first column
     * @return this
     */
    public Gemm rightTransposed(NativeMatrix b, int row, int column) {
        right.point(b, row, column);
        rightForm = CblasTrans;
        return this;
    }

    /**
     * @param c matrix whose block [m, n] receives the product
     * @param row the block's first row
     * @param column the block's first column
     * @return this
     */
    public Gemm into(NativeMatrix c, int row, int column) {
        into = c;
        intoRow = row;
        intoColumn = column;
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
        target.point(into, intoRow, intoColumn);
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
        private int stride;

        void point(NativeMatrix matrix, int row, int column) {
            address = matrix.address(row, column);
            stride = matrix.columns();
        }
    }
}
