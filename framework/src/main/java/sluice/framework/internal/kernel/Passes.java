package sluice.framework.internal.kernel;

import sluice.framework.predict.internal.kernel.BiasAndRelu;

/**
 * Elementwise passes over rows of native matrices, each row once through the heap, where loops are fastest. Activations
 * are [units, batch]: a unit's values lie side by side. One thread's own; its scratch grows to the largest row seen and
 * is then reused.
 */
public final class Passes {
    /** Floats that go through the heap at a time: well within the first-level cache. */
    private static final int CHUNK = 2048;

    private float[] one = new float[CHUNK];
    private float[] two = new float[CHUNK];
    private final BiasAndRelu biasAndRelu = new BiasAndRelu();
    private int right;

    Passes() {}

    private int rowsPerChunk(int columns) {
        reserve(columns);
        return Math.max(1, CHUNK / columns);
    }

    private void reserve(int length) {
        if (length > one.length) {
            one = new float[length];
            two = new float[length];
        }
    }

    /**
     * {@code z = max(0, z + bias)}.
     *
     * @param z [units, batch], overwritten
     * @param first first row
     * @param end row after the last
     * @param units for each row, the unit whose bias it takes
     * @param biases by unit
     */
    public void biasAndRelu(NativeMatrix z, int first, int end, int[] units, float[] biases) {
        biasAndRelu.apply(z, first, end, units, biases);
    }

    /**
     * {@code target = u * gates}, one gate per entry, or one per unit.
     *
     * @param u [units, batch]
     * @param target [units, batch], overwritten
     * @param first first row
     * @param end row after the last
     * @param units for each row, its unit
     * @param gates [batch, all units], row-major; or [all units]
     * @param batch examples in use
     * @param width all units; or 0 where examples share gates
     */
    public void gate(
            NativeMatrix u,
            NativeMatrix target,
            int first,
            int end,
            int[] units,
            double[] gates,
            int batch,
            int width) {
        reserve(batch);
        for (int row = first; row < end; row++) {
            u.get(row, 0, one, 0, batch);
            for (int e = 0, at = units[row]; e < batch; e++, at += width) {
                one[e] *= (float) gates[at];
            }
            target.put(row, 0, one, 0, batch);
        }
    }

    /**
     * Backward through one gate per unit and the ReLU: {@code dGates = sum over the batch of dOut * u}, which is the
     * gradient at the gate; {@code dz = dOut} where {@code u > 0}, in the place of dOut; {@code dBiases = sum of dz}.
     *
     * @param dOut [units, batch], gradient at the layer's output; overwritten with dz
     * @param u [units, batch], what the gates multiply
     * @param first first row
     * @param end row after the last
     * @param batch examples in use
     * @param units for each row, its unit
     * @param dGates by unit, overwritten
     * @param dBiases by row, overwritten
     */
    public void backwardShared(
            NativeMatrix dOut,
            NativeMatrix u,
            int first,
            int end,
            int batch,
            int[] units,
            double[] dGates,
            float[] dBiases) {
        int columns = dOut.columns();
        int step = rowsPerChunk(columns);
        float[] d = one;
        float[] h = two;
        for (int row = first; row < end; row += step) {
            int rows = Math.min(step, end - row);
            dOut.get(row, 0, d, 0, rows * columns);
            u.get(row, 0, h, 0, rows * columns);
            for (int r = 0, at = 0; r < rows; r++, at += columns) {
                dGates[units[row + r]] = dot(d, h, at, at + batch);
            }
            for (int i = 0; i < rows * columns; i++) {
                d[i] = where(h[i], d[i]);
            }
            for (int r = 0, at = 0; r < rows; r++, at += columns) {
                dBiases[row + r] = (float) sum(d, at, at + batch);
            }
            dOut.put(row, 0, d, 0, rows * columns);
        }
    }

    /**
     * The same as {@link #backwardShared} for gates that are not all 1: {@code dz = dOut * gate} where {@code u > 0}.
     *
     * @param dOut [units, batch], gradient at the layer's output; overwritten with dz
     * @param u [units, batch], what the gates multiply
     * @param first first row
     * @param end row after the last
     * @param batch examples in use
     * @param units for each row, its unit
     * @param gates by unit
     * @param dGates by unit, overwritten
     * @param dBiases by row, overwritten
     */
    public void backwardMultiplied(
            NativeMatrix dOut,
            NativeMatrix u,
            int first,
            int end,
            int batch,
            int[] units,
            double[] gates,
            double[] dGates,
            float[] dBiases) {
        reserve(batch);
        for (int row = first; row < end; row++) {
            dOut.get(row, 0, one, 0, batch);
            u.get(row, 0, two, 0, batch);
            dGates[units[row]] = dot(one, two, 0, batch);
            float gate = (float) gates[units[row]];
            for (int e = 0; e < batch; e++) {
                one[e] = where(two[e], one[e] * gate);
            }
            dBiases[row] = (float) sum(one, 0, batch);
            dOut.put(row, 0, one, 0, batch);
        }
    }

