package sluice.gating;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * The unbiased estimator with the baseline of least variance, one per unit (Bengio, Léonard and Courville 2013):
 * {@code score * (L - N / D)} with running averages {@code N} of {@code score^2 L} and {@code D} of {@code score^2}. The
 * baseline of the past is used first and updated afterwards, which keeps the estimate exactly unbiased; the first step
 * of a task has no past, and estimates without a baseline. Several samples share the baselines; the estimate is their
 * mean.
 *
 * <p>Gates that choose one of K have a baseline each, of their own score {@code s (D - pi)}. What the estimates of a run
 * have in common would move all its logits alike, which the softmax does not see and the true gradient does not have: it
 * is taken out, which lessens the variance again.
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
        if (layout.categorical()) {
            Demand.softmax(this, layout);
            return new Choice(this, layout, baselines);
        }
        return new Estimation(this, layout, baselines);
    }

    private static final class Estimation extends BernoulliEstimation {
        private final LeastVarianceBaselines baselines;

        Estimation(Centred estimator, GateLayout layout, double[] baselines) {
            super(layout, estimator.samples);
            this.baselines = new LeastVarianceBaselines(estimator.decay, baselines);
        }

        @Override
        double gradient(int row, int at, int l) {
            int unit = baselines.unit(at);
            double sum = 0;
            for (int k = 0; k < samples(); k++) {
                double score = score(k, at, l);
                baselines.note(unit, score, lossShare(k, row), rows());
                sum += score * (lossShare(k, row) - baselines.of(unit) / rows());
            }
            return sum / samples();
        }

        @Override
        public void state(RunningState state) {
            baselines.state(state);
        }

        @Override
        void learn(double[] gradient) {
            baselines.learn();
        }
    }

    private static final class Choice extends CategoricalSamples {
        private final LeastVarianceBaselines baselines;

        Choice(Centred estimator, GateLayout layout, double[] baselines) {
            super(layout, estimator.samples, samples(layout, estimator.samples));
            this.baselines = new LeastVarianceBaselines(estimator.decay, baselines);
        }

        @Override
        void addGradient(int row, int at, int l, double[] into) {
            int unit = baselines.unit(at);
            double common = 0;
            for (int k = 0; k < samples(); k++) {
                double share = lossShare(k, row);
                for (int j = 0; j < choices(); j++) {
                    double score = score(k, at, l, j);
                    baselines.note(unit + j, score, share, rows());
                    double centred = score * (share - baselines.of(unit + j) / rows()) / samples();
                    into[l + j] += centred;
                    common += centred;
                }
            }
            for (int j = 0; j < choices(); j++) {
                into[l + j] -= common / choices();
            }
        }

        @Override
        public void state(RunningState state) {
            baselines.state(state);
        }

        @Override
        void learn(double[] gradient) {
            baselines.learn();
        }
    }
}
