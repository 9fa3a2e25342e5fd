package sluice.gating;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * The unbiased estimator with the baseline of least variance, one per unit (Bengio, Léonard and Courville 2013):
 * {@code score * (L - N / D)} with running averages {@code N} of {@code score^2 L} and {@code D} of {@code score^2}. The
 * baseline of the past is used first and updated afterwards, which keeps the estimate exactly unbiased; the first step
 * of a task has no past, and estimates without a baseline. Several samples share the baselines; the estimate is their
 * mean.
 *
 * @param decay rho of the running averages, in [0, 1)
 * @param samples K, in [1, 100]: so many forward passes
 */
public record Centred(double decay, int samples) implements GradientEstimator {
    /** Checks the ranges. */
    public Centred {
        checkArgument(decay >= 0 && decay < 1, "decay must be in [0, 1), got %s", decay);
        checkArgument(samples >= 1 && samples <= 100, "samples must be in [1, 100], got %s", samples);
    }

    /**
     * One sample.
     *
     * @param decay rho of the running averages, in [0, 1)
     */
    public Centred(double decay) {
        this(decay, 1);
    }

    /** One sample, and the decay of 0.9 that the authors used. */
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
        return new Estimation(this, layout, baselines);
    }

    private static final class Estimation extends BernoulliEstimation {
        private final double decay;
        private final double[] baselines;
        private final double[] weightedLosses;
        private final double[] weights;
        private final double[] newWeightedLosses;
        private final double[] newWeights;

        Estimation(Centred estimator, GateLayout layout, double[] baselines) {
            super(layout, estimator.samples);
            this.decay = estimator.decay;
            this.baselines = baselines.clone();
            this.weightedLosses = new double[layout.units()];
            this.weights = new double[layout.units()];
            this.newWeightedLosses = new double[layout.units()];
            this.newWeights = new double[layout.units()];
        }

        @Override
        double gradient(int row, int at, int l) {
            int unit = at % baselines.length;
            double sum = 0;
            for (int k = 0; k < samples(); k++) {
                double score = score(k, at, l);
                newWeightedLosses[unit] += score * score * lossShare(k, row);
                newWeights[unit] += score * score / rows();
                sum += score * (lossShare(k, row) - baselines[unit] / rows());
            }
            return sum / samples();
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
