package sluice.gating;

/**
 * How open a gate is, by its logit a and slope s: what evaluation, sparsity and the limits of logits go by. Whatever the
 * model, a gate is consolidated open where {@code a > 0}.
 */
public interface GateModel {
    /**
     * The gate without noise, as the literature evaluates it before it is made binary.
     *
     * @param logit a
     * @param slope s, above 0
     * @return a value of at least 0, of at most 1 for all but noisy rectifiers
     */
    double testValue(double logit, double slope);

    /**
     * The probability that the gate is not closed, on which a sparsity regulariser puts a penalty.
     *
     * @param logit a
     * @param slope s, above 0
     * @return P(h &gt; 0), in [0, 1]
     */
    double activity(double logit, double slope);

    /**
     * {@return the derivative of {@link #activity} with respect to a}
     *
     * @param logit a
     * @param slope s, above 0
     */
    double activityDerivative(double logit, double slope);

    /**
     * Keeps a logit where its gate can still learn.
     *
     * @param logit a
     * @param slope s, above 0
     * @param limit largest |a| wanted, above 0
     * @return a, moved into the limits
     */
    default double clamp(double logit, double slope, double limit) {
        return Math.max(-limit, Math.min(limit, logit));
    }
}
