package sluice.framework.internal.kernel;

import static com.google.common.base.Preconditions.checkArgument;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.openblas.global.openblas;

/**
 * Solves {@code A X = B} for a symmetric positive definite A, by LAPACK's Cholesky factor, on one thread: how many it uses
 * is a setting of the whole process, and bits would depend on what else runs.
 */
public final class Cholesky {
    private Cholesky() {}

    /**
     * Factors and solves in place.
     *
     * @param a [n, n], of which the lower triangle (column at most row) is read; overwritten with the factor
     * @param b [k, n], a right-hand side per row; overwritten with the solutions, unless a has no factor
     * @return whether a is positive definite in single precision; if not, a is spoilt and b as it was
     */
    public static boolean solve(NativeMatrix a, NativeMatrix b) {
        int n = a.rows();
        checkArgument(a.columns() == n, "a symmetric matrix is square, got %s x %s", n, a.columns());
        checkArgument(b.columns() == n, "right-hand sides have %s entries, the matrix %s rows", b.columns(), n);
        // LAPACK goes by columns: its upper triangle is the lower one by rows, and a row of b is a column to it
        FloatPointer left = pointer(a);
        Blas.coreType();
        int failed = openblas.LAPACKE_spotrf(openblas.LAPACK_COL_MAJOR, (byte) 'U', n, left, n);
        if (failed == 0) {
            openblas.LAPACKE_spotrs(openblas.LAPACK_COL_MAJOR, (byte) 'U', n, b.rows(), left, n, pointer(b), n);
        }
        return failed == 0;
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
            openblas.LAPACKE_spstrf(openblas.LAPACK_COL_MAJOR, (byte) 'U', n, pointer(a), n, pivots, rank, tolerance);
            return rank.get();
        }
    }

    private static FloatPointer pointer(NativeMatrix matrix) {
        return new Corner(matrix);
    }

    /** Points at a matrix that somebody else owns. */
    private static final class Corner extends FloatPointer {
        Corner(NativeMatrix matrix) {
            address = matrix.address(0, 0);
        }
    }
}
