package sluice.framework.internal.kernel;

import java.util.Arrays;
import sluice.framework.predict.internal.kernel.Transposition;

/**
 * Elementwise passes over maps [channels, positions * examples], where what a gate says holds for all positions. A mini-batch
 * may be smaller than the room for examples: what lies beyond it is never looked at and comes out as 0. One thread's own;
 * its scratch grows to the longest row seen and is then reused.
 */
public final class MapPasses {
    private float[] one = new float[0];
    private float[] two = new float[0];
    private float[] zeros = new float[0];
    private final Transposition transposition = new Transposition();

    MapPasses() {}

    private void reserve(int length) {
        if (length > one.length) {
            one = new float[length];
            two = new float[length];
            zeros = new float[length];
        }
    }

    /**
     * Fills rows with 0.
     *
     * @param maps a matrix
     * @param first first row
     * @param end row after the last
     */
    public void clear(NativeMatrix maps, int first, int end) {
        reserve(maps.columns());
        for (int row = first; row < end; row++) {
            maps.put(row, 0, zeros, 0, maps.columns());
        }
    }

    /**
     * Fills what lies beyond the batch at each position with 0.
     *
     * @param maps [channels, positions * room]
     * @param first first row
     * @param end row after the last
     * @param batch examples in use
     * @param room examples that there is room for
     */
    public void clearBeyond(NativeMatrix maps, int first, int end, int batch, int room) {
        int columns = maps.columns();
        reserve(columns);
        for (int row = first; row < end && batch < room; row++) {
            for (int at = batch; at < columns; at += room) {
                maps.put(row, at, zeros, 0, room - batch);
            }
        }
    }

    /**
     * {@code target = u * gates}, one gate per example and channel.
     *
     * @param u [channels, positions * room]
     * @param target shaped as u, overwritten in these rows
     * @param first first row
     * @param end row after the last
     * @param units for each row, its unit
     * @param gates [batch, width], row-major
     * @param batch examples in use
     * @param room examples that there is room for
     * @param width all units
     */
    public void gate(
            NativeMatrix u,
            NativeMatrix target,
            int first,
            int end,
            int[] units,
            double[] gates,
            int batch,
            int room,
            int width) {
        int columns = u.columns();
        reserve(columns);
        for (int row = first; row < end; row++) {
            u.get(row, 0, one, 0, columns);
            gather(gates, units[row], width, batch, two);
            for (int at = 0; at < columns; at += room) {
                for (int e = 0; e < batch; e++) {
                    one[at + e] *= two[e];
                }
                Arrays.fill(one, at + batch, at + room, 0);
            }
            target.put(row, 0, one, 0, columns);
        }
    }

    private static void gather(double[] gates, int unit, int width, int batch, float[] into) {
        for (int e = 0, at = unit; e < batch; e++, at += width) {
            into[e] = (float) gates[at];
        }
    }

    /**
     * Backward through one gate per example and channel and the ReLU: {@code dGates = sum over positions of dOut * u},
     * {@code dz = dOut * gate} where {@code u > 0}, in the place of dOut, and {@code dBiases = sum of dz}.
     *
     * @param dOut [channels, positions * room], gradient at the layer's output; overwritten with dz
     * @param u shaped as dOut, what the gates multiply
     * @param first first row
     * @param end row after the last
     * @param batch examples in use
     * @param room examples that there is room for
     * @param units for each row, its unit
     * @param gates [batch, width], row-major
     * @param dGates [batch, width], row-major, overwritten for these units
     * @param dBiases by row, overwritten
     * @param width all units
     */
    public void backward(
            NativeMatrix dOut,
            NativeMatrix u,
            int first,
            int end,
            int batch,
            int room,
            int[] units,
            double[] gates,
            double[] dGates,
            float[] dBiases,
            int width) {
        int columns = dOut.columns();
        reserve(columns);
        for (int row = first; row < end; row++) {
            dOut.get(row, 0, one, 0, columns);
            u.get(row, 0, two, 0, columns);
            double bias = 0;
            for (int e = 0, gate = units[row]; e < batch; e++, gate += width) {
                double atGate = 0;
                float open = (float) gates[gate];
                for (int at = e; at < columns; at += room) {
                    atGate += one[at] * two[at];
                    one[at] = Passes.where(two[at], one[at] * open);
                    bias += one[at];
                }
                dGates[gate] = atGate;
            }
            for (int at = 0; at < columns; at += room) {
                Arrays.fill(one, at + batch, at + room, 0);
            }
            dBiases[row] = (float) bias;
            dOut.put(row, 0, one, 0, columns);
        }
    }

    /**
     * {@return scratch for rows to be {@linkplain #transpose transposed}}
     *
     * @param length how long it must be at least
     */
    public float[] block(int length) {
        return transposition.block(length);
    }

    /**
     * Turns examples into maps: a row per feature, examples side by side.
     *
     * @param rows [count, features], row-major
     * @param count examples
     * @param maps [features, examples], overwritten in the columns of these examples
     * @param column column of the first
     */
    public void transpose(float[] rows, int count, NativeMatrix maps, int column) {
        transposition.transpose(rows, count, maps, column);
    }
}
