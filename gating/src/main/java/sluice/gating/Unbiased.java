package sluice.gating;

/**
 * The unbiased estimator of Bengio, Léonard and Courville 2013 (REINFORCE, the score function): {@code (h - p) L} for the
 * sigmoid, the score times the loss in general. It needs only the loss; its variance grows with the square of the loss,
 * which {@link Centred} mends.
 */
public record Unbiased() implements GradientEstimator {
    @Override
    public String name() {
        return "unbiased";
    }

    @Override
    public GateEstimation begin(GateLayout layout) {
        Demand.stochastic(this, layout);
        Demand.independent(this, layout);
        return new BernoulliEstimation(layout, true, Probe.Upstream.NONE) {
            @Override
            double gradient(int row, int at, int l) {
                return score(at, l) * lossShare(0, row);
            }
        };
    }
}
