package sluice.gating;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.random.RandomGenerator;

/**
 * Stochastic times smooth (Bengio, Léonard and Courville 2013, section 4): {@code h = b sqrt(p)} with b open with
 * probability sqrt(p), so that E[h] = p and h is exactly 0 with probability 1 - sqrt(p). The gradient passes through the
 * smooth factor alone, b held constant, which for a loss affine in the gate is half of the true one.
 *
 * @param scale factor on the gradient, above 0: 1 as published; 2 mends the half
 */
public record SmoothTimesStochastic(double scale) implements GradientEstimator {
    /** Checks the range. */
    public SmoothTimesStochastic {
        checkArgument(scale > 0 && Double.isFinite(scale), "scale must be above 0, got %s", scale);
    }

    @Override
    public String name() {
        return "sts";
    }

    @Override
    public GateEstimation begin(GateLayout layout) {
        Demand.independent(this, layout);
        Demand.sigmoid(this, layout);
        return new Estimation(scale, layout);
    }

    private static final class Estimation extends GatewiseEstimation {
        private final double scale;
        private final double[] roots;
        private final double[] derivatives;

        Estimation(double scale, GateLayout layout) {
            super(layout, new Probe(layout, Probe.Values.RELAXED, false, Probe.Upstream.OPEN, true));
            this.scale = scale;
            this.roots = new double[layout.maxLogits()];
            this.derivatives = new double[layout.maxLogits()];
        }

        @Override
        void prepare(int l, double logit) {
            double p = sigmoid(slope() * logit);
            roots[l] = Math.sqrt(p);
            derivatives[l] = scale * slope() * roots[l] * (1 - p) / 2;
        }

        @Override
        void draw(int at, int l, RandomGenerator noise) {
            probe(0).gates()[at] = noise.nextDouble() < roots[l] ? roots[l] : 0;
        }

        @Override
        double gradient(int row, int at, int l) {
            return probe(0).gates()[at] > 0 ? probe(0).upstream()[at] * derivatives[l] : 0;
        }
    }
}
