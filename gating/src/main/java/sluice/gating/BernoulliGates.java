package sluice.gating;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;
import java.util.random.RandomGenerator;

/** One Bernoulli probe of a layer's gates, with what the backward rules need: what all one-sample estimators share. */
final class BernoulliGates {
    private final GateLayout layout;
    private final Probe probe;
    private final List<Probe> probes;
    private final double[] logits;
    private final double[] probabilities;
    private final double[] scoreFactors;
    private double slope;

    BernoulliGates(GateLayout layout, boolean needsLoss, Probe.Upstream upstream) {
        this.layout = layout;
        this.probe = new Probe(layout, needsLoss, upstream);
        this.probes = List.of(probe);
        this.logits = new double[layout.units()];
        this.probabilities = new double[layout.units()];
        this.scoreFactors = new double[layout.units()];
    }

    List<Probe> draw(double[] newLogits, double newSlope, int batchSize, RandomGenerator noise) {
        checkArgument(
                batchSize >= 1 && batchSize <= layout.batchSize(),
                "batchSize must be in [1, %s], got %s",
                layout.batchSize(),
                batchSize);
        slope = newSlope;
        System.arraycopy(newLogits, 0, logits, 0, logits.length);
        GateActivation activation = layout.neuron().activation();
        for (int i = 0; i < logits.length; i++) {
            probabilities[i] = activation.probability(logits[i], slope);
            scoreFactors[i] = activation.scoreFactor(logits[i], slope);
        }
        int rows = layout.granularity().rows(batchSize);
        probe.rows(rows);
        double[] gates = probe.gates();
        for (int row = 0, at = 0; row < rows; row++) {
            for (int i = 0; i < probabilities.length; i++, at++) {
                gates[at] = layout.neuron().fire(probabilities[i], noise);
            }
        }
        return probes;
    }

    Probe probe() {
        return probe;
    }

    int units() {
        return logits.length;
    }

    double relativeDerivative(int unit) {
        return layout.neuron().activation().relativeDerivative(logits[unit], slope);
    }

    double derivative(int unit) {
        return layout.neuron().activation().derivative(logits[unit], slope);
    }

    double score(int row, int unit) {
        return (probe.gates()[row * logits.length + unit] - probabilities[unit]) * scoreFactors[unit];
    }
}
