package sluice.framework.predict.internal.kernel;

import static sluice.framework.predict.internal.kernel.Arguments.checkArgument;

/** A matrix on the heap. */
public final class HeapMatrix implements FloatMatrix {
    private final float[] values;
    private final int rows;
    private final int columns;

    private HeapMatrix(float[] values, int rows, int columns) {
        this.values = values;
        this.rows = rows;
        this.columns = columns;
    }

    /**
     * {@return a matrix of zeros}
     *
     * @param rows at least 1
     * @param columns at least 1
     * @throws IllegalArgumentException if there are none of either
     * @throws ArithmeticException if no array is that long
     */
    public static HeapMatrix allocate(int rows, int columns) {
        checkArgument(rows >= 1 && columns >= 1, "a matrix of %s x %s does not fit", rows, columns);
        return new HeapMatrix(new float[Math.multiplyExact(rows, columns)], rows, columns);
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public void put(int row, int column, float[] source, int from, int length) {
        System.arraycopy(source, from, values, row * columns + column, length);
    }

    @Override
    public void get(int row, int column, float[] target, int from, int length) {
        System.arraycopy(values, row * columns + column, target, from, length);
    }

    @Override
    public void putBits(int row, int column, int[] source, int from, int length) {
        for (int i = 0, at = row * columns + column; i < length; i++, at++) {
            values[at] = Float.intBitsToFloat(source[from + i]);
        }
    }

    @Override
    public void getBits(int row, int column, int[] target, int from, int length) {
        for (int i = 0, at = row * columns + column; i < length; i++, at++) {
            target[from + i] = Float.floatToRawIntBits(values[at]);
        }
    }

    @Override
    public HeapMatrix view(int otherRows, int otherColumns) {
        checkView(otherRows, otherColumns);
        return new HeapMatrix(values, otherRows, otherColumns);
    }

    @Override
    public HeapMatrix part(int fewerRows, int fewerColumns) {
        checkPart(fewerRows, fewerColumns);
        return new HeapMatrix(values, fewerRows, fewerColumns);
    }

    @Override
    public void close() {
        // the garbage collector sees it
    }
}
