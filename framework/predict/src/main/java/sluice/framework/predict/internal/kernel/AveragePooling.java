package sluice.framework.predict.internal.kernel;

import java.util.Arrays;

/**
 * The mean of each square of positions, after bias and ReLU. Maps are [channels, positions * batch], a position's examples
 * side by side. Which members of a square were above 0 is kept as bits, {@link #words} whole numbers per square: as many
 * planes, one after the other, each laid out as the pooled maps. Every value is summed in the same order, whatever is beside
 * it. One thread's own; its scratch grows to the longest row seen and is then reused.
 */
public final class AveragePooling {
    private float[] full = new float[0];
    private float[] pooled = new float[0];
    private int[] bits = new int[0];

    /** With scratch of its own. */
    public AveragePooling() {}

    private void reserve(int fullLength, int pooledLength) {
        if (fullLength > full.length) {
            full = new float[fullLength];
        }
        if (pooledLength > pooled.length) {
            pooled = new float[pooledLength];
            bits = new int[pooledLength];
        }
    }

    /**
     * {@return whole numbers that hold a bit per member}
     *
     * @param side positions of a side of a square
     */
    public static int words(int side) {
        return (side * side + Integer.SIZE - 1) / Integer.SIZE;
    }

    /**
     * {@code u = mean over each square of max(0, z + bias)}, and which members are above 0.
     *
     * @param z [at least end - first, at least positions of the tile * batch], from its first row and column on
     * @param squares what is pooled
     * @param u [channels, squares * batch], overwritten in the tile's part of these rows
     * @param first first row of u
     * @param end row after the last
     * @param units for each row of u, the unit whose bias it takes
     * @param biases by unit
     * @param above planes of bits, overwritten likewise
     */
    public void biasReluAndMean(
            FloatMatrix z,
            PoolingWindows squares,
            FloatMatrix u,
            int first,
            int end,
            int[] units,
            float[] biases,
            int[] above) {
        int plane = u.rows() * u.columns();
        for (int row = first; row < end; row++) {
            mean(z, row - first, squares, u, row, biases[units[row]]);
            for (int r = 0; r < squares.rows(); r++) {
                int at = row * u.columns() + squares.column(r);
                for (int word = 0; word < words(squares.side()); word++) {
                    gatherBits(squares, r, word, biases[units[row]]);
                    System.arraycopy(bits, 0, above, word * plane + at, squares.run());
                }
            }
        }
    }

    /**
     * The same where nobody asks which members are above 0.
     *
     * @param z [at least end - first, at least positions of the tile * batch], from its first row and column on
     * @param squares what is pooled
     * @param u [channels, squares * batch], overwritten in the tile's part of these rows
     * @param first first row of u
     * @param end row after the last
     * @param units for each row of u, the unit whose bias it takes
     * @param biases by unit
     */
    public void biasReluAndMean(
            FloatMatrix z, PoolingWindows squares, FloatMatrix u, int first, int end, int[] units, float[] biases) {
        for (int row = first; row < end; row++) {
            mean(z, row - first, squares, u, row, biases[units[row]]);
        }
    }

    /** Leaves the row of z in {@link #full}. */
    private void mean(FloatMatrix z, int from, PoolingWindows squares, FloatMatrix u, int row, float bias) {
        reserve(squares.fullLength(), squares.run());
        z.get(from, 0, full, 0, squares.fullLength());
        float share = 1f / squares.members();
        int batch = squares.batch();
        for (int r = 0; r < squares.rows(); r++) {
            Arrays.fill(pooled, 0, squares.run(), 0);
            for (int k = 0; k < squares.members(); k++) {
                for (int c = 0; c < squares.columns(); c++) {
                    add(full, squares.member(r, c, k), bias, pooled, c * batch, batch);
                }
            }
            for (int i = 0; i < squares.run(); i++) {
                pooled[i] *= share;
            }
            u.put(row, squares.column(r), pooled, 0, squares.run());
        }
    }

    private static void add(float[] values, int from, float bias, float[] sums, int into, int count) {
        for (int i = 0; i < count; i++) {
            sums[into + i] += Math.max(0f, values[from + i] + bias);
        }
    }

    private void gatherBits(PoolingWindows squares, int r, int word, float bias) {
        int batch = squares.batch();
        Arrays.fill(bits, 0, squares.run(), 0);
        int last = Math.min(squares.members(), (word + 1) * Integer.SIZE);
        for (int k = word * Integer.SIZE; k < last; k++) {
            for (int c = 0; c < squares.columns(); c++) {
                mark(full, squares.member(r, c, k), bias, bits, c * batch, batch, 1 << k);
            }
        }
    }

    private static void mark(float[] values, int from, float bias, int[] marks, int into, int count, int bit) {
        for (int i = 0; i < count; i++) {
            marks[into + i] |= values[from + i] + bias > 0 ? bit : 0;
        }
    }

    /**
     * Backward through {@link #biasReluAndMean}: each member that was above 0 takes its share of its square's gradient, 0 the
     * rest.
     *
     * @param du [channels, squares * batch], gradient at the means
     * @param squares what was pooled
     * @param first first row of du
     * @param end row after the last
     * @param above as {@link #biasReluAndMean} left it
     * @param dz [at least end - first, at least positions of the tile * batch], overwritten from its first row and column
     *     on
     */
    public void spread(FloatMatrix du, PoolingWindows squares, int first, int end, int[] above, FloatMatrix dz) {
        reserve(squares.fullLength(), squares.run());
        int plane = du.rows() * du.columns();
        int batch = squares.batch();
        float share = 1f / squares.members();
        for (int row = first; row < end; row++) {
            for (int r = 0; r < squares.rows(); r++) {
                int at = row * du.columns() + squares.column(r);
                du.get(row, squares.column(r), pooled, 0, squares.run());
                for (int i = 0; i < squares.run(); i++) {
                    pooled[i] *= share;
                }
                for (int k = 0; k < squares.members(); k++) {
                    int marks = k / Integer.SIZE * plane + at;
                    for (int c = 0; c < squares.columns(); c++) {
                        int into = squares.member(r, c, k);
                        pick(pooled, c * batch, above, marks + c * batch, 1 << k, full, into, batch);
                    }
                }
            }
            dz.put(row - first, 0, full, 0, squares.fullLength());
        }
    }

    private static void pick(
            float[] values, int from, int[] marks, int mark, int bit, float[] target, int into, int count) {
        for (int i = 0; i < count; i++) {
            target[into + i] = (marks[mark + i] & bit) == 0 ? 0f : values[from + i];
        }
    }

    /**
     * {@code dBias = sum over a map of dz}, from the gradient at the means.
     *
     * @param du [channels, squares * batch], gradient at the means
     * @param side positions of a side of a square
     * @param first first row
     * @param end row after the last
     * @param above as {@link #biasReluAndMean} left it
     * @param dBiases by row, overwritten
     */
    public void biasGradient(FloatMatrix du, int side, int first, int end, int[] above, float[] dBiases) {
        int columns = du.columns();
        int plane = du.rows() * columns;
        reserve(columns, 0);
        for (int row = first; row < end; row++) {
            du.get(row, 0, full, 0, columns);
            double sum = 0;
            for (int word = 0; word < words(side); word++) {
                int from = word * plane + row * columns;
                for (int i = 0; i < columns; i++) {
                    sum += full[i] * Integer.bitCount(above[from + i]);
                }
            }
            dBiases[row] = (float) (sum / (side * side));
        }
    }
}
