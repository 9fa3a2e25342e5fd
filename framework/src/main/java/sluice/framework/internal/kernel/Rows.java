package sluice.framework.internal.kernel;

/**
 * Passes over rows of parameters, each row once through the heap, where loops are fastest: rows go to other places, and
 * blocks of them are moved by an optimiser. One thread's own; its scratch grows to the longest row seen and is then reused.
 */
public final class Rows {
    private float[] one = new float[0];
    private float[] two = new float[0];
    /** Rows of moments, of as many as any update had; as they were last. */
    private float[][] moments = {};

    Rows() {}

    private void reserve(int length) {
        if (length > one.length) {
            one = new float[length];
            two = new float[length];
        }
    }

    /**
     * {@return scratch for a row, with whatever it held last; the next pass overwrites it}
     *
     * @param columns how long it must be at least
     */
    public float[] row(int columns) {
        reserve(columns);
        return one;
    }

    /**
     * Brings a run of entries into the cache.
     *
     * @param values where they are
     * @param from the first
     * @param count how many
     */
    public void touch(float[] values, int from, int count) {
        reserve(count);
        System.arraycopy(values, from, two, 0, count);
    }

    /**
     * Reads a part of a row into scratch, each entry to its column's place.
     *
     * @param matrix a matrix
     * @param row the row
     * @param from first column
     * @param to column after the last
     * @return scratch, until the next pass
     */
    public float[] read(NativeMatrix matrix, int row, int from, int to) {
        reserve(matrix.columns());
        if (from < to) {
            matrix.get(row, from, one, from, to - from);
        }
        return one;
    }

    /**
     * Writes a part of a row from scratch.
     *
     * @param matrix a matrix
     * @param row the row
     * @param from first column
     * @param to column after the last
     */
    public void write(NativeMatrix matrix, int row, int from, int to) {
        if (from < to) {
            matrix.put(row, from, one, from, to - from);
        }
    }

    /**
     * Exchanges two rows.
     *
     * @param matrix a matrix
     * @param left a row
     * @param right another
     */
    public void swapRows(NativeMatrix matrix, int left, int right) {
        int columns = matrix.columns();
        reserve(columns);
        matrix.get(left, 0, one, 0, columns);
        matrix.get(right, 0, two, 0, columns);
        matrix.put(left, 0, two, 0, columns);
        matrix.put(right, 0, one, 0, columns);
    }

    /**
     * Moves a block of parameters: gradient, moments and update in one pass over each row.
     *
     * @param arithmetic how
     * @param w parameters
     * @param running the moments, each of the shape of w, by row and column
     * @param gradient of the shape of w
     * @param firstRow the block's first row
     * @param endRow row after its last
     * @param firstColumn its first column
     * @param endColumn column after its last
     * @param scale factor on the gradient
     */
    public void update(
            Arithmetic arithmetic,
            NativeMatrix w,
            float[][][] running,
            NativeMatrix gradient,
            int firstRow,
            int endRow,
            int firstColumn,
            int endColumn,
            float scale) {
        int length = endColumn - firstColumn;
        reserve(endColumn);
        if (running.length > moments.length) {
            moments = new float[running.length][];
        }
        for (int row = firstRow; row < endRow; row++) {
            gradient.get(row, firstColumn, two, firstColumn, length);
            scaled(two, firstColumn, endColumn, scale);
            w.get(row, firstColumn, one, firstColumn, length);
            for (int i = 0; i < running.length; i++) {
                moments[i] = running[i][row];
            }
            arithmetic.move(one, moments, two, firstColumn, endColumn);
            w.put(row, firstColumn, one, firstColumn, length);
        }
    }

    /**
     * Adds a block of another matrix.
     *
     * @param into added to
     * @param other of the shape of into
     * @param firstRow the block's first row
     * @param endRow row after its last
     * @param firstColumn its first column
     * @param endColumn column after its last
     */
    public void add(NativeMatrix into, NativeMatrix other, int firstRow, int endRow, int firstColumn, int endColumn) {
        int length = endColumn - firstColumn;
        if (length <= 0) {
            return;
        }
        reserve(length);
        for (int row = firstRow; row < endRow; row++) {
            into.get(row, firstColumn, one, 0, length);
            other.get(row, firstColumn, two, 0, length);
            for (int i = 0; i < length; i++) {
                one[i] += two[i];
            }
            into.put(row, firstColumn, one, 0, length);
        }
    }

    private static void scaled(float[] values, int from, int to, float scale) {
        if (scale != 1) {
            for (int i = from; i < to; i++) {
                values[i] *= scale;
            }
        }
    }

    /**
     * {@return the sum of the squares of its entries}
     *
     * @param a a matrix
     * @param firstRow a block's first row
     * @param endRow row after its last
     * @param firstColumn its first column
     * @param endColumn column after its last
     */
    public double squares(NativeMatrix a, int firstRow, int endRow, int firstColumn, int endColumn) {
        int length = endColumn - firstColumn;
        reserve(length);
        double sum = 0;
        for (int row = firstRow; row < endRow; row++) {
            a.get(row, firstColumn, one, 0, length);
            sum += Passes.dot(one, one, 0, length);
        }
        return sum;
    }
}
