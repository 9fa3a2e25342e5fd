package sluice.framework.discriminant;

import java.util.Arrays;
import java.util.BitSet;
import java.util.random.RandomGenerator;
import sluice.framework.gates.GateSettings;
import sluice.framework.internal.kernel.Cholesky;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.gating.UnitSet;

/**
 * Chooses the groups of features worth computing, from the sums alone. The squared error of a linear classifier W whose
 * features are multiplied by gates h is a quadratic function of the gates, {@code E(h) = h' T h - 2 b' h + const}, with
 * {@code T_fg} the sum over features i of group f and j of group g of {@code S_ij w_i w_j} and {@code b_f} that of
 * {@code w_i c_i}, where S is the covariance of the features and c that with the indicators of the components. W is the best
 * for the initial open probabilities p in the expectation over the gates (which adds {@code p (1 - p) S} within each
 * group), so that no group relies on another to be open; the logits then learn on {@code E} by the gradient estimator with
 * the usual penalty on open gates.
 */
final class FeatureGates {
    private static final int STEPS = 300;
    private static final int BLOCK = 64;

    private final FeatureSums sums;
    private final RandomFeatures features;
    private final GateSettings settings;
    private final Lanes lanes;
    private final int[] groupOf;
    private final int groups;
    private final int components;

    /**
     * @param sums of all features
     * @param features which they are
     * @param settings how gates are drawn and learned
     * @param lanes share out the work
     */
    FeatureGates(FeatureSums sums, RandomFeatures features, GateSettings settings, Lanes lanes) {
        this.sums = sums;
        this.features = features;
        this.settings = settings;
        this.lanes = lanes;
        this.groups = features.groups();
        this.components = sums.components();
        this.groupOf = new int[features.count()];
        Arrays.setAll(groupOf, features::group);
    }

    /** The open groups: at least one. */
    UnitSet choose(RandomGenerator random) {
        double[] logits = new double[groups];
        Arrays.setAll(logits, g -> settings.logitMean() + settings.logitSpread() * random.nextGaussian());
        double[] mean = mean();
        float[] covariances = targets(mean);
        try (NativeMatrix weights = NativeMatrix.allocate(components, features.count())) {
            fit(weights, probabilities(logits), mean, covariances);
            GateErrors errors = errors(weights, mean, covariances);
            if (errors.explained() > 0) {
                new GateUpdater(settings, logits, random).learn(errors, STEPS);
            }
        }
        return open(logits);
    }

    private static UnitSet open(double[] logits) {
        BitSet open = UnitSet.positive(logits).toBitSet();
        if (open.isEmpty()) {
            int largest = 0;
            for (int g = 1; g < logits.length; g++) {
                largest = logits[g] > logits[largest] ? g : largest;
            }
            open.set(largest);
        }
        return UnitSet.of(logits.length, open);
    }

    private double[] probabilities(double[] logits) {
        return Arrays.stream(logits)
                .map(logit -> settings.neuron().activation().activity(logit, 1))
                .toArray();
    }

