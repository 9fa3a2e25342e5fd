package sluice.framework.predict.internal.kernel;

import java.util.Arrays;

/**
 * Between maps and the patches that a convolution multiplies ({@code im2col} and back). Maps are [channels, pixels *
 * batch]: a pixel's examples lie side by side, so that what moves is whole runs of them. Im2Col of a tile are [channels *
 * taps, positions of the tile * batch]: a row per channel and tap, of which the channel is the slower. One thread's own;
 * its scratch grows to the largest tile seen and is then reused.
 */
public final class Im2Col {
    /** One channel of the image under a tile, with the zeros around it. */
    private float[] window = new float[0];
    /** The patches of one channel. */
    private float[] block = new float[0];
    /** A run of them where it belongs in the window: the JVM vectorises over one index alone. */
    private float[] shifted = new float[0];

    /** With scratch of its own. */
    public Im2Col() {}

    private void reserve(int windowLength, int blockLength) {
        if (windowLength > window.length) {
            window = new float[windowLength];
            shifted = new float[windowLength];
        }
        if (blockLength > block.length) {
            block = new float[blockLength];
        }
    }

    private void reserve(PatchGrid grid, PatchGrid.Tile tile, int batch) {
        int edge = grid.kernel() - 1;
        reserve(
                (tile.rows() + edge) * (tile.columns() + edge) * batch,
                Math.multiplyExact(grid.taps() * tile.positions(), batch));
    }

    /**
     * Copies the patches of a tile.
     *
     * @param grid where patches lie
     * @param tile which of them
     * @param batch examples of a pixel, all of which are copied
     * @param maps [channels, pixels * batch]
     * @param first first channel
     * @param end channel after the last
     * @param into [at least (end - first) * taps, at least positions of the tile * batch], written from its first row and
     *     column on
     */
    public void gather(
            PatchGrid grid, PatchGrid.Tile tile, int batch, FloatMatrix maps, int first, int end, FloatMatrix into) {
        reserve(grid, tile, batch);
        int length = tile.positions() * batch;
        for (int channel = first; channel < end; channel++) {
            readWindow(grid, tile, batch, maps, channel);
            windowToBlock(grid, tile, batch);
            int row = (channel - first) * grid.taps();
            if (length == into.columns()) {
                into.put(row, 0, block, 0, grid.taps() * length);
            } else {
                for (int tap = 0; tap < grid.taps(); tap++) {
                    into.put(row + tap, 0, block, tap * length, length);
                }
            }
        }
    }

    private void readWindow(PatchGrid grid, PatchGrid.Tile tile, int batch, FloatMatrix maps, int channel) {
        int edge = grid.kernel() - 1;
        int width = tile.columns() + edge;
        int top = tile.firstRow() - grid.before();
        int left = tile.firstColumn() - grid.before();
        int from = Math.max(0, left);
        int to = Math.min(grid.width(), left + width);
        for (int r = 0; r < tile.rows() + edge; r++) {
            int at = r * width * batch;
            boolean inside = top + r >= 0 && top + r < grid.height() && from < to;
            if (!inside || to - from < width) {
                Arrays.fill(window, at, at + width * batch, 0);
            }
            if (inside) {
                int pixel = (top + r) * grid.width() + from;
                maps.get(channel, pixel * batch, window, at + (from - left) * batch, (to - from) * batch);
            }
        }
    }

    private void windowToBlock(PatchGrid grid, PatchGrid.Tile tile, int batch) {
        int kernel = grid.kernel();
        int width = (tile.columns() + kernel - 1) * batch;
        int run = tile.columns() * batch;
        for (int y = 0, at = 0; y < kernel; y++) {
            for (int x = 0; x < kernel; x++) {
                for (int r = 0; r < tile.rows(); r++, at += run) {
                    System.arraycopy(window, (r + y) * width + x * batch, block, at, run);
                }
            }
        }
    }

    /**
     * Adds the patches of a tile to the maps that they came from: the transpose of {@link #gather}. Tiles overlap in the
     * maps.
     *
     * @param grid where patches lie
     * @param tile which of them
     * @param batch examples of a pixel
     * @param patches [at least (end - first) * taps, at least positions of the tile * batch]
     * @param maps [channels, pixels * batch], added to
     * @param first first channel
     * @param end channel after the last
     */
    public void scatter(
            PatchGrid grid, PatchGrid.Tile tile, int batch, FloatMatrix patches, FloatMatrix maps, int first, int end) {
        reserve(grid, tile, batch);
        int length = tile.positions() * batch;
        for (int channel = first; channel < end; channel++) {
            int row = (channel - first) * grid.taps();
            if (length == patches.columns()) {
                patches.get(row, 0, block, 0, grid.taps() * length);
            } else {
                for (int tap = 0; tap < grid.taps(); tap++) {
                    patches.get(row + tap, 0, block, tap * length, length);
                }
            }
            readWindow(grid, tile, batch, maps, channel);
            blockToWindow(grid, tile, batch);
            writeWindow(grid, tile, batch, maps, channel);
        }
    }

    private void blockToWindow(PatchGrid grid, PatchGrid.Tile tile, int batch) {
        int kernel = grid.kernel();
        int width = (tile.columns() + kernel - 1) * batch;
        int run = tile.columns() * batch;
        for (int y = 0, at = 0; y < kernel; y++) {
            for (int x = 0; x < kernel; x++) {
                for (int r = 0; r < tile.rows(); r++, at += run) {
                    int to = (r + y) * width + x * batch;
                    System.arraycopy(block, at, shifted, to, run);
                    add(shifted, window, to, to + run);
                }
            }
        }
    }

    private static void add(float[] source, float[] target, int from, int to) {
        for (int i = from; i < to; i++) {
            target[i] += source[i];
        }
    }

    private void writeWindow(PatchGrid grid, PatchGrid.Tile tile, int batch, FloatMatrix maps, int channel) {
        int edge = grid.kernel() - 1;
        int width = tile.columns() + edge;
        int top = tile.firstRow() - grid.before();
        int left = tile.firstColumn() - grid.before();
        int from = Math.max(0, left);
        int to = Math.min(grid.width(), left + width);
        int endRow = Math.min(tile.rows() + edge, grid.height() - top);
        for (int r = Math.max(0, -top); r < endRow && from < to; r++) {
            int pixel = (top + r) * grid.width() + from;
            int at = (r * width + from - left) * batch;
            maps.put(channel, pixel * batch, window, at, (to - from) * batch);
        }
    }
}
