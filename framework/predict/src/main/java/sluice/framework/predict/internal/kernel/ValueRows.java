package sluice.framework.predict.internal.kernel;

/**
 * The values of some examples in a layer, a row per example: those that are not 0, with their places, ascending. One thread's own; it grows to
 * the largest rows seen.
 */
public final class ValueRows {
    private final int[][] places;
    private final float[][] values;
    private final int[] counts;

    /**
     * Without values.
     *
     * @param room most examples
     */
    public ValueRows(int room) {
        this.places = new int[room][0];
        this.values = new float[room][0];
        this.counts = new int[room];
    }

    /**
     * Makes the rows of the first examples empty.
     *
     * @param examples how many
     * @param width most values of a row
     */
    public void clear(int examples, int width) {
        for (int r = 0; r < examples; r++) {
            if (places[r].length < width) {
                places[r] = new int[width];
                values[r] = new float[width];
            }
            counts[r] = 0;
        }
    }

    /**
     * Adds values to the end of a row, if they are not 0.
     *
     * @param example whose row
     * @param from values
     * @param length how many
     * @param first the place of the first of them
     * @param weights that they meet; where not all of these are finite, zeros are added, too
     */
    public void append(int example, float[] from, int length, int first, UnitPanels weights) {
        int[] rowPlaces = places[example];
        float[] row = values[example];
        int count = counts[example];
        boolean zeros = !weights.isFinite();
        for (int i = 0; i < length; i++) {
            rowPlaces[count] = first + i;
            row[count] = from[i];
            count += from[i] != 0 || zeros ? 1 : 0;
        }
        counts[example] = count;
    }

    int[] places(int example) {
        return places[example];
    }

    float[] values(int example) {
        return values[example];
    }

    int count(int example) {
        return counts[example];
    }
}
