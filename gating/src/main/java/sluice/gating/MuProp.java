package sluice.gating;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.random.RandomGenerator;

/**
 * MuProp (Gu, Levine, Sutskever and Mnih 2016, eq. 6): the score times the loss less its first-order Taylor expansion at the
 * gates' means p, and the expansion's gradient beside it,
 * {@code g = score (L(h) - L(p) - L'(p) (h - p) - c) + p' L'(p)}. Unbiased for any differentiable loss; exact where the loss
 * is affine. Two evaluations of the loss: at the sample, from which weights learn, and at the means, which are relaxed
 * gates. c is a running mean of the residual, used first and updated afterwards. For gates that choose one of K, p is
 * their softmax pi and {@code p' = s (diag(pi) - pi pi')}.
 *
 * @param decay rho of the running mean, in [0, 1]; 1 leaves the residual as it is
 */
public record MuProp(double decay) implements GradientEstimator {
    private static final int SAMPLE = 0;
    private static final int MEANS = 1;

    /** Checks the range. */
    public MuProp {
        checkArgument(decay >= 0 && decay <= 1, "decay must be in [0, 1], got %s", decay);
    }

    @Override
    public String name() {
        return "muprop";
    }

    @Override
    public GateEstimation begin(GateLayout layout) {
        Demand.stochastic(this, layout);
        if (layout.categorical()) {
            Demand.softmax(this, layout);
            return new Choice(this, layout);
        }
        return new Estimation(this, layout);
    }

    private static Probe[] probes(GateLayout layout) {
        return new Probe[] {
            new Probe(layout, Probe.Values.BINARY, true, Probe.Upstream.NONE, true),
            new Probe(layout, Probe.Values.RELAXED, true, Probe.Upstream.OPEN, false)
        };
    }

    private static final class Estimation extends BernoulliEstimation {
        private final TaylorResidual residual;

        Estimation(MuProp estimator, GateLayout layout) {
            super(layout, 1, MuProp.probes(layout));
            residual = new TaylorResidual(estimator.decay, layout.maxRows());
        }

        @Override
        void draw(int at, int l, RandomGenerator noise) {
            super.draw(at, l, noise);
            probe(MEANS).gates()[at] = probability(l);
        }

        @Override
        void takeAnswers() {
            residual.take(probe(SAMPLE), probe(MEANS));
        }

        @Override
        double gradient(int row, int at, int l) {
            double p = probability(l);
            double derivative = scoreFactor(l) * p * (1 - p);
            double path = derivative == 0 ? 0 : derivative * probe(MEANS).upstream()[at];
            return score(at, l) * residual.share(row, rows()) + path;
        }

        @Override
        public void state(RunningState state) {
            residual.state(state);
        }

        @Override
        void learn(double[] gradient) {
            residual.learn(rows());
        }
    }

    private static final class Choice extends CategoricalSamples {
        private final TaylorResidual residual;

        Choice(MuProp estimator, GateLayout layout) {
            super(layout, 1, MuProp.probes(layout));
            residual = new TaylorResidual(estimator.decay, layout.maxRows());
        }

        @Override
        void draw(int at, int l, RandomGenerator noise) {
            super.draw(at, l, noise);
            System.arraycopy(probabilities(), l, probe(MEANS).gates(), at, choices());
        }

        @Override
        void takeAnswers() {
            residual.take(probe(SAMPLE), probe(MEANS));
        }

        @Override
        Probe gradientProbe() {
            return probe(MEANS);
        }

        @Override
        void addGradient(int row, int at, int l, double[] into) {
            double share = residual.share(row, rows());
            for (int j = 0; j < choices(); j++) {
                into[l + j] += score(SAMPLE, at, l, j) * share;
            }
            addJacobian(slope(), probabilities(), l, at, into, l);
        }

        @Override
        public void state(RunningState state) {
            residual.state(state);
        }

        @Override
        void learn(double[] gradient) {
            residual.learn(rows());
        }
    }
}