    /** Of all examples, from the origin. */
    private double[] mean() {
        double[] mean = new double[features.count()];
        for (int c = 0; c < components; c++) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += sums.sum(c)[i] / sums.examples();
            }
        }
        return mean;
    }

    /** Covariance of each component's indicator with the features: [components, features]. */
    private float[] targets(double[] mean) {
        float[] targets = new float[Math.multiplyExact(components, mean.length)];
        for (int c = 0, at = 0; c < components; c++) {
            double share = (double) sums.count(c) / sums.examples();
            for (int i = 0; i < mean.length; i++, at++) {
                targets[at] = (float) (sums.sum(c)[i] / sums.examples() - share * mean[i]);
            }
        }
        return targets;
    }

    /** The best weights for gates that are open with probabilities p, in the expectation. */
    private void fit(NativeMatrix weights, double[] p, double[] mean, float[] covariances) {
        int d = features.count();
        double strength = Shrinkage.of(d, sums.examples() - components);
        float[] row = new float[d];
        try (NativeMatrix expected = NativeMatrix.allocate(d, d)) {
            boolean solved;
            do {
                double trace = fillExpected(expected, p, mean);
                for (int i = 0; i < d; i++) {
                    expected.get(i, i, row, 0, 1);
                    row[0] += (float) Math.max(strength * trace / d, Float.MIN_NORMAL);
                    expected.put(i, i, row, 0, 1);
                }
                for (int c = 0; c < components; c++) {
                    for (int i = 0; i < d; i++) {
                        row[i] = (float) (p[groupOf[i]] * covariances[c * d + i]);
                    }
                    weights.put(c, 0, row, 0, d);
                }
                solved = Cholesky.solve(expected, weights, lanes);
                strength *= 10;
            } while (!solved && strength < 1e6);
            if (!solved) {
                // nothing varies: no weight explains anything, and gates stay as they are
                Arrays.fill(row, 0);
                for (int c = 0; c < components; c++) {
                    weights.put(c, 0, row, 0, d);
                }
            }
        }
    }

    /** {@code p_f p_g S} between groups, {@code p_f S} within one; its trace. */
    private double fillExpected(NativeMatrix expected, double[] p, double[] mean) {
        int d = features.count();
        double[] traces = new double[lanes.count()];
        lanes.run(
                lane -> {
                    float[] row = new float[d];
                    for (int i = lane.index(); i < d; i += lane.count()) {
                        covarianceRow(i, mean, row);
                        double own = p[groupOf[i]];
                        traces[lane.index()] += own * row[i];
                        for (int j = 0; j <= i; j++) {
                            row[j] *= (float) (groupOf[j] == groupOf[i] ? own : own * p[groupOf[j]]);
                        }
                        expected.put(i, 0, row, 0, i + 1);
                    }
                },
                (long) d * d);
        return Arrays.stream(traces).sum();
    }

    private void covarianceRow(int i, double[] mean, float[] row) {
        sums.scatter().get(i, 0, row, 0, i + 1);
        double share = 1.0 / sums.examples();
        double own = mean[i];
        for (int j = 0; j <= i; j++) {
            row[j] = (float) (row[j] * share - own * mean[j]);
        }
    }

    private GateErrors errors(NativeMatrix weights, double[] mean, float[] covariances) {
        int d = features.count();
        double[][][] quadratic = new double[lanes.count()][groups][groups];
        lanes.run(lane -> addProducts(lane, weights, mean, quadratic[lane.index()]), (long) d * d * components);
        double[][] t = new double[groups][groups];
        for (double[][] part : quadratic) {
            for (int f = 0; f < groups; f++) {
                for (int g = 0; g < groups; g++) {
                    // only one triangle was gone through
                    t[f][g] += part[f][g] + part[g][f];
                }
            }
        }
        double[] b = new double[groups];
        float[] w = new float[d];
        for (int c = 0; c < components; c++) {
            weights.get(c, 0, w, 0, d);
            for (int i = 0; i < d; i++) {
                b[groupOf[i]] += (double) w[i] * covariances[c * d + i];
            }
        }
        return new GateErrors(t, b);
    }

    private void addProducts(Lane lane, NativeMatrix weights, double[] mean, double[][] into) {
        int d = features.count();
        float[] row = new float[d];
        float[] dots = new float[d];
        try (NativeMatrix products = NativeMatrix.allocate(BLOCK, d)) {
            for (int block = 0, first = 0; first < d; block++, first += BLOCK) {
                if (block % lane.count() != lane.index()) {
                    continue;
                }
                int end = Math.min(d, first + BLOCK);
                lane.gemm()
                        .leftTransposed(weights, 0, first)
                        .right(weights, 0, 0)
                        .into(products, 0, 0)
                        .multiply(end - first, end, components);
                for (int i = first; i < end; i++) {
                    covarianceRow(i, mean, row);
                    products.get(i - first, 0, dots, 0, i + 1);
                    double[] ofGroup = into[groupOf[i]];
                    for (int j = 0; j < i; j++) {
                        ofGroup[groupOf[j]] += row[j] * dots[j];
                    }
                    ofGroup[groupOf[i]] += row[i] * dots[i] / 2;
                }
            }
        }
    }
}
