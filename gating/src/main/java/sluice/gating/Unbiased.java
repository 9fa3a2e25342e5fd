package sluice.gating;

/**
 * The unbiased estimator of Bengio, Léonard and Courville 2013 (REINFORCE, the score function): {@code (h - p) L} for the
 * sigmoid, the score times the loss in general; {@code (D - pi) L} for gates D that choose one of K with probabilities pi.
 * It needs only the loss; its variance grows with the square of the loss, which {@link Centred} mends.
 */
public record Unbiased() implements GradientEstimator {
    @Override
    public String name() {
        return "unbiased";
    }

    @Override
    public GateEstimation begin(GateLayout layout) {
        Demand.stochastic(this, layout);
        if (layout.categorical()) {
            Demand.softmax(this, layout);
            return new CategoricalEstimation(layout, new Probe(layout, true, Probe.Upstream.NONE)) {
                @Override
                void addGradient(int row, int at, int l, double[] into) {
                    double factor = slope() * lossShare(0, row);
                    for (int j = 0; j < choices(); j++) {
                        into[l + j] += factor * (probe().gates()[at + j] - probabilities()[l + j]);
                    }
                }
            };
        }
        return new BernoulliEstimation(layout, true, Probe.Upstream.NONE) {
            @Override
            double gradient(int row, int at, int l) {
                return score(at, l) * lossShare(0, row);
            }
        };
    }
}
