package sluice.framework.discriminant;

import sluice.framework.internal.kernel.NativeMatrix;
import sluice.tasks.Examples;

/** Computes features, with scratch of its own. Not thread-safe. */
interface FeaturePass extends AutoCloseable {
    /**
     * @param examples raw examples
     * @param rows which of them
     * @param first first of rows
     * @param end after the last of rows
     * @param into [at least end - first, features], overwritten from row 0 on
     */
    void compute(Examples examples, int[] rows, int first, int end, NativeMatrix into);

    @Override
    void close();
}
