package sluice.gating;

/**
 * ReinMax (Liu et al. 2023): straight-through of second order, by the trapezoid rule between the two ends of a gate. For
 * a binary gate it comes to {@code |h - p| / 2} times the gradient at the gate's output. Exact in the mean for losses
 * quadratic in each gate.
 */
public record ReinMax() implements GradientEstimator {
    @Override
    public String name() {
        return "reinmax";
    }

    @Override
    public GateEstimation begin(GateLayout layout) {
        Demand.stochastic(this, layout);
        Demand.independent(this, layout);
        return new BernoulliEstimation(layout, false, Probe.Upstream.ALL) {
            @Override
            double gradient(int row, int at, int l) {
                return probe().upstream()[at] * Math.abs(score(at, l)) / 2;
            }
        };
    }
}
