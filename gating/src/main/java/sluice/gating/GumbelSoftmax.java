package sluice.gating;

import java.util.random.RandomGenerator;

/**
 * The relaxed choice of one of K (Jang, Gu and Poole 2017; Maddison, Mnih and Teh 2017):
 * {@code y = softmax((s a + G) / tau)}, G standard Gumbel noise. Trained soft, it is unbiased for the relaxed loss.
 * Straight-through, the one gate with the largest {@code s a + G} is open, and the gradient there passes through the
 * derivative of y. For two choices it is {@link BinaryConcrete} with lambda = tau and the difference of their logits.
 *
 * @param temperature tau, above 0
 * @param straightThrough whether the network sees binary gates
 */
public record GumbelSoftmax(Schedule temperature, boolean straightThrough) implements GradientEstimator {
    /** Checks the range. */
    public GumbelSoftmax {
        temperature.checkPositive("temperature");
    }

    @Override
    public String name() {
        return straightThrough ? "st-gumbel-softmax" : "gumbel-softmax";
    }

    @Override
    public GateEstimation begin(GateLayout layout) {
        Demand.categorical(this, layout, straightThrough ? "st-concrete" : "concrete");
        Demand.stochastic(this, layout);
        Demand.softmax(this, layout);
        return new Estimation(this, layout);
    }

    private static final class Estimation extends CategoricalEstimation {
        private final Schedule schedule;
        private final boolean straightThrough;
        private final double[] soft;
        private double temperature;

        Estimation(GumbelSoftmax estimator, GateLayout layout) {
            super(
                    layout,
                    estimator.straightThrough
                            ? new Probe(layout, false, Probe.Upstream.ALL)
                            : new Probe(layout, Probe.Values.RELAXED, false, Probe.Upstream.OPEN, true));
            this.schedule = estimator.temperature;
            this.straightThrough = estimator.straightThrough;
            this.soft = new double[layout.maxRows() * layout.units()];
        }

        @Override
        void begin(Progress progress) {
            temperature = schedule.at(progress);
        }

        /** Without pi, which the relaxed choice has no part in. */
        @Override
        void prepare(int l, double[] logits) {
            scale(l, logits);
        }

        @Override
        void draw(int at, int l, RandomGenerator noise) {
            int chosen = perturb(l, noise);
            softmax(noisy(), 0, temperature, soft, at);
            if (straightThrough) {
                open(probe().gates(), at, chosen);
            } else {
                System.arraycopy(soft, at, probe().gates(), at, choices());
            }
        }

        @Override
        void addGradient(int row, int at, int l, double[] into) {
            addJacobian(slope() / temperature, soft, at, at, into, l);
        }
    }
}
