package sluice.framework.predict.internal.kernel;

import java.util.Arrays;

/**
 * The largest value of each square of positions, with bias and ReLU, which change nothing in the order of values. Maps are
 * [channels, positions * batch], a position's examples side by side. Values are compared by their bits, as whole numbers,
 * without branches, which random data would mispredict; several maps at a time, so that loops are long enough for the JVM
 * to vectorise them. One thread's own; its scratch grows to the largest tile seen and is then reused.
 */
public final class MaxPooling {
    /** Values of members of squares that are compared at a time. */
    private static final int LONG_ENOUGH = 1024;

    private int[] full = new int[0];
    /** Members of squares: all first ones, all second ones, ... Apart, as the JVM vectorises over one index alone. */
    private int[][] members = new int[0][];

    private int[] most = new int[0];

    private int[] numbers = new int[0];
    private float[] pooled = new float[0];

    /** With scratch of its own. */
    public MaxPooling() {}

    private int mapsAtATime(PoolingWindows squares) {
        int maps = Math.max(1, LONG_ENOUGH / squares.pooledLength());
        int length = maps * squares.pooledLength();
        if (squares.fullLength() > full.length) {
            full = new int[squares.fullLength()];
        }
        if (length > numbers.length || squares.members() > members.length) {
            int room = Math.max(length, numbers.length);
            members = new int[Math.max(squares.members(), members.length)][room];
            most = new int[room];
            numbers = new int[room];
            pooled = new float[room];
        }
        return maps;
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
            FloatMatrix z,
            PoolingWindows squares,
            FloatMatrix u,
            int first,
            int end,
            int[] units,
            float[] biases,
            int[] largest) {
        int step = mapsAtATime(squares);
        for (int row = first; row < end; row += step) {
            int maps = Math.min(step, end - row);
            int length = maps * squares.pooledLength();
            gather(z, squares, row - first, maps);
            System.arraycopy(members[0], 0, most, 0, length);
            Arrays.fill(numbers, 0, length, 0);
            for (int k = 1; k < squares.members(); k++) {
                larger(members[k], most, numbers, length, k);
            }
            turn(most, length);
            for (int m = 0; m < maps; m++) {
                write(u, squares, row + m, m, biases[units[row + m]]);
                keep(squares, m, largest, (row + m) * u.columns());
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
            FloatMatrix z, PoolingWindows squares, FloatMatrix u, int first, int end, int[] units, float[] biases) {
        int step = mapsAtATime(squares);
        for (int row = first; row < end; row += step) {
            int maps = Math.min(step, end - row);
            int length = maps * squares.pooledLength();
            gather(z, squares, row - first, maps);
            System.arraycopy(members[0], 0, most, 0, length);
            for (int k = 1; k < squares.members(); k++) {
                larger(members[k], most, length);
            }
            turn(most, length);
            for (int m = 0; m < maps; m++) {
                write(u, squares, row + m, m, biases[units[row + m]]);
            }
        }
    }

    private void gather(FloatMatrix z, PoolingWindows squares, int row, int maps) {
        int batch = squares.batch();
        for (int m = 0; m < maps; m++) {
            z.getBits(row + m, 0, full, 0, squares.fullLength());
            for (int k = 0; k < squares.members(); k++) {
                int into = m * squares.pooledLength();
                for (int r = 0; r < squares.rows(); r++) {
                    if (batch == 1) {
                        gatherSingles(
                                full, squares.member(r, 0, k), squares.side(), members[k], into, squares.columns());
                        into += squares.columns();
                        continue;
                    }
                    for (int c = 0; c < squares.columns(); c++, into += batch) {
                        System.arraycopy(full, squares.member(r, c, k), members[k], into, batch);
                    }
                }
            }
        }
        for (int k = 0; k < squares.members(); k++) {
            turn(members[k], maps * squares.pooledLength());
        }
    }

    /** From the bits of floats to whole numbers in the same order, and back. */
    private static void turn(int[] bits, int count) {
        for (int i = 0; i < count; i++) {
            bits[i] ^= (bits[i] >> 31) >>> 1;
        }
    }

    private static void larger(int[] values, int[] most, int[] numbers, int count, int number) {
        for (int i = 0; i < count; i++) {
            int a = most[i];
            int b = values[i];
            // all ones where a < b, however far apart they are
            int less = ((a & ~b) | (~(a ^ b) & (a - b))) >> 31;
            most[i] = (b & less) | (a & ~less);
            numbers[i] = (number & less) | (numbers[i] & ~less);
        }
    }

    private static void larger(int[] values, int[] most, int count) {
        for (int i = 0; i < count; i++) {
            int a = most[i];
            int b = values[i];
            int less = ((a & ~b) | (~(a ^ b) & (a - b))) >> 31;
            most[i] = (b & less) | (a & ~less);
        }
    }

    private void write(FloatMatrix u, PoolingWindows squares, int row, int map, float bias) {
        int run = squares.run();
        for (int r = 0; r < squares.rows(); r++) {
            int place = squares.column(r);
            u.putBits(row, place, most, map * squares.pooledLength() + r * run, run);
            u.get(row, place, pooled, 0, run);
            for (int i = 0; i < run; i++) {
                pooled[i] = Math.max(0f, pooled[i] + bias);
            }
            u.put(row, place, pooled, 0, run);
        }
    }

    private void keep(PoolingWindows squares, int map, int[] largest, int row) {
        int run = squares.run();
        for (int r = 0; r < squares.rows(); r++) {
            int from = map * squares.pooledLength() + r * run;
            System.arraycopy(numbers, from, largest, row + squares.column(r), run);
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
    public void spread(FloatMatrix du, PoolingWindows squares, int first, int end, int[] largest, FloatMatrix dz) {
        int step = mapsAtATime(squares);
        for (int row = first; row < end; row += step) {
            int maps = Math.min(step, end - row);
            int length = maps * squares.pooledLength();
            for (int m = 0; m < maps; m++) {
                read(du, squares, row + m, m, largest);
            }
            for (int k = 0; k < squares.members(); k++) {
                pick(most, numbers, k, members[k], length);
            }
            for (int m = 0; m < maps; m++) {
                scatter(squares, m);
                dz.putBits(row - first + m, 0, full, 0, squares.fullLength());
            }
        }
    }

    private void read(FloatMatrix du, PoolingWindows squares, int row, int map, int[] largest) {
        int run = squares.run();
        for (int r = 0; r < squares.rows(); r++) {
            int place = squares.column(r);
            int into = map * squares.pooledLength() + r * run;
            du.getBits(row, place, most, into, run);
            System.arraycopy(largest, row * du.columns() + place, numbers, into, run);
        }
    }

    /** Values where they belong to this member, else 0. */
    private static void pick(int[] values, int[] numbers, int number, int[] into, int count) {
        for (int i = 0; i < count; i++) {
            // all ones where the numbers are the same: both are small and not negative
            into[i] = values[i] & (((numbers[i] ^ number) - 1) >> 31);
        }
    }

    private void scatter(PoolingWindows squares, int map) {
        int batch = squares.batch();
        for (int k = 0; k < squares.members(); k++) {
            int from = map * squares.pooledLength();
            for (int r = 0; r < squares.rows(); r++) {
                if (batch == 1) {
                    scatterSingles(members[k], from, full, squares.member(r, 0, k), squares.side(), squares.columns());
                    from += squares.columns();
                    continue;
                }
                for (int c = 0; c < squares.columns(); c++, from += batch) {
                    System.arraycopy(members[k], from, full, squares.member(r, c, k), batch);
                }
            }
        }
    }

    /** What a copy per value would be slow at. */
    private static void gatherSingles(int[] values, int from, int step, int[] into, int at, int count) {
        for (int c = 0; c < count; c++) {
            into[at + c] = values[from + c * step];
        }
    }

    private static void scatterSingles(int[] values, int from, int[] into, int at, int step, int count) {
        for (int c = 0; c < count; c++) {
            into[at + c * step] = values[from + c];
        }
    }
}
