package sluice.framework.kernel;

/**
 * The passes of random local features over single images: patches brought to one contrast, responses to filters split
 * into their two signs. One thread's own; its scratch grows to the longest run seen and is then reused.
 */
public final class LocalResponses {
    /** Mean energy of patches under which an image is taken for blank. */
    private static final double BLANK = 1e-12;

    private float[] one = new float[0];
    private float[] two = new float[0];
    private double[] sums = new double[0];
    private double[] squares = new double[0];

    private void reserve(int length) {
        if (length > one.length) {
            one = new float[length];
            two = new float[length];
        }
    }

    /**
     * Divides each patch p by {@code sqrt(e(p) + softening mean(e))}, where {@code e(p)} is the sum over its taps of the
     * squared distance from the patch's mean, and the mean goes over the image's patches. Contrast and brightness of the
     * image are then without effect on zero-mean filters, and faint patches stay fainter than strong ones. Patches of a
     * blank image become 0.
     *
     * @param patches [taps, positions] of one image, overwritten
     * @param softening above 0
     */
    public void normalise(NativeMatrix patches, double softening) {
        int taps = patches.rows();
        int positions = patches.columns();
        reserve(taps * positions);
        if (positions > sums.length) {
            sums = new double[positions];
            squares = new double[positions];
        }
        patches.get(0, 0, one, 0, taps * positions);
        double mean = energies(taps, positions) / positions;
        for (int p = 0; p < positions; p++) {
            two[p] = mean < BLANK ? 0 : (float) (1 / Math.sqrt(squares[p] + softening * mean));
        }
        for (int tap = 0, at = 0; tap < taps; tap++, at += positions) {
            for (int p = 0; p < positions; p++) {
                one[at + p] *= two[p];
            }
        }
        patches.put(0, 0, one, 0, taps * positions);
    }

    /** Leaves the energy of each patch in squares; in two passes, as brightness may be far larger than contrast. */
    private double energies(int taps, int positions) {
        for (int p = 0; p < positions; p++) {
            sums[p] = 0;
            squares[p] = 0;
        }
        for (int tap = 0, at = 0; tap < taps; tap++, at += positions) {
            for (int p = 0; p < positions; p++) {
                sums[p] += one[at + p];
            }
        }
        double all = 0;
        for (int tap = 0, at = 0; tap < taps; tap++, at += positions) {
            for (int p = 0; p < positions; p++) {
                double distance = one[at + p] - sums[p] / taps;
                squares[p] += distance * distance;
            }
        }
        for (int p = 0; p < positions; p++) {
            all += squares[p];
        }
        return all;
    }

    /**
     * {@code max(0, z - threshold)} beside {@code max(0, -z - threshold)}.
     *
     * @param z [rows, at least columns]
     * @param rows rows in use
     * @param columns responses per row
     * @param threshold at least 0
     * @param into [rows, 2 columns], both signs of a row side by side, overwritten
     */
    public void bothSigns(NativeMatrix z, int rows, int columns, float threshold, NativeMatrix into) {
        reserve(2 * columns);
        for (int row = 0; row < rows; row++) {
            z.get(row, 0, one, 0, columns);
            split(one, columns, threshold, two);
            into.put(row, 0, two, 0, 2 * columns);
        }
    }

    private static void split(float[] z, int columns, float threshold, float[] into) {
        for (int c = 0; c < columns; c++) {
            into[c] = Math.max(0f, z[c] - threshold);
        }
        for (int c = 0; c < columns; c++) {
            into[columns + c] = Math.max(0f, -z[c] - threshold);
        }
    }

    /**
     * Copies the square roots of a part of a row.
     *
     * @param from at least 0
     * @param fromRow row to read
     * @param fromColumn first column to read
     * @param count entries
     * @param into receives the roots
     * @param row row to write
     * @param column first column to write
     */
    public void roots(
            NativeMatrix from, int fromRow, int fromColumn, int count, NativeMatrix into, int row, int column) {
        reserve(count);
        from.get(fromRow, fromColumn, one, 0, count);
        for (int c = 0; c < count; c++) {
            one[c] = (float) Math.sqrt(one[c]);
        }
        into.put(row, column, one, 0, count);
    }

    /**
     * {@code max(0, z + bias)} in place.
     *
     * @param z [at least end, columns], overwritten in these rows
     * @param first first row
     * @param end row after the last
     * @param biases by column
     */
    public void rectify(NativeMatrix z, int first, int end, float[] biases) {
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
