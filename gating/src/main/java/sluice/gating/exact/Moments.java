package sluice.gating.exact;

import java.util.Arrays;

/**
 * Mean and variance of vectors, by Welford's update, which keeps a constant coordinate's variance exactly 0. Grows by
 * {@link #add}.
 */
public final class Moments {
    /** What rounding may make of an exact value, relative to its size or to 1 if that is more. */
    private static final double ROUNDING = 1e-12;

    private final double[] means;
    private final double[] squares;
    private long count;

    /**
     * No vectors as yet.
     *
     * @param size of each vector
     */
    public Moments(int size) {
        means = new double[size];
        squares = new double[size];
    }

    /**
     * Takes in a vector.
     *
     * @param values the next vector
     */
    public void add(double[] values) {
        count++;
        for (int i = 0; i < means.length; i++) {
            double before = values[i] - means[i];
            means[i] += before / count;
            squares[i] += before * (values[i] - means[i]);
        }
    }

    /** {@return vectors so far} */
    public long count() {
        return count;
    }

    /** {@return the mean vector} */
    public double[] means() {
        return means.clone();
    }

    /** {@return the variance of each coordinate, of one vector} */
    public double[] variances() {
        return Arrays.stream(squares).map(square -> square / count).toArray();
    }

    /** {@return the sum of the coordinates' variances} */
    public double summedVariance() {
        return Arrays.stream(variances()).sum();
    }

    /**
     * {@return the root of the summed squares of the coordinates' standard errors: how far the mean vector is from its
     * expectation, root mean square}
     */
    public double standardError() {
        return Math.sqrt(summedVariance() / count);
    }

    /**
     * The largest distance of a mean from what is expected, in standard errors: what unbiasedness is judged by.
     *
     * @param expected as many as there are coordinates
     * @return the distance, at least 0; infinite if a coordinate without variance misses its value by more than rounding
     */
    public double standardErrorsFrom(double[] expected) {
        double largest = 0;
        for (int i = 0; i < means.length; i++) {
            double distance = Math.abs(means[i] - expected[i]);
            // not "distance > ...": a mean that is NaN is infinitely far
            if (!(distance <= ROUNDING * Math.max(1, Math.abs(expected[i])))) {
                double errors = distance / Math.sqrt(squares[i] / count / count);
                largest = Math.max(largest, Double.isNaN(errors) ? Double.POSITIVE_INFINITY : errors);
            }
        }
        return largest;
    }

    /**
     * {@return {@code |mean - expected| / |expected|}, in the Euclidean norm}
     *
     * @param expected as many as there are coordinates, not all 0
     */
    public double relativeBias(double[] expected) {
        double distance = 0;
        for (int i = 0; i < means.length; i++) {
            distance += (means[i] - expected[i]) * (means[i] - expected[i]);
        }
        return Math.sqrt(distance / dot(expected, expected));
    }

    /**
     * {@return the cosine of the angle between the mean and what is expected, in [-1, 1]; NaN if the mean is 0}
     *
     * @param expected as many as there are coordinates, not all 0
     */
    public double cosine(double[] expected) {
        return dot(means, expected) / Math.sqrt(dot(means, means) * dot(expected, expected));
    }

    private static double dot(double[] left, double[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }
}
