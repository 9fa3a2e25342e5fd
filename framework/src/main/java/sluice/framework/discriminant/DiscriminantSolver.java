package sluice.framework.discriminant;

import java.util.Arrays;
import sluice.framework.internal.kernel.Cholesky;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.tasks.InputException;

/**
 * From sums to the discriminant: the covariance within components is what the scatter is less what lies between their
 * means; shrunk, it is factored, and solved for the means.
 */
final class DiscriminantSolver {
    private static final int BLOCK = 192;
    /** Factor on the shrinkage where single precision does not suffice for a factor. */
    private static final double STRONGER = 10;

    private final FeatureSums sums;
    private final Lanes lanes;
    private final int[] kept;
    private final boolean chooses;

    /**
     * @param sums of all features
     * @param kept those to be used, ascending, at least one
     * @param lanes share out the work
     */
    DiscriminantSolver(FeatureSums sums, int[] kept, Lanes lanes) {
        this(sums, kept, lanes, false);
    }

    private DiscriminantSolver(FeatureSums sums, int[] kept, Lanes lanes, boolean chooses) {
        this.sums = sums;
        this.kept = kept;
        this.lanes = lanes;
        this.chooses = chooses;
    }

    /** The same for such features: of vectors, shrinkage is {@linkplain ShrinkageChoice chosen}. */
    DiscriminantSolver of(RandomFeatures features) {
        return new DiscriminantSolver(sums, kept, lanes, features instanceof Projections);
    }

    Lanes lanes() {
        return lanes;
    }

    Discriminant solve() {
        int components = sums.components();
        long freedom = Math.max(0, sums.examples() - components);
        double shrinkage = chooses ? chosen(freedom) : Shrinkage.of(kept.length, freedom);
        try (NativeMatrix means = NativeMatrix.allocate(components, kept.length);
                NativeMatrix solutions = NativeMatrix.allocate(components, kept.length);
                NativeMatrix covariance = NativeMatrix.allocate(kept.length, kept.length)) {
            for (double strength = shrinkage; ; strength *= STRONGER) {
                fillMeans(means, true);
                within(covariance, means, Math.max(1, (double) freedom));
                addToDiagonal(covariance, strength);
                fillMeans(solutions, false);
                if (Cholesky.solve(covariance, solutions, lanes)) {
                    return discriminant(solutions);
                }
            }
        }
    }

    private double chosen(long freedom) {
        double least = Shrinkage.of(kept.length, freedom);
        double variance;
        try (NativeMatrix means = NativeMatrix.allocate(sums.components(), kept.length);
                NativeMatrix covariance = NativeMatrix.allocate(kept.length, kept.length)) {
            fillMeans(means, true);
            within(covariance, means, Math.max(1, (double) freedom));
            variance = trace(covariance) / kept.length;
        }
        return new ShrinkageChoice(sums, this, kept.length).strength(least, freedom, variance);
    }

    /** The covariance of kept features, whatever the component, in the lower triangle. */
    void total(NativeMatrix into) {
        double examples = sums.examples();
        double[] mean = mean();
        float[] row = new float[kept.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = (float) (Math.sqrt(examples) * mean[i]);
        }
        try (NativeMatrix one = NativeMatrix.allocate(1, kept.length)) {
            one.put(0, 0, row, 0, row.length);
            within(into, one, examples);
        }
    }

    /** The mean of all examples, from the origin. */
    double[] mean() {
        double[] mean = new double[kept.length];
        for (int c = 0; c < sums.components(); c++) {
            double[] sum = sums.sum(c);
            for (int i = 0; i < kept.length; i++) {
                mean[i] += sum[kept[i]] / sums.examples();
            }
        }
        return mean;
    }

    /** What a component's mean differs from the mean of all by, times its share of the examples. */
    float[] between(int component, double[] mean) {
        double[] sum = sums.sum(component);
        double share = sums.count(component) / (double) sums.examples();
        float[] between = new float[kept.length];
        for (int i = 0; i < between.length; i++) {
            between[i] = (float) (sum[kept[i]] / sums.examples() - share * mean[i]);
        }
        return between;
    }

    /** Directions of the kept features in which examples vary within their component by more than shrinkage adds. */
    int rank() {
        long freedom = Math.max(0, sums.examples() - sums.components());
        try (NativeMatrix means = NativeMatrix.allocate(sums.components(), kept.length);
                NativeMatrix covariance = NativeMatrix.allocate(kept.length, kept.length)) {
            fillMeans(means, true);
            within(covariance, means, Math.max(1, (double) freedom));
            double added = Shrinkage.of(kept.length, freedom) * trace(covariance) / kept.length;
            return Cholesky.rank(covariance, (float) added);
        }
    }

