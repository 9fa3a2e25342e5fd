package sluice.gating;

/**
 * ReinMax (Liu et al. 2023): straight-through of second order, by the trapezoid rule between the two ends of a gate. For
 * a binary gate it comes to {@code |h - p| / 2} times the gradient d at the gate's output; for gates D that choose one of K
 * it is {@code (2 J((D + pi) / 2) - J(pi) / 2) d}, {@code J(x) = diag(x) - x x'} the softmax's derivative. Exact in the
 * mean for losses quadratic in each gate, or in each choice.
 */
public record ReinMax() implements GradientEstimator {
    @Override
    public String name() {
        return "reinmax";
    }

    @Override
    public GateEstimation begin(GateLayout layout) {
        Demand.stochastic(this, layout);
        if (layout.categorical()) {
            Demand.softmax(this, layout);
            return new Choice(layout);
        }
        return new BernoulliEstimation(layout, false, Probe.Upstream.ALL) {
            @Override
            double gradient(int row, int at, int l) {
                return probe().upstream()[at] * Math.abs(score(at, l)) / 2;
            }
        };
    }

    private static final class Choice extends CategoricalEstimation {
        private final double[] middle;

        Choice(GateLayout layout) {
            super(layout, new Probe(layout, false, Probe.Upstream.ALL));
            middle = new double[layout.choices()];
        }

        @Override
        void addGradient(int row, int at, int l, double[] into) {
            for (int j = 0; j < middle.length; j++) {
                middle[j] = (probe().gates()[at + j] + probabilities()[l + j]) / 2;
            }
            addJacobian(2 * slope(), middle, 0, at, into, l);
            addJacobian(-slope() / 2, probabilities(), l, at, into, l);
        }
    }
}
