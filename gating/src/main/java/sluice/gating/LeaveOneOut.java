package sluice.gating;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * The score times the loss with the mean loss of the other samples as the baseline (Kool, van Hoof and Welling 2019):
 * {@code 1 / (K - 1) sum_k score(h^k) (L^k - mean_j L^j)}. Unbiased, with no running state; K forward passes. The score
 * of gates that choose one of several is {@code s (D - pi)}.
 *
 * @param samples K, at least 2
 */
public record LeaveOneOut(int samples) implements GradientEstimator {
    /** Checks the range. */
    public LeaveOneOut {
        checkArgument(samples >= 2 && samples <= 100, "samples must be in [2, 100], got %s", samples);
    }

    @Override
    public String name() {
        return "leave-one-out";
    }

    @Override
    public GateEstimation begin(GateLayout layout) {
        Demand.stochastic(this, layout);
        if (layout.categorical()) {
            Demand.softmax(this, layout);
            return new Choice(layout, samples);
        }
        return new Estimation(layout, samples);
    }

    private static final class Estimation extends BernoulliEstimation {
        private final double[] means;

        Estimation(GateLayout layout, int samples) {
            super(layout, samples);
            means = new double[layout.maxRows()];
        }

        @Override
        void takeAnswers() {
            meanLossShares(means);
        }

        @Override
        double gradient(int row, int at, int l) {
            double mean = means[row];
            double sum = 0;
            for (int k = 0; k < samples(); k++) {
                sum += score(k, at, l) * (lossShare(k, row) - mean);
            }
            return sum / (samples() - 1);
        }
    }

    private static final class Choice extends CategoricalSamples {
        private final double[] means;

        Choice(GateLayout layout, int samples) {
            super(layout, samples, samples(layout, samples));
            means = new double[layout.maxRows()];
        }

        @Override
        void takeAnswers() {
            meanLossShares(means);
        }

        @Override
        void addGradient(int row, int at, int l, double[] into) {
            double mean = means[row];
            for (int k = 0; k < samples(); k++) {
                // the samples' losses less their mean add up to 0, and pi with them
                double factor = slope() * (lossShare(k, row) - mean) / (samples() - 1);
                for (int j = 0; j < choices(); j++) {
                    into[l + j] += factor * probe(k).gates()[at + j];
                }
            }
        }
    }
}
