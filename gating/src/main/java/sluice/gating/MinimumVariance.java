package sluice.gating;

/**
 * The straight-through estimator of second order with the least weights (Hooper and Shekhovtsov 2026: the hard one-hot
 * minimum variance estimator). Of all {@code W(D) d}, W a matrix and d the gradient at the gates, that are exact in the mean for every
 * loss quadratic in the choice, it is the one with the least {@code E |W(D)|^2}: the least variance where nothing is known
 * of d. {@link ReinMax} is the one whose W is symmetric. Between two choices, and for gates that open and close
 * independently, there is only one, so that the two coincide.
 */
public record MinimumVariance() implements GradientEstimator {
    @Override
    public String name() {
        return "minimum-variance";
    }

    @Override
    public GateEstimation begin(GateLayout layout) {
        Demand.stochastic(this, layout);
        if (!layout.categorical()) {
            return new ReinMax().begin(layout);
        }
        Demand.softmax(this, layout);
        return new Choice(layout);
    }

    /**
     * With gate i of a run open, {@code g = s (d_i (e_i - pi) + J(pi) x) / 2}, where {@code G x = v}: G is the Laplacian of
     * the graph of the K gates with weights {@code pi_j pi_k / (pi_j + pi_k)}, {@code v_j = d_j pi_j / (pi_i + pi_j)} for
     * the closed gates, and all of v adds up to 0.
     */
    private static final class Choice extends CategoricalSamples {
        private final double[] solution;
        private final GroundedLaplacian laplacian;

        Choice(GateLayout layout) {
            super(layout, 1, new Probe(layout, false, Probe.Upstream.ALL));
            solution = new double[layout.choices()];
            laplacian = new GroundedLaplacian(layout.choices());
        }

        @Override
        void addGradient(int row, int at, int l, double[] into) {
            int open = 0;
            while (probe().gates()[at + open] == 0) {
                open++;
            }
            double[] upstream = probe().upstream();
            double[] pi = probabilities();
            double sum = 0;
            for (int j = 0; j < choices(); j++) {
                // a closed gate of probability 0 counts for nothing
                solution[j] =
                        j == open || pi[l + j] == 0 ? 0 : upstream[at + j] * pi[l + j] / (pi[l + open] + pi[l + j]);
                sum += solution[j];
            }
            solution[open] = -sum;
            laplacian.solve(pi, l, solution);
            double mean = upstream[at + open];
            for (int j = 0; j < choices(); j++) {
                mean += pi[l + j] * solution[j];
            }
            double factor = slope() / 2;
            for (int j = 0; j < choices(); j++) {
                into[l + j] += factor * pi[l + j] * (solution[j] - mean);
            }
            into[l + open] += factor * upstream[at + open];
        }
    }
}
