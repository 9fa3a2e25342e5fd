package sluice.gating;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.random.RandomGenerator;

/**
 * The score times the loss, less a control variate through the relaxed gate (REBAR: Tucker, Mnih, Maddison, Lawson and
 * Sohl-Dickstein 2017, eq. 10; RELAX: Grathwohl, Choi, Wu, Roeder and Duvenaud 2018, eq. 8). With
 * {@code z = a + logit(u)}, {@code b = 1[z > 0]} and zt drawn as z is, but given b,
 * {@code g = (L(b) - c(zt)) (b - p) + dc(z)/da - dc(zt)/da}, where
 * {@code c(z) = eta L(sigm(z / lambda)) + sum_i w_i tanh(z_i)}. Unbiased for any eta, w and lambda; three evaluations of the
 * loss. The derivative at zt passes through its own noise.
 *
 * <p>For gates that choose one of K, {@code z = s a + G} with G standard Gumbel noise, b opens the largest, zt is drawn as
 * z is, but given which one is the largest, and {@code c(z) = eta L(y) + sum_i w_i y_i}, where {@code y = softmax(z /
 * lambda)}.
 *
 * <p>eta, and for RELAX the weights w, are tuned to the least variance: eta is minus the ratio of running averages of
 * {@code g0 . g1} and {@code g1 . g1}, with {@code g = g0 + eta g1}; w follows the gradient of {@code g . g}, its step
 * divided by the size of what it scales. Both are used first and updated afterwards.
 *
 * @param form with or without the surrogate w
 * @param temperature lambda, above 0
 * @param eta weight of the relaxed loss that tuning starts from, finite
 * @param decay of the running averages that tune eta, in [0, 1]; 1 leaves it as it is
 * @param rate step of w, in [0, 1]; must be 0 for REBAR
 */
public record Relaxation(Form form, Schedule temperature, double eta, double decay, double rate)
        implements GradientEstimator {
    static final int BINARY = 0;
    static final int RELAXED = 1;
    static final int GIVEN = 2;

    /** Which control variate. */
    public enum Form {
        /** The relaxed loss. */
        REBAR,
        /** The relaxed loss and a surrogate that is learned. */
        RELAX
    }

    /** Checks the ranges. */
    public Relaxation {
        temperature.checkPositive("temperature");
        checkArgument(Double.isFinite(eta), "eta must be finite, got %s", eta);
        checkArgument(decay >= 0 && decay <= 1, "decay must be in [0, 1], got %s", decay);
        checkArgument(rate >= 0 && rate <= 1, "rate must be in [0, 1], got %s", rate);
        checkArgument(form == Form.RELAX || rate == 0, "rebar has no surrogate to learn: rate must be 0, got %s", rate);
    }

    @Override
    public String name() {
        return form == Form.REBAR ? "rebar" : "relax";
    }

    @Override
    public GateEstimation begin(GateLayout layout) {
        return withSurrogate(layout, new double[layout.units()]);
    }

    /** An estimation that starts from a known surrogate w [units]. */
    GateEstimation withSurrogate(GateLayout layout, double[] weights) {
        if (layout.categorical()) {
            Demand.stochastic(this, layout);
            Demand.softmax(this, layout);
            return new CategoricalRelaxation(this, layout, weights);
        }
        Demand.sigmoid(this, layout);
        return new Estimation(this, layout, weights);
    }

    /** The probes: binary gates, relaxed ones, and relaxed ones drawn given the binary ones. */
    static Probe[] probes(GateLayout layout) {
        return new Probe[] {
            new Probe(layout, Probe.Values.BINARY, true, Probe.Upstream.NONE, true),
            new Probe(layout, Probe.Values.RELAXED, false, Probe.Upstream.OPEN, false),
            new Probe(layout, Probe.Values.RELAXED, true, Probe.Upstream.OPEN, false)
        };
    }

    private static final class Estimation extends GatewiseEstimation {
        private final Relaxation estimator;
        private final Surrogate surrogate;
        private final double[] logits;
        private final double[] probabilities;
        private final double[] noisy;
        private final double[] given;
        private final double[] givenDerivatives;
        private final TunedWeight eta;
        private double temperature;

        Estimation(Relaxation estimator, GateLayout layout, double[] weights) {
            super(layout, Relaxation.probes(layout));
            this.estimator = estimator;
            this.eta = new TunedWeight(estimator.eta, estimator.decay);
            this.surrogate = new Surrogate(weights, estimator.rate, layout.maxRows());
            int gates = layout.maxRows() * layout.units();
            this.logits = new double[layout.maxLogits()];
            this.probabilities = new double[layout.maxLogits()];
            this.noisy = new double[gates];
            this.given = new double[gates];
            this.givenDerivatives = new double[gates];
        }

        @Override
        void begin(Progress progress) {
            temperature = estimator.temperature.at(progress);
            surrogate.begin();
        }

        @Override
        void prepare(int l, double logit) {
            logits[l] = slope() * logit;
            probabilities[l] = sigmoid(logits[l]);
        }

        @Override
        void draw(int at, int l, RandomGenerator noise) {
            noisy[at] = logits[l] + logit(uniform(noise));
            boolean open = noisy[at] > 0;
            drawGiven(at, logits[l], open, uniform(noise));
            probe(BINARY).gates()[at] = open ? 1 : 0;
            probe(RELAXED).gates()[at] = sigmoid(noisy[at] / temperature);
            probe(GIVEN).gates()[at] = sigmoid(given[at] / temperature);
            if (estimator.form == Form.RELAX) {
                surrogate.draw(at, noisy[at], given[at], givenDerivatives[at]);
            }
        }

        /** {@code zt = +-log(1 + o (1 + exp(+-a)))}, o the odds of v or of 1 - v, and its derivative. */
        private void drawGiven(int at, double a, boolean open, double v) {
            double odds = open ? v / (1 - v) : (1 - v) / v;
            double side = open ? Math.exp(a) : Math.exp(-a);
            given[at] = (open ? 1 : -1) * Math.log1p(odds * (1 + side));
            givenDerivatives[at] = odds / ((1 + odds) / side + odds);
        }

        @Override
        double gradient(int row, int at, int l) {
            double score = probe(BINARY).gates()[at] - probabilities[l];
            double plain = lossShare(BINARY, row) * score;
            if (estimator.form == Form.RELAX) {
                plain += surrogate.estimate(at, score) / rows();
            }
            double variate = relaxedGradient(RELAXED, at)
                    - relaxedGradient(GIVEN, at) * givenDerivatives[at]
                    - lossShare(GIVEN, row) * score;
            double estimate = eta.estimate(plain, variate);
            surrogate.note(at, estimate * rows(), score);
            return estimate * slope();
        }

        private double relaxedGradient(int index, int at) {
            double gate = probe(index).gates()[at];
            double derivative = gate * (1 - gate) / temperature;
            return derivative == 0 ? 0 : probe(index).upstream()[at] * derivative;
        }

        @Override
        public void state(RunningState state) {
            eta.state(state);
            surrogate.state(state);
        }

        @Override
        void learn(double[] gradient) {
            eta.learn();
            surrogate.learn(rows());
        }
    }
}
