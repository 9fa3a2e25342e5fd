package sluice.gating;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.random.RandomGenerator;

/**
 * Gumbel-Rao (Paulus, Maddison and Krause 2021): straight-through concrete, its derivative averaged over K draws of the
 * noise that agree with the binary gate. The same mean as {@link BinaryConcrete} straight-through (for gates that choose
 * one of several, {@link GumbelSoftmax}), with less variance, for one pass of the network. The gradient does not pass through the noise drawn given the gate.
 *
 * @param temperature lambda, above 0
 * @param samples K, in [1, 1000]
 */
public record GumbelRao(Schedule temperature, int samples) implements GradientEstimator {
    /** Checks the ranges. */
    public GumbelRao {
        temperature.checkPositive("temperature");
        checkArgument(samples >= 1 && samples <= 1000, "samples must be in [1, 1000], got %s", samples);
    }

    @Override
    public String name() {
        return "gumbel-rao";
    }

    @Override
    public GateEstimation begin(GateLayout layout) {
        if (layout.categorical()) {
            Demand.stochastic(this, layout);
            Demand.softmax(this, layout);
            return new CategoricalGumbelRao(this, layout);
        }
        Demand.sigmoid(this, layout);
        return new Estimation(this, layout);
    }

    private static final class Estimation extends BernoulliEstimation {
        private final GumbelRao estimator;
        private final double[] derivatives;
        private double sharpness;

        Estimation(GumbelRao estimator, GateLayout layout) {
            super(layout, false, Probe.Upstream.ALL);
            this.estimator = estimator;
            this.derivatives = new double[layout.maxRows() * layout.units()];
        }

        @Override
        void begin(Progress progress) {
            sharpness = 1 / estimator.temperature.at(progress);
        }

        @Override
        void draw(int at, int l, RandomGenerator noise) {
            super.draw(at, l, noise);
            double p = probability(l);
            boolean open = probe().gates()[at] == 1;
            double sum = 0;
            for (int k = 0; k < estimator.samples; k++) {
                sum += derivative(open ? 1 - p : p, open ? uniform(noise) : 1 - uniform(noise));
            }
            derivatives[at] = sum * sharpness / estimator.samples;
        }

        /**
         * {@code y (1 - y)} for {@code y = sigm(zt / lambda)}, zt the noisy logit given the gate: its magnitude is
         * {@code log(1 + v / ((1 - v) q))} with q the probability of the other outcome, and the sign does not matter.
         */
        private double derivative(double other, double v) {
            double odds = 1 + v / ((1 - v) * other);
            // exp(-zt / lambda), in [0, 1] even where the odds overflow
            double powered = sharpness == 2 ? 1 / (odds * odds) : Math.pow(odds, -sharpness);
            return powered / (1 + powered) / (1 + powered);
        }

        @Override
        double gradient(int row, int at, int l) {
            return probe().upstream()[at] * derivatives[at] * slope();
        }
    }
}
