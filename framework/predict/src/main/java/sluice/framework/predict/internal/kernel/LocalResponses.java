package sluice.framework.predict.internal.kernel;

import java.util.Arrays;

/**
 * The passes of random local features over single images: patches brought to one contrast, responses to filters split
 * into their two signs. One thread's own; its scratch grows to the longest run seen and is then reused.
 */
public final class LocalResponses {
    /** Mean energy of patches under which an image is taken for blank. */
    private static final double BLANK = 1e-12;

    /** Windows of a side that {@link #pool} knows. */
    private static final int WINDOWS = 3;

    private float[] one = new float[0];
    private float[] factors = new float[0];
    private float[][] lines = new float[0][];
    private float[][] pools = new float[0][];
    private double[] sums = new double[0];
    private double[] squares = new double[0];
    private double[] values = new double[0];

    private void reserve(int length) {
        if (length > one.length) {
            one = new float[length];
            factors = new float[length];
            sums = new double[length];
            squares = new double[length];
            values = new double[length];
        }
    }

    /**
     * Divides each patch p by {@code sqrt(e(p) + softening mean(e))}, where {@code e(p)} is the sum over its taps of the
     * squared distance from the patch's mean, and the mean goes over the image's patches. Contrast and brightness of the
     * image are then without effect on zero-mean filters, and faint patches stay fainter than strong ones. Im2Col of a
     * blank image become 0.
     *
     * @param patches [taps, positions] of one image, overwritten
     * @param softening above 0
     */
    public void normalise(FloatMatrix patches, double softening) {
        int taps = patches.rows();
        int positions = patches.columns();
        reserve(positions);
        double mean = energies(patches, taps, positions) / positions;
        for (int p = 0; p < positions; p++) {
            factors[p] = mean < BLANK ? 0 : (float) (1 / Math.sqrt(squares[p] + softening * mean));
        }
        for (int tap = 0; tap < taps; tap++) {
            patches.get(tap, 0, one, 0, positions);
            multiply(one, factors, positions);
            patches.put(tap, 0, one, 0, positions);
        }
    }

    /** Leaves the energy of each patch in squares; in two passes, as brightness may be far larger than contrast. */
    private double energies(FloatMatrix patches, int taps, int positions) {
        Arrays.fill(sums, 0, positions, 0);
        Arrays.fill(squares, 0, positions, 0);
        for (int tap = 0; tap < taps; tap++) {
            read(patches, tap, positions);
            addTo(sums, values, positions);
        }
        for (int p = 0; p < positions; p++) {
            sums[p] /= taps;
        }
        for (int tap = 0; tap < taps; tap++) {
            read(patches, tap, positions);
            addSquares(squares, values, sums, positions);
        }
        double all = 0;
        for (int p = 0; p < positions; p++) {
            all += squares[p];
        }
        return all;
    }

    private void read(FloatMatrix patches, int tap, int positions) {
        patches.get(tap, 0, one, 0, positions);
        widen(one, values, positions);
    }

