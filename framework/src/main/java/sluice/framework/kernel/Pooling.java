package sluice.framework.kernel;

import java.util.Arrays;

/**
 * From maps to smaller maps: the largest of each square of positions, or the mean of each cell. Maps are [channels,
 * positions * batch], a position's examples side by side. One thread's own; its scratch grows to the largest row seen and
 * is then reused.
 */
public final class Pooling {
    private float[] full = new float[0];
    private float[] pooled = new float[0];

    Pooling() {}

    private void reserve(int fullLength, int pooledLength) {
        if (fullLength > full.length) {
            full = new float[fullLength];
        }
        if (pooledLength > pooled.length) {
            pooled = new float[pooledLength];
        }
    }

    /**
     * What squares of positions are made of.
     *
     * @param tile positions before pooling; its rows and columns begin and end at squares
     * @param side positions of a side of a square, at least 1
     * @param width squares beside one another in the whole map
     * @param batch examples of a position
     */
    public record Squares(PatchGrid.Tile tile, int side, int width, int batch) {
        int rows() {
            return tile.rows() / side;
        }

        int columns() {
            return tile.columns() / side;
        }

        int fullLength() {
            return tile.positions() * batch;
        }

        int pooledLength() {
            return rows() * columns() * batch;
        }

        /** Examples of a row of squares. */
        int run() {
            return columns() * batch;
        }

        /** Where a row of squares lies in the whole map. */
        int column(int row) {
            return ((tile.firstRow() / side + row) * width + tile.firstColumn() / side) * batch;
        }
    }

    /**
     * {@code u = max(0, max over each square of z + bias)}, and where in the square the largest is: the first of equals.
     *
     * @param z [at least end - first, at least positions of the tile * batch], from its first row and column on
     * @param squares what is pooled
     * @param u [channels, squares * batch], overwritten in the tile's part of these rows
     * @param first first row of u
     * @param end row after the last
     * @param units for each row of u, the unit whose bias it takes
     * @param biases by unit
     * @param largest laid out as u, overwritten likewise: positions in the square, row-major from 0 on
     */
    public void maxBiasAndRelu(
            NativeMatrix z,
            Squares squares,
            NativeMatrix u,
            int first,
            int end,
            int[] units,
            float[] biases,
            byte[] largest) {
        reserve(squares.fullLength(), squares.pooledLength());
        for (int row = first; row < end; row++) {
            z.get(row - first, 0, full, 0, squares.fullLength());
            for (int r = 0; r < squares.rows(); r++) {
                int place = squares.column(r);
                max(squares, r, largest, row * u.columns() + place);
                addAndCut(pooled, r * squares.run(), squares.run(), biases[units[row]]);
                u.put(row, place, pooled, r * squares.run(), squares.run());
            }
        }
    }

    /**
     * The same where nobody asks where the largest is.
     *
     * @param z [at least end - first, at least positions of the tile * batch], from its first row and column on
     * @param squares what is pooled
     * @param u [channels, squares * batch], overwritten in the tile's part of these rows
     * @param first first row of u
     * @param end row after the last
     * @param units for each row of u, the unit whose bias it takes
     * @param biases by unit
     */
    public void maxBiasAndRelu(
            NativeMatrix z, Squares squares, NativeMatrix u, int first, int end, int[] units, float[] biases) {
        reserve(squares.fullLength(), squares.pooledLength());
        for (int row = first; row < end; row++) {
            z.get(row - first, 0, full, 0, squares.fullLength());
            for (int r = 0; r < squares.rows(); r++) {
                max(squares, r);
                addAndCut(pooled, r * squares.run(), squares.run(), biases[units[row]]);
                u.put(row, squares.column(r), pooled, r * squares.run(), squares.run());
            }
        }
    }

