package sluice.gating;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The unbiased estimator of Bengio, Léonard and Courville 2013 (REINFORCE): {@code (h - p) L} for the sigmoid, the score
 * times the loss in general. It needs only the loss; its variance grows with the square of the loss, which
 * {@link Centred} mends.
 */
public record Unbiased() implements GradientEstimator {
    @Override
    public String name() {
        return "unbiased";
    }

    @Override
    public GateEstimation begin(GateLayout layout) {
        checkStochastic(name(), layout);
        return new Estimation(new BernoulliGates(layout, true, Probe.Upstream.NONE));
    }

    static void checkStochastic(String name, GateLayout layout) {
        checkArgument(
                layout.neuron().sampling() == BinaryNeuron.Sampling.STOCHASTIC,
                "estimator %s learns from the noise of the gates, deterministic sampling has none: "
                        + "use stochastic sampling, or estimator st-sigmoid or st-identity",
                name);
    }

    private record Estimation(BernoulliGates gates) implements GateEstimation {
        @Override
        public List<Probe> draw(double[] logits, double slope, int batchSize, RandomGenerator noise) {
            return gates.draw(logits, slope, batchSize, noise);
        }

        @Override
        public void gradient(double[] into) {
            Probe probe = gates.probe();
            Arrays.fill(into, 0);
            for (int row = 0; row < probe.rows(); row++) {
                double share = probe.losses()[row] / probe.rows();
                for (int i = 0; i < into.length; i++) {
                    into[i] += gates.score(row, i) * share;
                }
            }
        }
    }
}
