package sluice.gating;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.random.RandomGenerator;

/**
 * Gaussian stochastic gates (Yamada, Lindenbaum, Negahban and Kluger 2020): {@code h = clip(mu + sigma z, 0, 1)} with z
 * standard normal, and {@code mu = a + 1/2} as in the authors' code, so that a gate is more open than closed where
 * {@code a > 0}. Its sparsity penalty is {@code sum Phi(mu / sigma)} (their eq. 5).
 *
 * @param sigma standard deviation of the noise, above 0
 */
public record GaussianGates(double sigma) implements GradientEstimator {
    /** Checks the range. */
    public GaussianGates {
        checkArgument(sigma > 0 && Double.isFinite(sigma), "sigma must be above 0, got %s", sigma);
    }

    @Override
    public String name() {
        return "gaussian";
    }

    @Override
    public GateEstimation begin(GateLayout layout) {
        Demand.independent(this, layout);
        Demand.sigmoid(this, layout);
        return new Estimation(sigma, layout);
    }

    @Override
    public GateModel model(BinaryNeuron neuron) {
        return new Model(sigma);
    }

    private static double mean(double logit, double slope) {
        return slope * logit + 0.5;
    }

    private static double clip(double value) {
        return Math.max(0, Math.min(1, value));
    }

    private record Model(double sigma) implements GateModel {
        @Override
        public double testValue(double logit, double slope) {
            return clip(mean(logit, slope));
        }

        @Override
        public double activity(double logit, double slope) {
            return Normal.distribution(mean(logit, slope) / sigma);
        }

        @Override
        public double activityDerivative(double logit, double slope) {
            return slope * Normal.density(mean(logit, slope) / sigma) / sigma;
        }

        /** Beyond three standard deviations of the noise a gate would hardly ever learn again. */
        @Override
        public double clamp(double logit, double slope, double limit) {
            double inside = Math.min(limit, (0.5 + 3 * sigma) / slope);
            return Math.max(-inside, Math.min(inside, logit));
        }
    }

    private static final class Estimation extends GatewiseEstimation {
        private final double sigma;
        private final double[] means;

        Estimation(double sigma, GateLayout layout) {
            super(layout, new Probe(layout, Probe.Values.RELAXED, false, Probe.Upstream.OPEN, true));
            this.sigma = sigma;
            this.means = new double[layout.maxLogits()];
        }

        @Override
        void prepare(int l, double logit) {
            means[l] = mean(logit, slope());
        }

        @Override
        void draw(int at, int l, RandomGenerator noise) {
            probe(0).gates()[at] = clip(means[l] + sigma * noise.nextGaussian());
        }

        @Override
        double gradient(int row, int at, int l) {
            double gate = probe(0).gates()[at];
            return gate > 0 && gate < 1 ? probe(0).upstream()[at] * slope() : 0;
        }
    }
}
