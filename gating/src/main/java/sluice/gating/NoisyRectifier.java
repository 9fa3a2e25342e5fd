package sluice.gating;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.random.RandomGenerator;

/**
 * The noisy rectifier (Bengio, Léonard and Courville 2013, section 2): {@code h = max(0, a + scale z)}, z logistic, trained
 * by ordinary backpropagation with the noise held fixed. P(h &gt; 0) = sigm(a / scale). It is a gate with a magnitude: to
 * stand for a gate that is 1 when open, logits are kept at 1 or below.
 *
 * @param scale of the noise, above 0; 1 is standard logistic noise
 */
public record NoisyRectifier(double scale) implements GradientEstimator {
    /** Checks the range. */
    public NoisyRectifier {
        checkArgument(scale > 0 && Double.isFinite(scale), "scale must be above 0, got %s", scale);
    }

    @Override
    public String name() {
        return "noisy-rectifier";
    }

    @Override
    public GateEstimation begin(GateLayout layout) {
        Demand.independent(this, layout);
        Demand.sigmoid(this, layout);
        return new Estimation(scale, layout);
    }

    @Override
    public GateModel model(BinaryNeuron neuron) {
        return new Model(scale);
    }

    private record Model(double scale) implements GateModel {
        @Override
        public double testValue(double logit, double slope) {
            return Math.max(0, slope * logit);
        }

        @Override
        public double activity(double logit, double slope) {
            return GatewiseEstimation.sigmoid(slope * logit / scale);
        }

        @Override
        public double activityDerivative(double logit, double slope) {
            double activity = activity(logit, slope);
            return slope * activity * (1 - activity) / scale;
        }

        @Override
        public double clamp(double logit, double slope, double limit) {
            return Math.max(-Math.min(limit, 4 * scale / slope), Math.min(Math.min(limit, 1 / slope), logit));
        }
    }

    private static final class Estimation extends GatewiseEstimation {
        private final double scale;
        private final double[] logits;

        Estimation(double scale, GateLayout layout) {
            super(layout, new Probe(layout, Probe.Values.RELAXED, false, Probe.Upstream.OPEN, true));
            this.scale = scale;
            this.logits = new double[layout.maxLogits()];
        }

        @Override
        void prepare(int l, double logit) {
            logits[l] = slope() * logit;
        }

        @Override
        void draw(int at, int l, RandomGenerator noise) {
            probe(0).gates()[at] = Math.max(0, logits[l] + scale * logit(uniform(noise)));
        }

        @Override
        double gradient(int row, int at, int l) {
            return probe(0).gates()[at] > 0 ? probe(0).upstream()[at] * slope() : 0;
        }
    }
}
