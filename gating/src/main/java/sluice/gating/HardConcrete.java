package sluice.gating;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.random.RandomGenerator;

/**
 * The hard concrete gate (Louizos, Welling and Kingma 2018): {@code s = sigm((a + logit(u)) / beta)}, stretched to
 * (gamma, zeta) and clipped to [0, 1], so that it is exactly 0, and exactly 1, with some probability. Its sparsity penalty
 * is the expected number of gates that are not 0, {@code sum sigm(a - beta log(-gamma / zeta))} (their eq. 12).
 *
 * @param temperature beta, above 0
 * @param low gamma, below 0
 * @param high zeta, above 1
 */
public record HardConcrete(Schedule temperature, double low, double high) implements GradientEstimator {
    /** Checks the ranges. */
    public HardConcrete {
        temperature.checkPositive("temperature");
        checkArgument(low < 0 && Double.isFinite(low), "low must be below 0, got %s", low);
        checkArgument(high > 1 && Double.isFinite(high), "high must be above 1, got %s", high);
    }

    @Override
    public String name() {
        return "hard-concrete";
    }

    @Override
    public GateEstimation begin(GateLayout layout) {
        Demand.independent(this, layout);
        Demand.sigmoid(this, layout);
        return new Estimation(this, layout);
    }

    /** The model at the temperature that training starts with. */
    @Override
    public GateModel model(BinaryNeuron neuron) {
        return new Model(temperature.at(Progress.START), low, high);
    }

    private record Model(double temperature, double low, double high) implements GateModel {
        @Override
        public double testValue(double logit, double slope) {
            return clip(GatewiseEstimation.sigmoid(slope * logit) * (high - low) + low);
        }

        @Override
        public double activity(double logit, double slope) {
            return GatewiseEstimation.sigmoid(slope * logit - temperature * Math.log(-low / high));
        }

        @Override
        public double activityDerivative(double logit, double slope) {
            double activity = activity(logit, slope);
            return slope * activity * (1 - activity);
        }
    }

    private static double clip(double stretched) {
        return Math.max(0, Math.min(1, stretched));
    }

    private static final class Estimation extends GatewiseEstimation {
        private final HardConcrete estimator;
        private final double[] logits;
        private final double[] soft;
        private double temperature;

        Estimation(HardConcrete estimator, GateLayout layout) {
            super(layout, new Probe(layout, Probe.Values.RELAXED, false, Probe.Upstream.OPEN, true));
            this.estimator = estimator;
            this.logits = new double[layout.maxLogits()];
            this.soft = new double[layout.maxRows() * layout.units()];
        }

        @Override
        void begin(Progress progress) {
            temperature = estimator.temperature.at(progress);
        }

        @Override
        void prepare(int l, double logit) {
            logits[l] = slope() * logit;
        }

        @Override
        void draw(int at, int l, RandomGenerator noise) {
            soft[at] = sigmoid((logits[l] + logit(uniform(noise))) / temperature);
            probe(0).gates()[at] = clip(soft[at] * width() + estimator.low);
        }

        private double width() {
            return estimator.high - estimator.low;
        }

        @Override
        double gradient(int row, int at, int l) {
            double gate = probe(0).gates()[at];
            return gate > 0 && gate < 1
                    ? probe(0).upstream()[at] * width() * soft[at] * (1 - soft[at]) / temperature * slope()
                    : 0;
        }
    }
}
