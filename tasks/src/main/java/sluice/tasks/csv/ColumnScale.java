package sluice.tasks.csv;

/**
 * How the values of a feature become inputs.
 *
 * @param fill what takes the place of a missing value
 * @param mean what is subtracted
 * @param deviation what the difference is divided by; infinite where every value is to become 0
 */
record ColumnScale(double fill, double mean, double deviation) {
    /** Values stay as they are. */
    static final ColumnScale NONE = new ColumnScale(0, 0, 1);

    float apply(float value, boolean missing) {
        return (float) (((missing ? fill : value) - mean) / deviation) + 0f; // makes -0 plain 0
    }
}
