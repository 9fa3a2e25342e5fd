package sluice.gating;

import java.util.List;
import java.util.random.RandomGenerator;

/** Wrong on purpose: gates that open where z > p, under the score of gates that open where z < p. */
final class InvertedConvention implements GateEstimation {
    private final BinaryNeuron neuron;
    private final Probe probe;
    private final double[] probabilities;

    InvertedConvention(GateLayout layout) {
        neuron = layout.neuron();
        probe = new Probe(layout, true, Probe.Upstream.NONE);
        probabilities = new double[layout.units()];
    }

    @Override
    public List<Probe> probes() {
        return List.of(probe);
    }

    @Override
    public void draw(double[] logits, double slope, Progress progress, int batchSize, RandomGenerator noise) {
        probe.rows(1);
        for (int i = 0; i < logits.length; i++) {
            probabilities[i] = neuron.activation().probability(logits[i], slope);
            probe.gates()[i] = noise.nextDouble() > probabilities[i] ? 1 : 0;
        }
    }

    @Override
    public void gradient(double[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] = (probe.gates()[i] - probabilities[i]) * probe.losses()[0];
        }
    }
}
