package sluice.framework.discriminant;

import sluice.framework.internal.kernel.NativeMatrix;
import sluice.tasks.Examples;

/**
 * Some examples whose features are computed together.
 *
 * @param examples raw examples
 * @param rows which of them
 * @param first first of rows
 * @param end after the last of rows
 * @param into [at least end - first, features], overwritten from row 0 on
 */
record FeatureChunk(Examples examples, int[] rows, int first, int end, NativeMatrix into) {
    int size() {
        return end - first;
    }

    /** Copies one of its examples, from 0. */
    void read(int index, float[] raw) {
        examples.read(rows[first + index], raw);
    }
}
