package sluice.gating;

import com.google.common.collect.ImmutableMap;

/** The one table in which scripts look estimators up by name. In Java, pass the value itself. */
public final class Estimators {
    /** Estimators by name, in the order in which they are listed. */
    public static final ImmutableMap<String, Entry> BY_NAME = ImmutableMap.of(
            "st-sigmoid",
            new Entry(
                    StraightThrough.DERIVATIVE,
                    "straight-through times the activation's derivative: low variance, first-order bias (default)"),
            "st-identity",
            new Entry(StraightThrough.IDENTITY, "straight-through: low variance, gradient too large"),
            "unbiased",
            new Entry(new Unbiased(), "score times loss (REINFORCE): no bias, high variance"),
            "centred",
            new Entry(new Centred(), "score times loss less a running baseline per unit: no bias, least variance"));

    private Estimators() {}

    /**
     * @param estimator the value
     * @param description one line for lists
     */
    public record Entry(GradientEstimator estimator, String description) {}
}
