package sluice.gating;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.random.RandomGenerator;

/**
 * A sigmoid with normal noise, trained by ordinary backpropagation with the noise held fixed (Bengio, Léonard and Courville
 * 2013, section 2). Without noise, and with {@link Schedule.Hat} for its slope, it is the attention of HAT (Serrà et al.
 * 2018).
 *
 * @param form where the noise comes in
 * @param sigma standard deviation of the noise, at least 0
 */
public record NoisySigmoid(Form form, double sigma) implements GradientEstimator {
    /** Where the noise comes in. */
    public enum Form {
        /** {@code h = sigm(a + sigma z)}. */
        ADDITIVE,
        /** {@code h = sigm(a) (1 + sigma z)}. */
        MULTIPLICATIVE
    }

    /** Checks the range. */
    public NoisySigmoid {
        checkArgument(sigma >= 0 && Double.isFinite(sigma), "sigma must be at least 0, got %s", sigma);
    }

    @Override
    public String name() {
        return form == Form.ADDITIVE ? "additive-noise" : "multiplicative-noise";
    }

    @Override
    public GateEstimation begin(GateLayout layout) {
        Demand.independent(this, layout);
        Demand.sigmoid(this, layout);
        return new Estimation(this, layout);
    }

    private static final class Estimation extends GatewiseEstimation {
        private final NoisySigmoid estimator;
        private final double[] logits;
        private final double[] derivatives;

        Estimation(NoisySigmoid estimator, GateLayout layout) {
            super(layout, new Probe(layout, Probe.Values.RELAXED, false, Probe.Upstream.OPEN, true));
            this.estimator = estimator;
            this.logits = new double[layout.maxLogits()];
            this.derivatives = new double[layout.maxRows() * layout.units()];
        }

        @Override
        void prepare(int l, double logit) {
            logits[l] = slope() * logit;
        }

        @Override
        void draw(int at, int l, RandomGenerator noise) {
            double z = estimator.sigma == 0 ? 0 : estimator.sigma * noise.nextGaussian();
            double inside = estimator.form == Form.ADDITIVE ? logits[l] + z : logits[l];
            double factor = estimator.form == Form.ADDITIVE ? 1 : 1 + z;
            probe(0).gates()[at] = sigmoid(inside) * factor;
            derivatives[at] = GateActivation.SIGMOID.derivative(inside, 1) * factor;
        }

        @Override
        double gradient(int row, int at, int l) {
            return derivatives[at] == 0 ? 0 : probe(0).upstream()[at] * derivatives[at] * slope();
        }
    }
}
