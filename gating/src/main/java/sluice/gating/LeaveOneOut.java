package sluice.gating;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

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

    private static final class Estimation extends GatewiseEstimation {
        private final int samples;
        private final double[] probabilities;
        private final double[] scoreFactors;

        Estimation(GateLayout layout, int samples) {
            super(
                    layout,
                    IntStream.range(0, samples)
                            .mapToObj(k -> new Probe(layout, Probe.Values.BINARY, true, Probe.Upstream.NONE, k == 0))
                            .toArray(Probe[]::new));
            this.samples = samples;
            this.probabilities = new double[layout.maxLogits()];
            this.scoreFactors = new double[layout.maxLogits()];
        }

        @Override
        void prepare(int l, double logit) {
            probabilities[l] = layout().neuron().activation().probability(logit, slope());
            scoreFactors[l] = layout().neuron().activation().scoreFactor(logit, slope());
        }

        @Override
        void draw(int at, int l, RandomGenerator noise) {
            for (int k = 0; k < samples; k++) {
                probe(k).gates()[at] = layout().neuron().fire(probabilities[l], noise);
            }
        }

        @Override
        double gradient(int row, int at, int l) {
            double mean = 0;
            for (int k = 0; k < samples; k++) {
                mean += lossShare(k, row) / samples;
            }
            double sum = 0;
            for (int k = 0; k < samples; k++) {
                sum += (probe(k).gates()[at] - probabilities[l]) * (lossShare(k, row) - mean);
            }
            return sum * scoreFactors[l] / (samples - 1);
        }
    }
}
