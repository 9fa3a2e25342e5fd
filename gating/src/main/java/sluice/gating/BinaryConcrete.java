package sluice.gating;

import java.util.random.RandomGenerator;

/**
 * The binary concrete gate (Maddison, Mnih and Teh 2017; Jang, Gu and Poole 2017): {@code l = a + logit(u)}, relaxed to
 * {@code sigm(l / lambda)}. Trained soft, it is unbiased for the relaxed loss, and its bias for the binary one vanishes
 * with the temperature, while the variance grows as 1 / lambda. Straight-through, the gate is {@code 1[l > 0]}, and the
 * gradient there passes through the soft gate's derivative.
 *
 * @param temperature lambda, above 0
 * @param straightThrough whether the network sees the binary gate
 */
public record BinaryConcrete(Schedule temperature, boolean straightThrough) implements GradientEstimator {
    /** Checks the range. */
    public BinaryConcrete {
        temperature.checkPositive("temperature");
    }

    @Override
    public String name() {
        return straightThrough ? "st-concrete" : "concrete";
    }

    @Override
    public GateEstimation begin(GateLayout layout) {
        Demand.independent(this, layout);
        Demand.sigmoid(this, layout);
        return new Estimation(this, layout);
    }

    private static final class Estimation extends GatewiseEstimation {
        private final Schedule schedule;
        private final boolean straightThrough;
        private final double[] logits;
        private final double[] soft;
        private double temperature;

        Estimation(BinaryConcrete estimator, GateLayout layout) {
            super(
                    layout,
                    estimator.straightThrough
                            ? new Probe(layout, false, Probe.Upstream.ALL)
                            : new Probe(layout, Probe.Values.RELAXED, false, Probe.Upstream.OPEN, true));
            this.schedule = estimator.temperature;
            this.straightThrough = estimator.straightThrough;
            this.logits = new double[layout.maxLogits()];
            this.soft = new double[layout.maxRows() * layout.units()];
        }

        @Override
        void begin(Progress progress) {
            temperature = schedule.at(progress);
        }

        @Override
        void prepare(int l, double logit) {
            logits[l] = slope() * logit;
        }

        @Override
        void draw(int at, int l, RandomGenerator noise) {
            double noisy = logits[l] + logit(uniform(noise));
            soft[at] = sigmoid(noisy / temperature);
            probe(0).gates()[at] = !straightThrough ? soft[at] : noisy > 0 ? 1 : 0;
        }

        @Override
        double gradient(int row, int at, int l) {
            double derivative = soft[at] * (1 - soft[at]) / temperature;
            // a soft gate of 0 may come back without an answer
            return derivative == 0 ? 0 : probe(0).upstream()[at] * derivative * slope();
        }
    }
}
