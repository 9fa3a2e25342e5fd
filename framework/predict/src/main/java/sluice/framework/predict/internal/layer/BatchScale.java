package sluice.framework.predict.internal.layer;

/**
 * Batch normalisation as a prediction has it, {@code gamma * (z - mean) / sqrt(variance + epsilon) + beta} with the running
 * mean and variance: a factor of a unit's weights and a bias in the place of its own.
 */
public final class BatchScale {
    /** Added to variances. */
    public static final double EPSILON = 1e-5;

    private BatchScale() {}

    /** {@return what a unit's weights are multiplied by} */
    public static float factor(float gamma, float variance) {
        return (float) scale(gamma, variance);
    }

    /** {@return a unit's bias} */
    public static float bias(float gamma, float beta, float mean, float variance) {
        return (float) (beta - scale(gamma, variance) * mean);
    }

    private static double scale(float gamma, float variance) {
        return gamma * rate(variance);
    }

    /** {@return one by the standard deviation} */
    public static double rate(double variance) {
        return 1 / Math.sqrt(variance + EPSILON);
    }
}
