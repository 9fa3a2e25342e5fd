package sluice.framework.internal.kernel;

/**
 * Normalisation of rows of values by their own mean and variance (Ioffe and Szegedy 2015), and the way back. A row is
 * [positions * room], examples of a position side by side, and may be cut into several parts; a mini-batch may be smaller
 * than the room: what lies beyond it is never looked at and comes out as 0. One thread's own; its scratch grows to the
 * longest row seen and is then reused.
 */
public final class BatchStatistics {
    private float[] one = new float[0];
    private float[] two = new float[0];
    private double sum;
    private double squares;

    BatchStatistics() {}

    private void reserve(int length) {
        if (length > one.length) {
            one = new float[length];
            two = new float[length];
        }
    }

    /**
     * Takes the mean and the variance of all parts of a row.
     *
     * @param parts [rows, positions * room] each
     * @param row which one
     * @param batch examples in use
     * @param room examples that there is room for
     * @param means by row, overwritten for this row
     * @param variances by row, overwritten likewise with the mean square of what is left without the mean
     */
    public void take(NativeMatrix[] parts, int row, int batch, int room, double[] means, double[] variances) {
        sum = 0;
        squares = 0;
        long count = 0;
        for (NativeMatrix part : parts) {
            reserve(part.columns());
            part.get(row, 0, one, 0, part.columns());
            for (int at = 0; at < part.columns(); at += room) {
                add(one, at, at + batch);
                count += batch;
            }
        }
        double mean = sum / count;
        means[row] = mean;
        variances[row] = Math.max(0, squares / count - mean * mean);
    }

    /** In two chains each; squares of floats are exact in doubles, so that a mean far from 0 does no harm. */
    private void add(float[] values, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double q0 = 0;
        double q1 = 0;
        int i = from;
        for (; i + 1 < to; i += 2) {
            double a = values[i];
            double b = values[i + 1];
            s0 += a;
            s1 += b;
            q0 += a * a;
            q1 += b * b;
        }
        if (i < to) {
            double a = values[i];
            s0 += a;
            q0 += a * a;
        }
        sum += s0 + s1;
        squares += q0 + q1;
    }

    /**
     * {@code z = (z - mean) * rate}.
     *
     * @param part [rows, positions * room], overwritten in the row
     * @param row which one
     * @param batch examples in use
     * @param room examples that there is room for
     * @param mean of the row
     * @param rate one by its standard deviation
     */
    public void normalise(NativeMatrix part, int row, int batch, int room, float mean, float rate) {
        int columns = part.columns();
        reserve(columns);
        part.get(row, 0, one, 0, columns);
        for (int i = 0; i < columns; i++) {
            one[i] = (one[i] - mean) * rate;
        }
        clearBeyond(one, columns, batch, room);
        part.put(row, 0, one, 0, columns);
    }

    private static void clearBeyond(float[] values, int columns, int batch, int room) {
        for (int at = batch; batch < room && at < columns; at += room) {
            for (int i = at; i < at + room - batch; i++) {
                values[i] = 0;
            }
        }
    }

    /**
     * {@code target = factor * values}.
     *
     * @param values [rows, columns]
     * @param row which one
     * @param target at least as wide, overwritten
     * @param into row of it
     * @param factor any
     */
    public void scale(NativeMatrix values, int row, NativeMatrix target, int into, float factor) {
        int columns = values.columns();
        reserve(columns);
        values.get(row, 0, one, 0, columns);
        for (int i = 0; i < columns; i++) {
            one[i] *= factor;
        }
        target.put(into, 0, one, 0, columns);
    }

    /**
     * {@return the sum of products of both}
     *
     * @param gradient at least as wide as the values
     * @param at row of it
     * @param values [rows, columns], 0 beyond the batch
     * @param row which one
     */
    public double dot(NativeMatrix gradient, int at, NativeMatrix values, int row) {
        int columns = values.columns();
        reserve(columns);
        gradient.get(at, 0, one, 0, columns);
        values.get(row, 0, two, 0, columns);
        return Passes.dot(one, two, 0, columns);
    }

    /**
     * {@code dz = factor * (dy - meanGradient - x * meanProduct)}, in the place of dy.
     *
     * @param gradient dy, at least as wide as the values, overwritten
     * @param at row of it
     * @param values x, normalised
     * @param row which one
     * @param batch examples in use
     * @param room examples that there is room for
     * @param factor scale by standard deviation
     * @param meanGradient mean of dy
     * @param meanProduct mean of dy * x
     */
    public void backward(
            NativeMatrix gradient,
            int at,
            NativeMatrix values,
            int row,
            int batch,
            int room,
            float factor,
            float meanGradient,
            float meanProduct) {
        int columns = values.columns();
        reserve(columns);
        gradient.get(at, 0, one, 0, columns);
        values.get(row, 0, two, 0, columns);
        for (int i = 0; i < columns; i++) {
            one[i] = factor * (one[i] - meanGradient - two[i] * meanProduct);
        }
        clearBeyond(one, columns, batch, room);
        gradient.put(at, 0, one, 0, columns);
    }
}
