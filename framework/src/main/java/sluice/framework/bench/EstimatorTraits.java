package sluice.framework.bench;

import sluice.gating.EstimatorEntry;
import sluice.gating.EstimatorFamily;

/**
 * What there is to know of an estimator beside its estimates.
 *
 * @param name in scripts and reports
 * @param family what it has in common with others
 * @param claim what it claims of its mean
 */
record EstimatorTraits(String name, EstimatorFamily family, Claim claim) {
    static EstimatorTraits of(String name, EstimatorEntry entry) {
        Claim claim = entry.unbiased()
                ? Claim.UNBIASED
                : entry.family() == EstimatorFamily.RELAXED ? Claim.RELAXED : Claim.BIASED;
        return new EstimatorTraits(name, entry.family(), claim);
    }
}
