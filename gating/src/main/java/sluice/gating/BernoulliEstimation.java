package sluice.gating;

import java.util.random.RandomGenerator;

/** An estimation from samples of the binary neuron, one per gate or several; weights learn from the first. */
abstract class BernoulliEstimation extends GatewiseEstimation {
    private final int samples;
    private final double[] probabilities;
    private final double[] scoreFactors;

    BernoulliEstimation(GateLayout layout, boolean needsLoss, Probe.Upstream upstream) {
        this(layout, 1, new Probe(layout, needsLoss, upstream));
    }

    /** Several samples, each of which is told its loss. */
    BernoulliEstimation(GateLayout layout, int samples) {
        this(layout, samples, samples(layout, samples));
    }

    /** Samples, which come first among the probes, and other probes. */
    BernoulliEstimation(GateLayout layout, int samples, Probe... probes) {
        super(layout, probes);
        this.samples = samples;
        probabilities = new double[layout.maxLogits()];
        scoreFactors = new double[layout.maxLogits()];
    }

    @Override
    void prepare(int l, double logit) {
        GateActivation activation = layout().neuron().activation();
        probabilities[l] = activation.probability(logit, slope());
        scoreFactors[l] = activation.scoreFactor(logit, slope());
    }

    /** Takes up a logit and sets p' there; without the score. */
    final void prepareWithDerivative(int l, double logit, double[] derivatives) {
        layout().neuron().activation().evaluate(logit, slope(), probabilities, derivatives, l);
    }

    @Override
    void draw(int at, int l, RandomGenerator noise) {
        for (int k = 0; k < samples; k++) {
            probe(k).gates()[at] = layout().neuron().fire(probabilities[l], noise);
        }
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

    final int samples() {
        return samples;
    }

    /** d log P(h) / da at the one sample. */
    final double score(int at, int l) {
        return score(0, at, l);
    }

    /** d log P(h) / da at sample k. */
    final double score(int k, int at, int l) {
        return (probe(k).gates()[at] - probabilities[l]) * scoreFactors[l];
    }
}
