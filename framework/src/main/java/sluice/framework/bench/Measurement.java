package sluice.framework.bench;

import java.util.Locale;
import sluice.gating.EstimatorFamily;
import sluice.gating.GateEstimation;
import sluice.gating.Passes;
import sluice.gating.exact.Moments;

/**
 * An estimator's estimates on one problem, against the exact gradient g* of the expected loss under independent binary
 * gates, or choices.
 *
 * @param problem its name
 * @param estimator its name
 * @param family what it has in common with others
 * @param claim what it claims of its mean
 * @param activation of the gates that it was measured at: sigmoid, hard-sigmoid, or softmax, which is of choices
 * @param samples estimates drawn
 * @param relativeBias {@code |mean - g*| / |g*|}, Euclidean norms
 * @param standardError {@code sqrt(sum_i se_i^2) / |g*|}, with se_i the standard error of coordinate i's mean
 * @param largestDistance largest {@code |mean_i - g*_i| / se_i}; infinite where a coordinate has no noise, and misses
 * @param cosine of the angle between mean and g*
 * @param variance of one estimate, summed over its coordinates
 * @param forwardPasses through the network, for one estimate
 * @param backwardPasses through the network, for one estimate
 */
public record Measurement(
        String problem,
        String estimator,
        EstimatorFamily family,
        Claim claim,
        String activation,
        long samples,
        double relativeBias,
        double standardError,
        double largestDistance,
        double cosine,
        double variance,
        int forwardPasses,
        int backwardPasses) {
    /** Distance in standard errors up to which a coordinate counts as equal. */
    public static final double STANDARD_ERRORS = 4;

    private static final double NORMAL_95 = 1.96;
    private static final int BACKWARD_COST = 2;

    static Measurement of(
            String problem,
            EstimatorTraits traits,
            String activation,
            GateEstimation estimation,
            Moments moments,
            double[] exact) {
        double norm = 0;
        for (double g : exact) {
            norm = Math.hypot(norm, g);
        }
        Passes passes = Passes.of(estimation.probes());
        return new Measurement(
                problem,
                traits.name(),
                traits.family(),
                traits.claim(),
                activation,
                moments.count(),
                moments.relativeBias(exact),
                moments.standardError() / norm,
                moments.standardErrorsFrom(exact),
                moments.cosine(exact),
                moments.summedVariance(),
                passes.forward(),
                passes.backward());
    }

    /**
     * The lower end of the 95 % confidence interval of the relative bias. By the triangle inequality the measured norm
     * is off by at most {@code |mean - E|}, and {@code |mean - E|^2}, a sum of squares of normal variables with weights
     * that sum to {@code S = sum_i se_i^2}, exceeds {@code 1.96^2 S} with probability 5 % at most, however the
     * coordinates hang together (Székely and Bakirov 2003). The interval is valid at no bias too, where the delta
     * method is not.
     *
     * @return the end, at least 0
     */
    public double low() {
        return Math.max(0, relativeBias - NORMAL_95 * standardError);
    }

    /** {@return the upper end of the 95 % confidence interval of the relative bias, see {@link #low}} */
    public double high() {
        return relativeBias + NORMAL_95 * standardError;
    }

    /** {@return what an estimate costs, in forward passes: a backward pass counts as two} */
    public int cost() {
        return forwardPasses + BACKWARD_COST * backwardPasses;
    }

    /**
     * {@return variance times cost: what estimators of different cost compare by, as averaging n estimates divides the
     * variance by n}
     */
    public double varianceTimesCost() {
        return variance * cost();
    }

    /** {@return whether the estimator claims to be unbiased, and is not} */
    public boolean isRejected() {
        return claim == Claim.UNBIASED && !(largestDistance <= STANDARD_ERRORS);
    }

    /** {@return what the measurement says of the claim} */
    public String verdict() {
        return switch (claim) {
            case UNBIASED -> isRejected() ? rejection() : "unbiased: not rejected at 4 standard errors";
            case BIASED -> String.format(Locale.ROOT, "bias %.3f [%.3f, %.3f]", relativeBias, low(), high());
            case RELAXED -> "relaxed: own objective";
        };
    }

    private String rejection() {
        return Double.isInfinite(largestDistance)
                ? "biased: REJECTED, off where there is no noise"
                : String.format(Locale.ROOT, "biased: REJECTED at %.1f standard errors", largestDistance);
    }
}
