package sluice.gating;

import java.util.Arrays;

/** Mean and variance of vectors, by Welford's update, which keeps a constant coordinate's variance exactly 0. */
final class Moments {
    private final double[] means;
    private final double[] squares;
    private int count;

    Moments(int size) {
        means = new double[size];
        squares = new double[size];
    }

    void add(double[] values) {
        count++;
        for (int i = 0; i < values.length; i++) {
            double before = values[i] - means[i];
            means[i] += before / count;
            squares[i] += before * (values[i] - means[i]);
        }
    }

    double[] means() {
        return means.clone();
    }

    double[] variances() {
        return Arrays.stream(squares).map(square -> square / count).toArray();
    }

    double summedVariance() {
        return Arrays.stream(variances()).sum();
    }

    /**
     * The largest distance of a mean from what is expected, in standard errors: what unbiasedness is judged by. A
     * coordinate without variance must be met exactly, else the distance is infinite.
     */
    double standardErrorsFrom(double[] expected) {
        double largest = 0;
        for (int i = 0; i < means.length; i++) {
            double distance = Math.abs(means[i] - expected[i]);
            if (distance > 0) {
                largest = Math.max(largest, distance / Math.sqrt(squares[i] / count / count));
            }
        }
        return largest;
    }

    /** {@code |mean - expected| / |expected|}, in the Euclidean norm. */
    double relativeBias(double[] expected) {
        double distance = 0;
        double norm = 0;
        for (int i = 0; i < means.length; i++) {
            distance += Math.pow(means[i] - expected[i], 2);
            norm += Math.pow(expected[i], 2);
        }
        return Math.sqrt(distance / norm);
    }
}
