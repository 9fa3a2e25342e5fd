package sluice.framework.generator;

import java.util.Arrays;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;

/** How far images are from the nearest of others: the Euclidean distance, by products of matrices. */
public final class NearestImages implements AutoCloseable {
    private static final int ROWS = 256;

    private final Lane lane = new Lane();
    private final NativeMatrix others;
    private final double[] squares;
    private final NativeMatrix asked;
    private final NativeMatrix products;
    private final float[] row;

    /**
     * Images to be near to.
     *
     * @param images rows [size][features], at least one
     */
    public NearestImages(float[][] images) {
        int features = images[0].length;
        others = NativeMatrix.allocate(images.length, features);
        squares = new double[images.length];
        for (int i = 0; i < images.length; i++) {
            others.put(i, 0, images[i], 0, features);
            squares[i] = square(images[i]);
        }
        asked = NativeMatrix.allocate(ROWS, features);
        products = NativeMatrix.allocate(ROWS, images.length);
        row = new float[images.length];
    }

    private static double square(float[] image) {
        double sum = 0;
        for (float value : image) {
            sum += (double) value * value;
        }
        return sum;
    }

    /**
     * {@return the distance of each image to the nearest of the others, at least 0}
     *
     * @param images rows [size][features]
     */
    public double[] distances(float[][] images) {
        double[] distances = new double[images.length];
        for (int first = 0; first < images.length; first += ROWS) {
            int rows = Math.min(ROWS, images.length - first);
            for (int r = 0; r < rows; r++) {
                asked.put(r, 0, images[first + r], 0, asked.columns());
            }
            lane.gemm()
                    .left(asked, 0, 0)
                    .rightTransposed(others, 0, 0)
                    .into(products, 0, 0)
                    .multiply(rows, others.rows(), others.columns());
            for (int r = 0; r < rows; r++) {
                products.get(r, 0, row, 0, row.length);
                distances[first + r] = nearest(square(images[first + r]));
            }
        }
        return distances;
    }

    /** Of the image whose products are in the row. */
    private double nearest(double square) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < row.length; i++) {
            least = Math.min(least, square + squares[i] - 2.0 * row[i]);
        }
        return Math.sqrt(Math.max(0, least));
    }

    /**
     * {@return the median of the distances of images to the nearest of the others}
     *
     * @param images rows [size][features], at least one
     */
    public double median(float[][] images) {
        double[] distances = distances(images);
        Arrays.sort(distances);
        int middle = distances.length / 2;
        return distances.length % 2 == 1 ? distances[middle] : (distances[middle - 1] + distances[middle]) / 2;
    }

    @Override
    public void close() {
        others.close();
        asked.close();
        products.close();
    }
}
