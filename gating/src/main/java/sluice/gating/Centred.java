package sluice.gating;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The unbiased estimator with the baseline of least variance, one per unit (Bengio, Léonard and Courville 2013):
 * {@code score * (L - N / D)} with running averages {@code N} of {@code score^2 L} and {@code D} of {@code score^2}. The
 * baseline of the past is used first and updated afterwards, which keeps the estimate exactly unbiased; the first step
 * of a task has no past, and estimates without a baseline.
 *
 * @param decay rho of the running averages, in [0, 1)
 */
public record Centred(double decay) implements GradientEstimator {
    /** Checks the range. */
    public Centred {
        checkArgument(decay >= 0 && decay < 1, "decay must be in [0, 1), got %s", decay);
    }

    /** The decay of 0.9 that the authors used. */
    public Centred() {
        this(0.9);
    }

    @Override
    public String name() {
        return "centred";
    }

    @Override
    public GateEstimation begin(GateLayout layout) {
        return withBaselines(layout, new double[layout.units()]);
    }

    /** An estimation that starts from known baselines; 0 is no baseline. */
    GateEstimation withBaselines(GateLayout layout, double[] baselines) {
        Unbiased.checkStochastic(name(), layout);
        return new Estimation(decay, new BernoulliGates(layout, true, Probe.Upstream.NONE), baselines);
    }

    private static final class Estimation implements GateEstimation {
        private final double decay;
        private final BernoulliGates gates;
        private final double[] baselines;
        private final double[] weightedLosses;
        private final double[] weights;

        Estimation(double decay, BernoulliGates gates, double[] baselines) {
            this.decay = decay;
            this.gates = gates;
            this.baselines = baselines.clone();
            this.weightedLosses = new double[gates.units()];
            this.weights = new double[gates.units()];
        }

        @Override
        public List<Probe> draw(double[] logits, double slope, int batchSize, RandomGenerator noise) {
            return gates.draw(logits, slope, batchSize, noise);
        }

        @Override
        public void gradient(double[] into) {
            estimate(into);
            updateBaselines();
        }

        private void estimate(double[] into) {
            Probe probe = gates.probe();
            Arrays.fill(into, 0);
            for (int row = 0; row < probe.rows(); row++) {
                double loss = probe.losses()[row];
                for (int i = 0; i < into.length; i++) {
                    into[i] += gates.score(row, i) * (loss - baselines[i]) / probe.rows();
                }
            }
        }

        private void updateBaselines() {
            Probe probe = gates.probe();
            for (int i = 0; i < weights.length; i++) {
                double weightedLoss = 0;
                double weight = 0;
                for (int row = 0; row < probe.rows(); row++) {
                    double score = gates.score(row, i);
                    weightedLoss += score * score * probe.losses()[row];
                    weight += score * score;
                }
                weightedLosses[i] = decay * weightedLosses[i] + (1 - decay) * weightedLoss / probe.rows();
                weights[i] = decay * weights[i] + (1 - decay) * weight / probe.rows();
                if (weights[i] > 0) {
                    baselines[i] = weightedLosses[i] / weights[i];
                }
            }
        }
    }
}
