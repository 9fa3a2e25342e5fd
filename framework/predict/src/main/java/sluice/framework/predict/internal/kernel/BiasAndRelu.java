package sluice.framework.predict.internal.kernel;

/** {@code max(0, z + bias)}, row by row. One thread's own; its scratch grows to the largest row seen and is then reused. */
public final class BiasAndRelu {
    /** Floats that go through the heap at a time: well within the first-level cache. */
    private static final int CHUNK = 2048;

    private float[] chunk = new float[CHUNK];

    /**
     * {@code z = max(0, z + bias)}.
     *
     * @param z [units, batch], overwritten
     * @param first first row
     * @param end row after the last
     * @param units for each row, the unit whose bias it takes
     * @param biases by unit
     */
    public void apply(FloatMatrix z, int first, int end, int[] units, float[] biases) {
        int columns = z.columns();
        if (columns > chunk.length) {
            chunk = new float[columns];
        }
        int step = Math.max(1, CHUNK / columns);
        for (int row = first; row < end; row += step) {
            int rows = Math.min(step, end - row);
            z.get(row, 0, chunk, 0, rows * columns);
            for (int r = 0, at = 0; r < rows; r++, at += columns) {
                addAndCut(chunk, at, at + columns, biases[units[row + r]]);
            }
            z.put(row, 0, chunk, 0, rows * columns);
        }
    }

    private static void addAndCut(float[] values, int from, int to, float bias) {
        for (int i = from; i < to; i++) {
            values[i] = Math.max(0f, values[i] + bias);
        }
    }
}
