package sluice.gating;

import java.util.random.RandomGenerator;

/**
 * An estimation from samples of runs that needs no noisy logits. Each sample of a run takes one uniform number, through
 * the inverse of the distribution function: no logarithm, and a K-th of the numbers that Gumbel's trick takes.
 */
abstract class CategoricalSamples extends CategoricalEstimation {
    private final int samples;

    /** Samples, which come first among the probes, and other probes. */
    CategoricalSamples(GateLayout layout, int samples, Probe... probes) {
        super(layout, probes);
        this.samples = samples;
    }

    @Override
    void draw(int at, int l, RandomGenerator noise) {
        for (int k = 0; k < samples; k++) {
            open(probe(k).gates(), at, chosen(l, noise.nextDouble()));
        }
    }

    /** The first gate at which the probabilities so far come to more than u, or the last that can be open. */
    private int chosen(int l, double u) {
        int chosen = 0;
        double sum = 0;
        for (int j = 0; j < choices() && sum <= u; j++) {
            double probability = probabilities()[l + j];
            sum += probability;
            chosen = probability > 0 ? j : chosen;
        }
        return chosen;
    }

    final int samples() {
        return samples;
    }

    /** d log P(D) / da at gate j of a run in sample k. */
    final double score(int k, int at, int l, int j) {
        return slope() * (probe(k).gates()[at + j] - probabilities()[l + j]);
    }
}
