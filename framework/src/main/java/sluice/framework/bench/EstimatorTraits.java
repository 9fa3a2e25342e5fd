package sluice.framework.bench;

/**
 * What there is to know of an estimator beside its estimates.
 *
 * @param name in scripts and reports
 * @param family what it is a kind of
 * @param claim what it claims of its mean
 * @param forwardPasses through the network, for one estimate
 * @param backwardPasses through the network, for one estimate
 */
record EstimatorTraits(String name, String family, Claim claim, int forwardPasses, int backwardPasses) {
    static EstimatorTraits of(String name) {
        return switch (name) {
            case "unbiased", "centred" -> new EstimatorTraits(name, "score function", Claim.UNBIASED, 1, 0);
            default -> new EstimatorTraits(name, "straight-through", Claim.BIASED, 1, 1);
        };
    }
}