    private void max(Squares squares, int row) {
        int side = squares.side();
        int batch = squares.batch();
        int width = squares.tile().columns() * batch;
        for (int c = 0; c < squares.columns(); c++) {
            int into = row * squares.run() + c * batch;
            int from = row * side * width + c * side * batch;
            System.arraycopy(full, from, pooled, into, batch);
            for (int k = 1; k < side * side; k++) {
                larger(full, from + k / side * width + k % side * batch, pooled, into, batch);
            }
        }
    }

    private static void larger(float[] values, int from, float[] most, int into, int count) {
        for (int e = 0; e < count; e++) {
            most[into + e] = Math.max(most[into + e], values[from + e]);
        }
    }

    private void max(Squares squares, int row, byte[] largest, int place) {
        int side = squares.side();
        int batch = squares.batch();
        int width = squares.tile().columns() * batch;
        for (int c = 0; c < squares.columns(); c++) {
            int into = row * squares.run() + c * batch;
            int from = row * side * width + c * side * batch;
            System.arraycopy(full, from, pooled, into, batch);
            Arrays.fill(largest, place + c * batch, place + (c + 1) * batch, (byte) 0);
            for (int k = 1; k < side * side; k++) {
                int other = from + k / side * width + k % side * batch;
                larger(full, other, pooled, into, largest, place + c * batch, batch, (byte) k);
            }
        }
    }

    private static void larger(
            float[] values, int from, float[] most, int into, byte[] largest, int place, int count, byte number) {
        for (int e = 0; e < count; e++) {
            if (values[from + e] > most[into + e]) {
                most[into + e] = values[from + e];
                largest[place + e] = number;
            }
        }
    }

    private static void addAndCut(float[] values, int from, int count, float bias) {
        for (int i = from; i < from + count; i++) {
            values[i] = Math.max(0f, values[i] + bias);
        }
    }

    /**
     * Backward through {@link #maxBiasAndRelu}'s maximum: each square's gradient goes to where its largest value was, 0 to
     * the rest.
     *
     * @param du [channels, squares * batch], gradient at the largest values
     * @param squares what was pooled
     * @param first first row of du
     * @param end row after the last
     * @param largest as {@link #maxBiasAndRelu} left it
     * @param dz [at least end - first, at least positions of the tile * batch], overwritten from its first row and column
     *     on
     */
    public void spread(NativeMatrix du, Squares squares, int first, int end, byte[] largest, NativeMatrix dz) {
        reserve(squares.fullLength(), squares.pooledLength());
        for (int row = first; row < end; row++) {
            for (int r = 0; r < squares.rows(); r++) {
                int place = squares.column(r);
                du.get(row, place, pooled, r * squares.run(), squares.run());
                spread(squares, r, largest, row * du.columns() + place);
            }
            dz.put(row - first, 0, full, 0, squares.fullLength());
        }
    }

    private void spread(Squares squares, int row, byte[] largest, int place) {
        int side = squares.side();
        int batch = squares.batch();
        int width = squares.tile().columns() * batch;
        for (int c = 0; c < squares.columns(); c++) {
            int from = row * squares.run() + c * batch;
            int into = row * side * width + c * side * batch;
            for (int k = 0; k < side * side; k++) {
                int other = into + k / side * width + k % side * batch;
                pick(pooled, from, largest, place + c * batch, (byte) k, full, other, batch);
            }
        }
    }

    private static void pick(
            float[] values, int from, byte[] largest, int place, byte number, float[] into, int to, int count) {
        for (int e = 0; e < count; e++) {
            into[to + e] = largest[place + e] == number ? values[from + e] : 0f;
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
        reserve(length, cells);
        for (int row = first; row < end; row++) {
            maps.get(row, 0, full, 0, length);
            Arrays.fill(pooled, 0, cells, 0);
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
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                add(full, (y * width + x) * batch, pooled, at, batch);
            }
        }
        float share = 1f / ((bottom - top) * (right - left));
        for (int e = at; e < at + batch; e++) {
            pooled[e] *= share;
        }
    }

    private static void add(float[] source, int from, float[] target, int to, int length) {
        for (int i = 0; i < length; i++) {
            target[to + i] += source[from + i];
        }
    }
}
