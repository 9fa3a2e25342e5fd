package sluice.framework.discriminant;

import static com.google.common.base.Preconditions.checkArgument;

import java.nio.ByteBuffer;

/**
 * How scores lie around those of the mean of their component, by a covariance that components share: an example that is far from all means
 * is of no component, however its scores compare (Lee et al. 2018, with the scores in the place of features). Immutable.
 *
 * @param means scores of each component's mean, [components, components], row-major; 0 for scores that are no number
 * @param factor lower triangle of the covariance's Cholesky factor, [components, components], row-major
 */
record ScoreSpread(double[] means, double[] factor) {
    /** Of the mean variance: what every variance is raised by, as centred scores have none in one direction. */
    private static final double FLOOR = 0.001;

    static ScoreSpread of(FeatureSums sums, Discriminant discriminant) {
        int components = discriminant.components();
        double[][] products = products(sums, discriminant);
        double[] means = new double[components * components];
        double[] covariance = new double[components * components];
        double[] own = new double[components];
        for (int c = 0; c < components; c++) {
            for (int e = 0; e <= c; e++) {
                covariance[c * components + e] = dot(discriminant, c, products[e]);
            }
        }
        for (int k = 0; k < components; k++) {
            double[] sum = sums.sum(k);
            long count = sums.count(k);
            for (int c = 0; c < components; c++) {
                own[c] = dot(discriminant, c, sum);
                means[k * components + c] = number(
                        discriminant.biases()[c] + dot(discriminant, c, sums.origin()) + own[c] / Math.max(1, count));
            }
            for (int c = 0; c < components && count > 0; c++) {
                for (int e = 0; e <= c; e++) {
                    covariance[c * components + e] -= own[c] * own[e] / count;
                }
            }
        }
        return new ScoreSpread(means, factor(covariance, components, (double)
                Math.max(1, sums.examples() - components)));
    }

    /** By component the products of the scatter matrix and its weights. */
    private static double[][] products(FeatureSums sums, Discriminant discriminant) {
        int features = discriminant.features();
        int components = discriminant.components();
        double[][] products = new double[components][features];
        float[] row = new float[features];
        for (int i = 0; i < features; i++) {
            sums.scatter().get(i, 0, row, 0, i + 1);
            for (int c = 0; c < components; c++) {
                float[] weights = discriminant.weights();
                int at = c * features;
                double own = weights[at + i];
                double sum = row[i] * own;
                double[] product = products[c];
                for (int j = 0; j < i; j++) {
                    sum += (double) row[j] * weights[at + j];
                    product[j] += row[j] * own;
                }
                product[i] += sum;
            }
        }
        return products;
    }

    private static double dot(Discriminant discriminant, int component, double[] values) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += discriminant.weights()[component * values.length + i] * values[i];
        }
        return sum;
    }

    private static double dot(Discriminant discriminant, int component, float[] values) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += (double) discriminant.weights()[component * values.length + i] * values[i];
        }
        return sum;
    }

    private static double number(double score) {
        return Double.isFinite(score) ? score : 0;
    }

    private static double[] factor(double[] scatter, int size, double freedom) {
        double trace = 0;
        for (int i = 0; i < size; i++) {
            trace += Math.max(0, scatter[i * size + i]);
        }
        double mean = trace / freedom / size;
        double added = mean > 0 ? FLOOR * mean : 1;
        double[] factor = new double[size * size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = scatter[i * size + j] / freedom + (i == j ? added : 0);
                for (int k = 0; k < j; k++) {
                    sum -= factor[i * size + k] * factor[j * size + k];
                }
                factor[i * size + j] = i == j ? Math.sqrt(Math.max(added, sum)) : sum / factor[j * size + j];
            }
        }
        return factor;
    }

    private int size() {
        return (int) Math.round(Math.sqrt(means.length));
    }

    /**
     * {@return how well an example fits some components: its distance from the nearest of their means, in deviations, negated}
     *
     * @param scores holds one per component
     * @param at position of the first
     * @param from first of those components
     * @param end last of them, exclusive
     */
    double fit(double[] scores, int at, int from, int end) {
        int size = size();
        double[] solved = new double[size];
        double nearest = Double.POSITIVE_INFINITY;
        for (int component = from; component < end; component++) {
            // one without examples is near nothing
            if (scores[at + component] == Double.NEGATIVE_INFINITY) {
                continue;
            }
            double squared = 0;
            for (int i = 0; i < size; i++) {
                double rest = number(scores[at + i]) - means[component * size + i];
                for (int k = 0; k < i; k++) {
                    rest -= factor[i * size + k] * solved[k];
                }
                solved[i] = rest / factor[i * size + i];
                squared += solved[i] * solved[i];
            }
            nearest = Math.min(nearest, squared);
        }
        return -Math.sqrt(nearest);
    }

    static long bytes(long components) {
        return Math.multiplyExact(2L * Double.BYTES, Math.multiplyExact(components, components));
    }

    byte[] stored() {
        ByteBuffer data = ByteBuffer.allocate(Double.BYTES * (means.length + factor.length));
        data.asDoubleBuffer().put(means).put(factor);
        return data.array();
    }

    static ScoreSpread of(byte[] stored, int components) {
        ByteBuffer data = ByteBuffer.wrap(stored);
        double[] means = new double[components * components];
        double[] factor = new double[components * components];
        data.asDoubleBuffer().get(means).get(factor);
        for (int i = 0; i < components; i++) {
            double variance = factor[i * components + i];
            checkArgument(Double.isFinite(variance) && variance > 0, "the spread of its scores is %s", variance);
        }
        return new ScoreSpread(means, factor);
    }
}
