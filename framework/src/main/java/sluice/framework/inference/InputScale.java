package sluice.framework.inference;

import sluice.tasks.Examples;

/**
 * Brings features near [0, 1], all by the same numbers, since a feature of one task need not be what it is in another: those that are never
 * negative, as pixels are, by their range; others so that two deviations around their mean fill it.
 *
 * @param shift what becomes 0
 * @param factor what the rest is multiplied by
 */
record InputScale(float shift, float factor) {
    private static final int DEVIATIONS = 2;

    /**
     * {@return the scale}
     *
     * @param examples of the first task
     * @param rows which of them
     */
    static InputScale of(Examples examples, int[] rows) {
        float[] row = new float[examples.features()];
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        double sum = 0;
        double squares = 0;
        for (int index : rows) {
            examples.read(index, row);
            for (float value : row) {
                least = Math.min(least, value);
                most = Math.max(most, value);
                sum += value;
                squares += (double) value * value;
            }
        }
        double count = (double) rows.length * row.length;
        double mean = sum / count;
        double deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
        double from = least >= 0 ? least : mean - DEVIATIONS * deviation;
        double width = least >= 0 ? most - least : 2 * DEVIATIONS * deviation;
        return new InputScale((float) from, width > 0 ? (float) (1 / width) : 1);
    }

    float of(float value) {
        return (value - shift) * factor;
    }
}
