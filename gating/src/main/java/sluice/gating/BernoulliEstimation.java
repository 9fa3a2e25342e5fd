package sluice.gating;

import java.util.random.RandomGenerator;

/** An estimation from one sample of the binary neuron per gate. */
abstract class BernoulliEstimation extends GatewiseEstimation {
    private final double[] probabilities;
    private final double[] scoreFactors;

    BernoulliEstimation(GateLayout layout, boolean needsLoss, Probe.Upstream upstream) {
        super(layout, new Probe(layout, needsLoss, upstream));
        probabilities = new double[layout.maxLogits()];
        scoreFactors = new double[layout.maxLogits()];
    }

    @Override
    void prepare(int l, double logit) {
        GateActivation activation = layout().neuron().activation();
        probabilities[l] = activation.probability(logit, slope());
        scoreFactors[l] = activation.scoreFactor(logit, slope());
    }

    @Override
    void draw(int at, int l, RandomGenerator noise) {
        probe().gates()[at] = layout().neuron().fire(probabilities[l], noise);
    }

    final Probe probe() {
        return probe(0);
    }

    /** P(h = 1). */
    final double probability(int l) {
        return probabilities[l];
    }

    /** {@code p' / (p (1 - p))}. */
    final double scoreFactor(int l) {
        return scoreFactors[l];
    }

    /** d log P(h) / da. */
    final double score(int at, int l) {
        return (probe().gates()[at] - probabilities[l]) * scoreFactors[l];
    }
}
