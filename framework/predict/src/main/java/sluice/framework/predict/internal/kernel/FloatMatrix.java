package sluice.framework.predict.internal.kernel;

import static sluice.framework.predict.internal.kernel.Arguments.checkArgument;

/**
 * A row-major matrix of floats of a fixed shape, wherever they lie. Rows go in and out by bulk copies. Different rows may be
 * touched by different threads at the same time.
 */
public interface FloatMatrix extends WeightRows {
    /** {@return columns, which is also the row stride} */
    @Override
    int columns();

    /**
     * Writes values.
     *
     * @param row row to write
     * @param column first column to write
     * @param source values
     * @param from first value in source
     * @param length how many; may run on into the rows that follow
     */
    @Override
    void put(int row, int column, float[] source, int from, int length);

    /**
     * Reads values.
     *
     * @param row row to read
     * @param column first column to read
     * @param target receives the values
     * @param from where the first one goes in target
     * @param length how many; may run on into the rows that follow
     */
    @Override
    void get(int row, int column, float[] target, int from, int length);

    /** Writes values by their bits, see {@link #put}. */
    void putBits(int row, int column, int[] source, int from, int length);

    /** Reads the bits of values, see {@link #get}. */
    void getBits(int row, int column, int[] target, int from, int length);

    /**
     * The same memory, row after row, as a matrix of another shape. Closing a view does nothing.
     *
     * @param otherRows rows of the view, at least 1
     * @param otherColumns its columns, at least 1
     * @return the view, of use until this matrix is closed
     * @throws IllegalArgumentException if it has another number of entries
     */
    FloatMatrix view(int otherRows, int otherColumns);

    /**
     * The first entries of the same memory as a matrix. Closing it does nothing.
     *
     * @param fewerRows its rows, at least 1
     * @param fewerColumns its columns, at least 1
     * @return the part, of use until this matrix is closed
     * @throws IllegalArgumentException if it has more entries than this
     */
    FloatMatrix part(int fewerRows, int fewerColumns);

    /** Refuses a {@link #view} of another number of entries. */
    default void checkView(int otherRows, int otherColumns) {
        checkArgument(
                otherRows >= 1 && otherColumns >= 1 && (long) otherRows * otherColumns == (long) rows() * columns(),
                "a matrix of %s x %s cannot be seen as one of %s x %s",
                rows(),
                columns(),
                otherRows,
                otherColumns);
    }

    /** Refuses a {@link #part} of more entries than there are. */
    default void checkPart(int fewerRows, int fewerColumns) {
        checkArgument(
                fewerRows >= 1 && fewerColumns >= 1 && (long) fewerRows * fewerColumns <= (long) rows() * columns(),
                "a matrix of %s x %s has no part of %s x %s",
                rows(),
                columns(),
                fewerRows,
                fewerColumns);
    }

    /** Where matrices come from. */
    @FunctionalInterface
    interface Allocation extends WeightRows.Allocation {
        /**
         * {@return a matrix of zeros; who asks for it closes it}
         *
         * @param rows at least 1
         * @param columns at least 1
         */
        @Override
        FloatMatrix allocate(int rows, int columns);
    }
}
