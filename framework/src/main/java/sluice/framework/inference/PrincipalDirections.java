package sluice.framework.inference;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Orthonormal directions in which a covariance is the largest, by orthogonal iteration (Golub and Van Loan 2013, section 7.3.2): close to its
 * first eigenvectors, and with what it is along each of them.
 *
 * @param directions [count][features]
 * @param variances along each
 */
record PrincipalDirections(double[][] directions, double[] variances) {
    private static final int PASSES = 12;

    /** Directions beside those that are asked for, which speed up their convergence. */
    private static final int SPARE = 4;

    /** Of a direction's length, what must be left of it beside the others. */
    private static final double LEAST = 1e-9;

    /**
     * {@return directions of a covariance}
     *
     * @param covariance [features, features], row-major, symmetric
     * @param features rows of it
     * @param most how many, at the most
     */
    static PrincipalDirections of(double[] covariance, int features, int most) {
        RandomGenerator random = new SplittableRandom(features);
        double[][] now = new double[Math.min(features, most + SPARE)][];
        for (int k = 0; k < now.length; k++) {
            now[k] = random.doubles(features, -1, 1).toArray();
        }
        int found = orthonormal(now, now.length);
        for (int pass = 0; pass < PASSES; pass++) {
            for (int k = 0; k < found; k++) {
                now[k] = times(covariance, now[k]);
            }
            found = orthonormal(now, found);
        }
        int count = Math.min(found, most);
        double[][] directions = new double[count][];
        double[] variances = new double[count];
        for (int k = 0; k < count; k++) {
            directions[k] = now[k];
            variances[k] = product(now[k], times(covariance, now[k]));
        }
        return new PrincipalDirections(directions, variances);
    }

    /** Makes vectors orthonormal, those that others span left out, and says how many are left. */
    private static int orthonormal(double[][] vectors, int count) {
        int kept = 0;
        for (int k = 0; k < count; k++) {
            double[] vector = vectors[k];
            double before = Math.sqrt(product(vector, vector));
            // twice, as rounding leaves something of the others the first time
            for (int again = 0; again < 2; again++) {
                for (int other = 0; other < kept; other++) {
                    add(vector, -product(vector, vectors[other]), vectors[other]);
                }
            }
            double length = Math.sqrt(product(vector, vector));
            if (length > LEAST * before && length > Double.MIN_NORMAL) {
                for (int i = 0; i < vector.length; i++) {
                    vector[i] /= length;
                }
                vectors[kept++] = vector;
            }
        }
        return kept;
    }

    private static double[] times(double[] covariance, double[] vector) {
        double[] result = new double[vector.length];
        double[] row = new double[vector.length];
        for (int i = 0; i < vector.length; i++) {
            if (vector[i] != 0) {
                System.arraycopy(covariance, i * vector.length, row, 0, vector.length);
                add(result, vector[i], row);
            }
        }
        return result;
    }

    private static void add(double[] to, double factor, double[] what) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * what[i];
        }
    }

    private static double product(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
