package sluice.framework.internal.kernel;

import static com.google.common.base.Preconditions.checkArgument;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.openblas.global.openblas;

/**
 * Solves {@code A X = B} for a symmetric positive definite A, by its Cholesky factor: block columns one after another, each by LAPACK and
 * on one thread (how many that uses is a setting of the whole process); what is below and beside it is shared out, always in the same pieces, so
 * that bits do not depend on the number of lanes.
 */
public final class Cholesky {
    /** Columns of a block. */
    private static final int BLOCK = 256;

    private final NativeMatrix matrix;
    private final int size;
    private final Lanes lanes;
    private int first;
    private int end;

    private Cholesky(NativeMatrix matrix, Lanes lanes) {
        this.matrix = matrix;
        this.size = matrix.rows();
        this.lanes = lanes;
    }

    /**
     * Factors and solves in place.
     *
     * @param a [n, n], of which the lower triangle (column at most row) is read; overwritten with the factor
     * @param b [k, n], a right-hand side per row; overwritten with the solutions, unless a has no factor
     * @param lanes share out the work
     * @return whether a is positive definite in single precision; if not, a is spoilt and b as it was
     */
    public static boolean solve(NativeMatrix a, NativeMatrix b, Lanes lanes) {
        int n = a.rows();
        checkArgument(a.columns() == n, "a symmetric matrix is square, got %s x %s", n, a.columns());
        checkArgument(b.columns() == n, "right-hand sides have %s entries, the matrix %s rows", b.columns(), n);
        Blas.coreType();
        boolean factored = new Cholesky(a, lanes).factor();
        if (factored) {
            // LAPACK goes by columns: its upper triangle is the lower one by rows, and a row of b is a column to it
            openblas.LAPACKE_spotrs(
                    openblas.LAPACK_COL_MAJOR, (byte) 'U', n, b.rows(), new Corner(a, 0, 0), n, new Corner(b, 0, 0), n);
        }
        return factored;
    }

    private boolean factor() {
        for (first = 0; first < size; first = end) {
            end = Math.min(size, first + BLOCK);
            int columns = end - first;
            int failed = openblas.LAPACKE_spotrf(
                    openblas.LAPACK_COL_MAJOR, (byte) 'U', columns, new Corner(matrix, first, first), size);
            if (failed != 0) {
                return false;
            }
            long below = (long) size - end;
            lanes.run(this::solveBelow, below * columns * columns / 2);
            lanes.run(this::takeOff, below * below * columns / 2);
        }
        return true;
    }

    /** Rows of the factor below its last block. */
    private void solveBelow(Lane lane) {
        forBlocks(
                lane,
                (row, rows) -> openblas.cblas_strsm(
                        openblas.CblasRowMajor,
                        openblas.CblasRight,
                        openblas.CblasLower,
                        openblas.CblasTrans,
                        openblas.CblasNonUnit,
                        rows,
                        end - first,
                        1,
                        new Corner(matrix, first, first),
                        size,
                        new Corner(matrix, row, first),
                        size));
    }

    /** Takes off what these rows explain of all that is to the right of them. */
    private void takeOff(Lane lane) {
        forBlocks(
                lane,
                (row, rows) -> lane.gemm()
                        .left(matrix, row, first)
                        .rightTransposed(matrix, end, first)
                        .into(matrix, row, end)
                        .multiply(rows, row + rows - end, end - first, -1, 1));
    }

    /** Some rows. */
    @FunctionalInterface
    private interface RowBlock {
        void take(int row, int rows);
    }

    private void forBlocks(Lane lane, RowBlock work) {
        for (int row = end + lane.index() * BLOCK; row < size; row += lane.count() * BLOCK) {
            work.take(row, Math.min(BLOCK, size - row));
        }
    }

    /**
     * The numerical rank of a symmetric positive semi-definite matrix, by a Cholesky factor with complete pivoting.
     *
     * @param a [n, n], of which the lower triangle (column at most row) is read; overwritten
     * @param tolerance what is left of a diagonal entry at this or below counts as nothing; at least 0
     * @return directions of which more is left, in [0, n]
     */
    public static int rank(NativeMatrix a, float tolerance) {
        int n = a.rows();
        checkArgument(a.columns() == n, "a symmetric matrix is square, got %s x %s", n, a.columns());
        checkArgument(tolerance >= 0, "tolerance must be at least 0, got %s", tolerance);
        Blas.coreType();
        try (IntPointer pivots = new IntPointer(n);
                IntPointer rank = new IntPointer(1L)) {
            openblas.LAPACKE_spstrf(
                    openblas.LAPACK_COL_MAJOR, (byte) 'U', n, new Corner(a, 0, 0), n, pivots, rank, tolerance);
            return rank.get();
        }
    }

    /** Points at an entry of a matrix that somebody else owns. */
    private static final class Corner extends FloatPointer {
        Corner(NativeMatrix matrix, int row, int column) {
            address = matrix.address(row, column);
        }
    }
}