    /**
     * Square roots of weighted means of {@code max(0, z - threshold)} and of {@code max(0, -z - threshold)} over an image,
     * under windows that are products of a vertical and a horizontal one.
     *
     * @param z [rows of positions * columns of positions, at least channels], responses of an image
     * @param channels in use
     * @param threshold at least 0
     * @param vertical [3][rows of positions], each of sum 1
     * @param horizontal [3][columns of positions], each of sum 1
     * @param into where the roots go: window by window in row-major order, first the one sign, then the other
     * @param row the row of into
     * @param column where the first sign of the first window goes
     * @param stride how far the next sign, and after it the next window, is from there
     */
    public void pool(
            FloatMatrix z,
            int channels,
            float threshold,
            float[][] vertical,
            float[][] horizontal,
            FloatMatrix into,
            int row,
            int column,
            int stride) {
        int width = horizontal[0].length;
        reserve(channels);
        float[][] line = reserved(lines, 2 * WINDOWS, channels);
        float[][] pool = reserved(pools, line.length * WINDOWS, channels);
        lines = line;
        pools = pool;
        clear(pool, channels);
        float[] left = horizontal[0];
        float[] middle = horizontal[1];
        float[] right = horizontal[2];
        for (int y = 0; y < vertical[0].length; y++) {
            clear(line, channels);
            for (int x = 0; x < width; x++) {
                z.get(y * width + x, 0, one, 0, channels);
                exceeding(one, threshold, channels, left[x], line[0], middle[x], line[2], right[x], line[4]);
                falling(one, threshold, channels, left[x], line[1], middle[x], line[3], right[x], line[5]);
            }
            for (int l = 0; l < line.length; l++) {
                add(
                        line[l],
                        channels,
                        vertical[0][y],
                        pool[l],
                        vertical[1][y],
                        pool[line.length + l],
                        vertical[2][y],
                        pool[2 * line.length + l]);
            }
        }
        for (int part = 0; part < pool.length; part++) {
            roots(pool[part], channels);
            into.put(row, column + part * stride, pool[part], 0, channels);
        }
    }

    private static float[][] reserved(float[][] present, int rows, int columns) {
        return present.length == rows && present[0].length >= columns ? present : new float[rows][columns];
    }

    private static void clear(float[][] sums, int count) {
        for (float[] sum : sums) {
            Arrays.fill(sum, 0, count, 0);
        }
    }

    // each loop has one index for all of its arrays: with offsets the JVM could not tell that they do not overlap

    private static void widen(float[] from, double[] into, int count) {
        for (int i = 0; i < count; i++) {
            into[i] = from[i];
        }
    }

    private static void addTo(double[] sums, double[] values, int count) {
        for (int i = 0; i < count; i++) {
            sums[i] += values[i];
        }
    }

    private static void addSquares(double[] squares, double[] values, double[] means, int count) {
        for (int i = 0; i < count; i++) {
            double distance = values[i] - means[i];
            squares[i] += distance * distance;
        }
    }

    private static void multiply(float[] values, float[] factors, int count) {
        for (int i = 0; i < count; i++) {
            values[i] *= factors[i];
        }
    }

    private static void exceeding(
            float[] z, float threshold, int count, float a, float[] one, float b, float[] two, float c, float[] three) {
        for (int i = 0; i < count; i++) {
            float value = Math.max(0f, z[i] - threshold);
            one[i] += a * value;
            two[i] += b * value;
            three[i] += c * value;
        }
    }

    private static void falling(
            float[] z, float threshold, int count, float a, float[] one, float b, float[] two, float c, float[] three) {
        for (int i = 0; i < count; i++) {
            float value = Math.max(0f, -z[i] - threshold);
            one[i] += a * value;
            two[i] += b * value;
            three[i] += c * value;
        }
    }

    private static void add(
            float[] values, int count, float a, float[] one, float b, float[] two, float c, float[] three) {
        for (int i = 0; i < count; i++) {
            one[i] += a * values[i];
            two[i] += b * values[i];
            three[i] += c * values[i];
        }
    }

    private static void roots(float[] values, int count) {
        for (int i = 0; i < count; i++) {
            values[i] = (float) Math.sqrt(values[i]);
        }
    }

    /**
     * {@code max(0, z + bias)} in place.
     *
     * @param z [at least end, columns], overwritten in these rows
     * @param first first row
     * @param end row after the last
     * @param biases by column
     */
    public void rectify(FloatMatrix z, int first, int end, float[] biases) {
        int columns = z.columns();
        reserve(columns);
        for (int row = first; row < end; row++) {
            z.get(row, 0, one, 0, columns);
            for (int c = 0; c < biases.length; c++) {
                one[c] = Math.max(0f, one[c] + biases[c]);
            }
            z.put(row, 0, one, 0, columns);
        }
    }
}
