package sluice.framework.predict.internal.kernel;

/** The weights of units, a row per unit, wherever they lie. Rows go in and out by bulk copies. */
public interface WeightRows extends AutoCloseable {
    /** {@return rows} */
    int rows();

    /** {@return columns} */
    int columns();

    /**
     * Writes values.
     *
     * @param row row to write
     * @param column first column to write
     * @param source values
     * @param from first value in source
     * @param length how many, of this row
     */
    void put(int row, int column, float[] source, int from, int length);

    /**
     * Reads values.
     *
     * @param row row to read
     * @param column first column to read
     * @param target receives the values
     * @param from where the first one goes in target
     * @param length how many, of this row
     */
    void get(int row, int column, float[] target, int from, int length);

    /** Frees what lies outside the heap, if anything does. */
    @Override
    void close();

    /** Where they come from. */
    @FunctionalInterface
    interface Allocation {
        /**
         * {@return zeros; who asks for them closes them}
         *
         * @param rows at least 1
         * @param columns at least 1
         */
        WeightRows allocate(int rows, int columns);
    }
}