    /** Means from the origin, times the root of their examples' number if wanted. */
    private void fillMeans(NativeMatrix into, boolean weighted) {
        float[] row = new float[kept.length];
        for (int c = 0; c < sums.components(); c++) {
            double[] sum = sums.sum(c);
            long count = Math.max(1, sums.count(c));
            double factor = weighted ? 1 / Math.sqrt((double) count) : 1.0 / count;
            for (int i = 0; i < kept.length; i++) {
                row[i] = (float) (factor * sum[kept[i]]);
            }
            into.put(c, 0, row, 0, kept.length);
        }
    }

    private void within(NativeMatrix into, NativeMatrix means, double freedom) {
        boolean all = kept.length == sums.features();
        lanes.run(
                lane -> {
                    float[] row = new float[sums.features()];
                    float[] fewer = new float[kept.length];
                    for (int i = lane.index(); i < kept.length; i += lane.count()) {
                        sums.scatter().get(kept[i], 0, row, 0, kept[i] + 1);
                        if (!all) {
                            for (int j = 0; j <= i; j++) {
                                fewer[j] = row[kept[j]];
                            }
                        }
                        into.put(i, 0, all ? row : fewer, 0, i + 1);
                    }
                },
                (long) kept.length * kept.length);
        lanes.run(lane -> subtractBetween(lane, into, means, freedom), (long) kept.length * kept.length);
    }

    private void subtractBetween(Lane lane, NativeMatrix into, NativeMatrix means, double freedom) {
        float share = (float) (1 / freedom);
        for (int block = 0, first = 0; first < kept.length; block++, first += BLOCK) {
            if (block % lane.count() == lane.index()) {
                int end = Math.min(kept.length, first + BLOCK);
                lane.gemm()
                        .leftTransposed(means, 0, first)
                        .right(means, 0, 0)
                        .into(into, first, 0)
                        .multiply(end - first, end, means.rows(), -share, share);
            }
        }
    }

    /** Where nothing varies the covariance becomes the identity, and the nearest mean is the answer. */
    private static void addToDiagonal(NativeMatrix a, double strength) {
        double trace = trace(a);
        if (!Double.isFinite(trace) || !Double.isFinite(strength * trace)) {
            throw new InputException(
                    "the data's values are too large for a discriminant: their squares overflow 32-bit floats: divide them, or scale them (data.standardise)");
        }
        float[] entry = new float[1];
        double added = trace > 0 ? strength * trace / a.rows() : 1;
        for (int i = 0; i < a.rows(); i++) {
            a.get(i, i, entry, 0, 1);
            entry[0] = (float) (Math.max(0, entry[0]) + added);
            a.put(i, i, entry, 0, 1);
        }
    }

    private static double trace(NativeMatrix a) {
        float[] entry = new float[1];
        double trace = 0;
        for (int i = 0; i < a.rows(); i++) {
            a.get(i, i, entry, 0, 1);
            trace += Math.max(0, entry[0]);
        }
        return trace;
    }

    private Discriminant discriminant(NativeMatrix solutions) {
        int components = sums.components();
        float[] weights = new float[Math.multiplyExact(components, kept.length)];
        solutions.get(0, 0, weights, 0, weights.length);
        double[] biases = new double[components];
        for (int c = 0; c < components; c++) {
            biases[c] = sums.count(c) == 0
                    ? Double.NEGATIVE_INFINITY
                    : Math.log((double) sums.count(c) / sums.examples()) + constant(c, weights);
        }
        return new Discriminant(kept.length, centred(weights, biases), biases);
    }

    /** {@code -m w / 2 - o w}: features are asked for from 0, not from the origin o. */
    private double constant(int component, float[] weights) {
        double[] sum = sums.sum(component);
        double constant = 0;
        for (int i = 0; i < kept.length; i++) {
            double middle = sum[kept[i]] / sums.count(component) / 2;
            constant -= (middle + sums.origin()[kept[i]]) * weights[component * kept.length + i];
        }
        return constant;
    }

    /** Less the mean over components, which all scores share: what is left is small, and rounds little. */
    private float[] centred(float[] weights, double[] biases) {
        int known = (int) Arrays.stream(biases).filter(Double::isFinite).count();
        for (int i = 0; i < kept.length; i++) {
            double mean = 0;
            for (int c = 0; c < biases.length; c++) {
                mean += Double.isFinite(biases[c]) ? weights[c * kept.length + i] / (double) known : 0;
            }
            for (int c = 0; c < biases.length; c++) {
                weights[c * kept.length + i] -= (float) mean;
            }
        }
        return weights;
    }
}
