package sluice.gating;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * The score times the loss with the mean loss of the other samples as the baseline (Kool, van Hoof and Welling 2019):
 * {@code 1 / (K - 1) sum_k score(h^k) (L^k - mean_j L^j)}. Unbiased, with no running state; K forward passes.
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
        Demand.independent(this, layout);
        return new Estimation(layout, samples);
    }

    private static final class Estimation extends BernoulliEstimation {
        Estimation(GateLayout layout, int samples) {
            super(layout, samples);
        }

        @Override
        double gradient(int row, int at, int l) {
            double mean = 0;
            for (int k = 0; k < samples(); k++) {
                mean += lossShare(k, row) / samples();
            }
            double sum = 0;
            for (int k = 0; k < samples(); k++) {
                sum += score(k, at, l) * (lossShare(k, row) - mean);
            }
            return sum / (samples() - 1);
        }
    }
}
