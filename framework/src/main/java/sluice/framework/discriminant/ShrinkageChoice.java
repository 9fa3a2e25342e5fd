package sluice.framework.discriminant;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import sluice.framework.internal.kernel.Cholesky;
import sluice.framework.internal.kernel.NativeMatrix;

/**
 * How much more shrinkage than {@link Shrinkage} says a discriminant over vectors needs: tables differ in what their columns tell, and with
 * about as many features as examples the little that suffices for one lets another learn its noise. Generalised cross-validation (Golub, Heath
 * and Wahba, Technometrics 1979) of the ridge regression of class indicators on the features says which of a few strengths answers new
 * examples best; it needs nothing but the sums. The trace of the hat matrix is estimated by signs (Hutchinson 1989), the same every time.
 */
final class ShrinkageChoice {
    /** Times the formula's strength. */
    private static final double[] FACTORS = {1, 10, 100};

    /** Examples per feature from which on the formula's little suffices. */
    private static final int ENOUGH = 4;

    private static final int PROBES = 24;

    private final FeatureSums sums;
    private final DiscriminantSolver solver;
    private final int features;

    /**
     * @param solver whose features are meant
     * @param features that it keeps
     */
    ShrinkageChoice(FeatureSums sums, DiscriminantSolver solver, int features) {
        this.sums = sums;
        this.solver = solver;
        this.features = features;
    }

    /**
     * The strength that is best, at least that of the formula.
     *
     * @param least that of the formula
     * @param freedom examples less classes
     * @param variance mean variance of features within classes
     */
    double strength(double least, long freedom, double variance) {
        if (freedom >= (long) ENOUGH * features || freedom < 2 || variance <= 0) {
            return least;
        }
        double best = least;
        double smallest = Double.POSITIVE_INFINITY;
        for (double factor : FACTORS) {
            double error = error(least * factor * variance);
            if (error < smallest) {
                smallest = error;
                best = least * factor;
            }
        }
        return best;
    }

    /** The generalised cross-validation error; infinite where single precision does not suffice. */
    private double error(double ridge) {
        int components = sums.components();
        double examples = sums.examples();
        try (NativeMatrix total = NativeMatrix.allocate(features, features);
                NativeMatrix solutions = NativeMatrix.allocate(components + PROBES, features)) {
            solver.total(total);
            for (int i = 0; i < features; i++) {
                float[] entry = new float[1];
                total.get(i, i, entry, 0, 1);
                entry[0] += (float) ridge;
                total.put(i, i, entry, 0, 1);
            }
            float[][] asked = asked(components);
            for (int row = 0; row < asked.length; row++) {
                solutions.put(row, 0, asked[row], 0, features);
            }
            if (!Cholesky.solve(total, solutions, solver.lanes())) {
                return Double.POSITIVE_INFINITY;
            }
            double residual = 0;
            double inverse = 0;
            float[] solved = new float[features];
            for (int row = 0; row < asked.length; row++) {
                solutions.get(row, 0, solved, 0, features);
                if (row < components) {
                    double share = sums.count(row) / examples;
                    residual += share * (1 - share) - dot(solved, asked[row]) - ridge * dot(solved, solved);
                } else {
                    inverse += dot(solved, asked[row]) / PROBES;
                }
            }
            double left = 1 - (features - ridge * inverse + 1) / examples;
            return left <= 0 ? Double.POSITIVE_INFINITY : Math.max(0, residual) / (left * left);
        }
    }

    /** What components' means differ from the mean of all by, times their share of the examples; then signs. */
    private float[][] asked(int components) {
        float[][] asked = new float[components + PROBES][];
        double[] mean = solver.mean();
        for (int c = 0; c < components; c++) {
            asked[c] = solver.between(c, mean);
        }
        RandomGenerator random = new SplittableRandom(1);
        for (int p = components; p < asked.length; p++) {
            asked[p] = new float[features];
            for (int i = 0; i < features; i++) {
                asked[p][i] = random.nextBoolean() ? 1 : -1;
            }
        }
        return asked;
    }

    private static double dot(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum;
    }
}
