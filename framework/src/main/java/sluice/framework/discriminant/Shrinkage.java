package sluice.framework.discriminant;

/**
 * How much of the mean variance is added to every feature's own, so that the shared covariance can be inverted and trusted.
 * With d features and n examples it is {@code 0.02 (d / n)^2}, kept in [1e-4, 3]: the best of eleven strengths followed
 * this on 50 to 10,000 of MNIST's training images, judged by 10,000 others.
 */
final class Shrinkage {
    private static final double FACTOR = 0.02;
    private static final double LEAST = 1e-4;
    private static final double MOST = 3;

    private Shrinkage() {}

    /**
     * {@return the share of the mean variance}
     *
     * @param features d, at least 1
     * @param freedom n, examples less classes; may be 0
     */
    static double of(int features, long freedom) {
        double ratio = (double) features / Math.max(1, freedom);
        return Math.min(MOST, Math.max(LEAST, FACTOR * ratio * ratio));
    }

    /** Whether there are fewer examples than features, so that shrinkage decides much. */
    static boolean isStrong(int features, long freedom) {
        return freedom < features;
    }
}
