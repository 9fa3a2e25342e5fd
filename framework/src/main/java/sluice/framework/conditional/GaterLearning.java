package sluice.framework.conditional;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import sluice.gating.GradientEstimator;

/**
 * How a gater is trained.
 *
 * @param estimator how gradients reach its logits, through gates that are drawn for each example
 * @param target what holds the share of open gates
 * @param rate factor on the learning rate, above 0
 */
public record GaterLearning(GradientEstimator estimator, GaterTarget target, double rate) {
    /** Checks the range. */
    public GaterLearning {
        checkNotNull(estimator, "estimator");
        checkNotNull(target, "target");
        checkArgument(rate > 0 && Double.isFinite(rate), "rate must be above 0, got %s", rate);
    }
}
