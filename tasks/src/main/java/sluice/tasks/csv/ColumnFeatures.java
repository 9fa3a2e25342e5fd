package sluice.tasks.csv;

/** How the cells of a column become features. */
interface ColumnFeatures {
    /** What the header calls it. */
    String name();

    /** How many features a cell becomes. */
    int width();

    /**
     * Writes the features of a cell that has a value.
     *
     * @param cell what stands for it
     * @param row whose cell it is
     * @param values of all rows, 0 as yet
     * @param start where the cell's features start in them
     */
    void put(float cell, CsvRow row, float[] values, int start);

    /**
     * {@return what a model needs to know to do the same}
     *
     * @param scales of all features
     * @param start where the column's features start in them
     */
    TableEncoding.Column column(ColumnScale[] scales, int start);
}
