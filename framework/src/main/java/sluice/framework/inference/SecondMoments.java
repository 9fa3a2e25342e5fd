package sluice.framework.inference;

import sluice.framework.internal.kernel.Gemm;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.tasks.Examples;

/** Sums over examples of their features and of the products of each two. Mutable. */
final class SecondMoments {
    /** Examples at a time: so many products are summed in single precision. */
    private static final int CHUNK = 512;

    /** Features whose products a lane forms at a time: the same bits, however many lanes there are. */
    private static final int BLOCK = 64;

    private final int features;
    private final double[] sums;
    private final double[] products;
    private long count;

    SecondMoments(int features) {
        this.features = features;
        this.sums = new double[features];
        this.products = new double[Math.multiplyExact(features, features)];
    }

    /** Adds examples, the scale of whose features is changed first. */
    void add(Examples examples, int[] rows, InputScale scale, Lanes lanes) {
        if (rows.length == 0) {
            return;
        }
        float[] row = new float[features];
        int chunk = Math.min(CHUNK, rows.length);
        try (NativeMatrix values = NativeMatrix.allocate(chunk, features);
                NativeMatrix squares = NativeMatrix.allocate(features, features)) {
            for (int first = 0; first < rows.length; first += chunk) {
                int size = Math.min(chunk, rows.length - first);
                for (int e = 0; e < size; e++) {
                    examples.read(rows[first + e], row);
                    for (int i = 0; i < features; i++) {
                        row[i] = scale.of(row[i]);
                        sums[i] += row[i];
                    }
                    values.put(e, 0, row, 0, features);
                }
                lanes.run(
                        lane -> {
                            for (int from = lane.index() * BLOCK; from < features; from += lane.count() * BLOCK) {
                                multiply(values, size, squares, from, Math.min(features, from + BLOCK));
                            }
                        },
                        (long) size * features * features);
            }
        }
        count += rows.length;
    }

    private void multiply(NativeMatrix values, int size, NativeMatrix squares, int from, int end) {
        new Gemm()
                .leftTransposed(values, 0, from)
                .right(values, 0, 0)
                .into(squares, from, 0)
                .multiply(end - from, features, size);
        float[] row = new float[features];
        for (int i = from; i < end; i++) {
            squares.get(i, 0, row, 0, features);
            for (int j = 0; j < features; j++) {
                products[i * features + j] += row[j];
            }
        }
    }

    long count() {
        return count;
    }

    float[] mean() {
        float[] mean = new float[features];
        for (int i = 0; i < features; i++) {
            mean[i] = (float) (sums[i] / count);
        }
        return mean;
    }

    /** [features, features], row-major. */
    double[] covariance() {
        double[] covariance = products.clone();
        for (int i = 0; i < features; i++) {
            for (int j = 0; j < features; j++) {
                covariance[i * features + j] =
                        covariance[i * features + j] / count - sums[i] / count * (sums[j] / count);
            }
        }
        return covariance;
    }

    /** Of all features. */
    double meanVariance() {
        double sum = 0;
        for (int i = 0; i < features; i++) {
            double mean = sums[i] / count;
            sum += Math.max(0, products[i * features + i] / count - mean * mean);
        }
        return sum / features;
    }
}
