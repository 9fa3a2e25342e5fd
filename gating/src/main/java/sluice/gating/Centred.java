package sluice.gating;

import static com.google.common.base.Preconditions.checkArgument;

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
        Demand.stochastic(this, layout);
        Demand.independent(this, layout);
        return new Estimation(decay, layout, baselines);
    }

    private static final class Estimation extends BernoulliEstimation {
        private final double decay;
        private final double[] baselines;
        private final double[] weightedLosses;
        private final double[] weights;
        private final double[] newWeightedLosses;
        private final double[] newWeights;

        Estimation(double decay, GateLayout layout, double[] baselines) {
            super(layout, true, Probe.Upstream.NONE);
            this.decay = decay;
            this.baselines = baselines.clone();
            this.weightedLosses = new double[layout.units()];
            this.weights = new double[layout.units()];
            this.newWeightedLosses = new double[layout.units()];
            this.newWeights = new double[layout.units()];
        }

        @Override
        double gradient(int row, int at, int l) {
            int unit = at % baselines.length;
            double score = score(at, l);
            newWeightedLosses[unit] += score * score * lossShare(0, row);
            newWeights[unit] += score * score / rows();
            return score * (lossShare(0, row) - baselines[unit] / rows());
        }

        @Override
        void learn(double[] gradient) {
            for (int i = 0; i < baselines.length; i++) {
                weightedLosses[i] = decay * weightedLosses[i] + (1 - decay) * newWeightedLosses[i];
                weights[i] = decay * weights[i] + (1 - decay) * newWeights[i];
                if (weights[i] > 0) {
                    baselines[i] = weightedLosses[i] / weights[i];
                }
                newWeightedLosses[i] = 0;
                newWeights[i] = 0;
            }
        }
    }
}
