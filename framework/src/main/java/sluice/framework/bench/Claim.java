package sluice.framework.bench;

/** What an estimator claims of its mean. */
public enum Claim {
    /** Equal to the gradient of the expected loss. */
    UNBIASED,
    /** Near it. */
    BIASED,
    /** Equal to the gradient of another objective, the expected loss under continuous gates. */
    RELAXED
}
