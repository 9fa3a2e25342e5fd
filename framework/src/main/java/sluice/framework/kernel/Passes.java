package sluice.framework.kernel;

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
    private float[] three = new float[CHUNK];
    private float[] four = new float[CHUNK];

    Passes() {}

    private int rowsPerChunk(int columns) {
        reserve(columns);
        return Math.max(1, CHUNK / columns);
    }

    private void reserve(int length) {
        if (length > one.length) {
            one = new float[length];
            two = new float[length];
            three = new float[length];
            four = new float[length];
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
        int columns = z.columns();
        int step = rowsPerChunk(columns);
        float[] chunk = one;
        for (int row = first; row < end; row += step) {
            int rows = Math.min(step, end - row);
            z.get(row, 0, chunk, 0, rows * columns);
            for (int r = 0, at = 0; r < rows; r++, at += columns) {
                addAndCut(chunk, at, at + columns, biases[units[row + r]]);
            }
            z.put(row, 0, chunk, 0, rows * columns);
        }
    }

    private static void addAndCut(float[] values, int from, int to, float bias) {
        for (int i = from; i < to; i++) {
            values[i] = Math.max(0f, values[i] + bias);
        }
    }

    /**
     * {@code target = u * gates}, one gate per entry.
     *
     * @param u [units, batch]
     * @param target [units, batch], overwritten
     * @param first first row
     * @param end row after the last
     * @param units for each row, its unit
     * @param gates [batch, all units], row-major
     * @param batch examples in use
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
                d[i] = h[i] > 0 ? d[i] : 0f;
            }
            for (int r = 0, at = 0; r < rows; r++, at += columns) {
                dBiases[row + r] = (float) sum(d, at, at + batch);
            }
            dOut.put(row, 0, d, 0, rows * columns);
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
                one[e] = two[e] > 0 ? one[e] * (float) gates[at] : 0f;
            }
            dBiases[row] = (float) sum(one, 0, batch);
            dOut.put(row, 0, one, 0, batch);
        }
    }

    /** In four chains, so that one addition need not wait for the last. */
    private static double dot(float[] a, float[] b, int from, int to) {
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

    /**
     * Softmax cross-entropy of {@code logits + bias}, its mean over the batch, and the mean's gradient.
     *
     * @param logits [classes, batch], without bias; overwritten with d(mean loss)/dlogits
     * @param biases [classes]
     * @param batch examples in use
     * @param labels a class per example
     * @param losses [batch], overwritten with each example's own loss
     * @param dBiases [classes], overwritten with the gradient of the biases
     * @return the mean loss
     */
    public double softmaxCrossEntropy(
            NativeMatrix logits, float[] biases, int batch, int[] labels, double[] losses, float[] dBiases) {
        int classes = biases.length;
        int columns = logits.columns();
        reserve(classes * columns);
        float[] z = one;
        logits.get(0, 0, z, 0, classes * columns);
        double sum = 0;
        for (int e = 0; e < batch; e++) {
            losses[e] = softmax(z, e, columns, biases, labels[e], batch);
            sum += losses[e];
        }
        for (int c = 0; c < classes; c++) {
            dBiases[c] = (float) sum(z, c * columns, c * columns + batch);
        }
        logits.put(0, 0, z, 0, classes * columns);
        return sum / batch;
    }

    private static double softmax(float[] z, int example, int columns, float[] biases, int label, int batch) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int c = 0, at = example; c < biases.length; c++, at += columns) {
            z[at] += biases[c];
            largest = Math.max(largest, z[at]);
        }
        double partition = 0;
        for (int c = 0, at = example; c < biases.length; c++, at += columns) {
            partition += Math.exp(z[at] - largest);
        }
        double loss = Math.log(partition) + largest - z[label * columns + example];
        for (int c = 0, at = example; c < biases.length; c++, at += columns) {
            double p = Math.exp(z[at] - largest) / partition;
            z[at] = (float) ((p - (c == label ? 1 : 0)) / batch);
        }
        return loss;
    }

    /**
     * @param columns how long it must be at least
     * @return scratch for a row, with whatever it held last; the next pass overwrites it
     */
    public float[] row(int columns) {
        reserve(columns);
        return one;
    }

    /**
     * Brings a run of entries into the cache.
     *
     * @param values where they are
     * @param from the first
     * @param count how many
     */
    public void touch(float[] values, int from, int count) {
        reserve(count);
        System.arraycopy(values, from, two, 0, count);
    }

    /**
     * Reads a part of a row into scratch, each entry to its column's place.
     *
     * @param matrix a matrix
     * @param row the row
     * @param from first column
     * @param to column after the last
     * @return scratch, until the next pass
     */
    public float[] read(NativeMatrix matrix, int row, int from, int to) {
        reserve(matrix.columns());
        if (from < to) {
            matrix.get(row, from, one, from, to - from);
        }
        return one;
    }

    /**
     * Writes a part of a row from scratch.
     *
     * @param matrix a matrix
     * @param row the row
     * @param from first column
     * @param to column after the last
     */
    public void write(NativeMatrix matrix, int row, int from, int to) {
        if (from < to) {
            matrix.put(row, from, one, from, to - from);
        }
    }

    /**
     * Exchanges two rows.
     *
     * @param matrix a matrix
     * @param left a row
     * @param right another
     */
    public void swapRows(NativeMatrix matrix, int left, int right) {
        int columns = matrix.columns();
        reserve(columns);
        matrix.get(left, 0, one, 0, columns);
        matrix.get(right, 0, two, 0, columns);
        matrix.put(left, 0, two, 0, columns);
        matrix.put(right, 0, one, 0, columns);
    }

    /**
     * Moves a block of parameters: gradient, moments and update in one pass over each row.
     *
     * @param arithmetic how
     * @param w parameters
     * @param m first moments, of the shape of w; not looked at where there are none
     * @param v second moments, likewise
     * @param gradient of the shape of w
     * @param firstRow the block's first row
     * @param endRow row after its last
     * @param firstColumn its first column
     * @param endColumn column after its last
     * @param scale factor on the gradient
     */
    public void update(
            Arithmetic arithmetic,
            NativeMatrix w,
            NativeMatrix m,
            NativeMatrix v,
            NativeMatrix gradient,
            int firstRow,
            int endRow,
            int firstColumn,
            int endColumn,
            float scale) {
        int length = endColumn - firstColumn;
        reserve(length);
        boolean hasFirst = arithmetic.moments() >= 1;
        boolean hasSecond = arithmetic.moments() >= 2;
        for (int row = firstRow; row < endRow; row++) {
            gradient.get(row, firstColumn, four, 0, length);
            scaled(four, length, scale);
            w.get(row, firstColumn, one, 0, length);
            if (hasFirst) {
                m.get(row, firstColumn, two, 0, length);
            }
            if (hasSecond) {
                v.get(row, firstColumn, three, 0, length);
            }
            arithmetic.move(one, two, three, four, length);
            w.put(row, firstColumn, one, 0, length);
            if (hasFirst) {
                m.put(row, firstColumn, two, 0, length);
            }
            if (hasSecond) {
                v.put(row, firstColumn, three, 0, length);
            }
        }
    }

    private static void scaled(float[] values, int length, float scale) {
        if (scale != 1) {
            for (int i = 0; i < length; i++) {
                values[i] *= scale;
            }
        }
    }

    /**
     * @param a a matrix
     * @param firstRow a block's first row
     * @param endRow row after its last
     * @param firstColumn its first column
     * @param endColumn column after its last
     * @return the sum of the squares of its entries
     */
    public double squares(NativeMatrix a, int firstRow, int endRow, int firstColumn, int endColumn) {
        int length = endColumn - firstColumn;
        reserve(length);
        double sum = 0;
        for (int row = firstRow; row < endRow; row++) {
            a.get(row, firstColumn, one, 0, length);
            sum += dot(one, one, 0, length);
        }
        return sum;
    }
}
