package sluice.framework.internal.kernel;

import java.util.Arrays;

/**
 * From maps to smaller maps: the mean of each cell. Maps are [channels,
 * positions * batch], a position's examples side by side. One thread's own; its scratch grows to the largest row seen and
 * is then reused.
 */
public final class Pooling {
    private float[] full = new float[0];
    private float[] pooled = new float[0];
    private float[] sum = new float[0];
    private float[] position = new float[0];

    Pooling() {}

    private void reserve(int fullLength, int pooledLength, int batch) {
        if (fullLength > full.length) {
            full = new float[fullLength];
        }
        if (pooledLength > pooled.length) {
            pooled = new float[pooledLength];
        }
        if (batch > sum.length) {
            sum = new float[batch];
            position = new float[batch];
        }
    }

    /**
     * The mean of each cell. Cells are as equal as can be: of h rows in n cells, cell i has rows {@code floor(i h / n)} to
     * {@code ceil((i + 1) h / n) - 1}, so that neighbours may share a row (PyTorch's adaptive average pooling).
     *
     * @param maps [channels, height * width * batch]
     * @param first first row
     * @param end row after the last
     * @param height positions above one another
     * @param width positions beside one another
     * @param batch examples of a position
     * @param into [channels, cellRows * cellColumns * batch], overwritten in these rows
     * @param cellRows cells above one another, at most height
     * @param cellColumns cells beside one another, at most width
     */
    public void means(
            NativeMatrix maps,
            int first,
            int end,
            int height,
            int width,
            int batch,
            NativeMatrix into,
            int cellRows,
            int cellColumns) {
        int length = height * width * batch;
        int cells = cellRows * cellColumns * batch;
        reserve(length, cells, batch);
        for (int row = first; row < end; row++) {
            maps.get(row, 0, full, 0, length);
            for (int r = 0, at = 0; r < cellRows; r++) {
                for (int c = 0; c < cellColumns; c++, at += batch) {
                    mean(
                            start(r, height, cellRows),
                            end(r, height, cellRows),
                            start(c, width, cellColumns),
                            end(c, width, cellColumns),
                            width,
                            batch,
                            at);
                }
            }
            into.put(row, 0, pooled, 0, cells);
        }
    }

    private static int start(int cell, int length, int cells) {
        return cell * length / cells;
    }

    private static int end(int cell, int length, int cells) {
        return ((cell + 1) * length + cells - 1) / cells;
    }

    private void mean(int top, int bottom, int left, int right, int width, int batch, int at) {
        Arrays.fill(sum, 0, batch, 0);
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                System.arraycopy(full, (y * width + x) * batch, position, 0, batch);
                add(position, sum, batch);
            }
        }
        float share = 1f / ((bottom - top) * (right - left));
        for (int e = 0; e < batch; e++) {
            sum[e] *= share;
        }
        System.arraycopy(sum, 0, pooled, at, batch);
    }

    /** The JVM vectorises over one index alone. */
    private static void add(float[] source, float[] target, int length) {
        for (int i = 0; i < length; i++) {
            target[i] += source[i];
        }
    }
}