    /**
     * Backward through one gate per entry and the ReLU: {@code dGates = dOut * u}, {@code dz = dOut * gate} where
     * {@code u > 0}, in the place of dOut, and {@code dBiases = sum of dz}.
     *
     * @param dOut [units, batch], gradient at the layer's output; overwritten with dz
     * @param u [units, batch], what the gates multiply
     * @param first first row
     * @param end row after the last
     * @param batch examples in use
     * @param units for each row, its unit
     * @param gates [batch, all units], row-major
     * @param dGates [batch, all units], row-major, overwritten for these units
     * @param dBiases by row, overwritten
     * @param width all units
     */
    public void backwardPerExample(
            NativeMatrix dOut,
            NativeMatrix u,
            int first,
            int end,
            int batch,
            int[] units,
            double[] gates,
            double[] dGates,
            float[] dBiases,
            int width) {
        reserve(batch);
        for (int row = first; row < end; row++) {
            dOut.get(row, 0, one, 0, batch);
            u.get(row, 0, two, 0, batch);
            for (int e = 0, at = units[row]; e < batch; e++, at += width) {
                dGates[at] = one[e] * two[e];
                one[e] = where(two[e], one[e] * (float) gates[at]);
            }
            dBiases[row] = (float) sum(one, 0, batch);
            dOut.put(row, 0, one, 0, batch);
        }
    }

    /**
     * {@return the value where a ReLU's output is above 0, else 0: without a branch, which could not be foreseen and took ten times as long}
     *
     * @param output at least 0, no negative zero
     * @param value any
     */
    static float where(float output, float value) {
        // all ones above 0, as the bits of such floats are whole numbers in the same order
        int above = -Float.floatToRawIntBits(output) >> 31;
        return Float.intBitsToFloat(Float.floatToRawIntBits(value) & above);
    }

    /** In four chains, so that one addition need not wait for the last. */
    static double dot(float[] a, float[] b, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }
        for (; i < to; i++) {
            s0 += a[i] * b[i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    private static double sum(float[] a, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            s0 += a[i];
            s1 += a[i + 1];
            s2 += a[i + 2];
            s3 += a[i + 3];
        }
        for (; i < to; i++) {
            s0 += a[i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    /** {@return examples of the last {@link #loss} whose own class was the likeliest; 0 where it tells no classes} */
    public int right() {
        return right;
    }

    /**
     * A loss of {@code outputs + bias}, its mean over the batch, and the mean's gradient.
     *
     * @param loss which one
     * @param outputs [classes, batch], without bias; overwritten with d(mean loss)/doutputs
     * @param biases [classes]
     * @param batch examples in use
     * @param labels a class per example
     * @param losses [batch], overwritten with each example's own loss
     * @param dBiases [classes], overwritten with the gradient of the biases
     * @return the mean loss
     */
    public double loss(
            BatchLoss loss,
            NativeMatrix outputs,
            float[] biases,
            int batch,
            int[] labels,
            double[] losses,
            float[] dBiases) {
        int classes = biases.length;
        int columns = outputs.columns();
        reserve(classes * columns);
        float[] z = one;
        outputs.get(0, 0, z, 0, classes * columns);
        for (int c = 0; c < classes; c++) {
            add(z, c * columns, c * columns + batch, biases[c]);
        }
        right = loss.tellsClasses() ? countRight(z, classes * columns, columns, batch, labels) : 0;
        double mean = loss.ofColumns(z, classes, columns, batch, labels, losses);
        for (int c = 0; c < classes; c++) {
            dBiases[c] = (float) sum(z, c * columns, c * columns + batch);
        }
        outputs.put(0, 0, z, 0, classes * columns);
        return mean;
    }

    private static void add(float[] values, int from, int to, float bias) {
        for (int i = from; i < to; i++) {
            values[i] += bias;
        }
    }

    private static int countRight(float[] z, int end, int columns, int batch, int[] labels) {
        int count = 0;
        for (int e = 0; e < batch; e++) {
            float largest = Float.NEGATIVE_INFINITY;
            for (int at = e; at < end; at += columns) {
                largest = Math.max(largest, z[at]);
            }
            count += z[labels[e] * columns + e] == largest ? 1 : 0;
        }
        return count;
    }
}
