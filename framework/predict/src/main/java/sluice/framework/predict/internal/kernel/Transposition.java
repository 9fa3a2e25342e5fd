package sluice.framework.predict.internal.kernel;

/** Turns examples into columns. One thread's own; its scratch grows to the largest batch seen and is then reused. */
public final class Transposition {
    private float[] one = new float[0];
    private float[] block = new float[0];

    /**
     * {@return scratch for rows to be {@linkplain #transpose transposed}}
     *
     * @param length how long it must be at least
     */
    public float[] block(int length) {
        if (length > block.length) {
            block = new float[length];
        }
        return block;
    }

    /**
     * Turns examples into maps: a row per feature, examples side by side.
     *
     * @param rows [count, features], row-major
     * @param count examples
     * @param maps [features, examples], overwritten in the columns of these examples
     * @param column column of the first
     */
    public void transpose(float[] rows, int count, FloatMatrix maps, int column) {
        int features = maps.rows();
        if (count > one.length) {
            one = new float[count];
        }
        for (int f = 0; f < features; f++) {
            for (int e = 0, at = f; e < count; e++, at += features) {
                one[e] = rows[at];
            }
            maps.put(f, column, one, 0, count);
        }
    }
}
