package sluice.gating;

import java.util.Arrays;

/** Logits with what makes them probabilities. */
record Gates(GateActivation activation, double slope, double[] logits) {
    double[] probabilities() {
        return Arrays.stream(logits)
                .map(logit -> activation.probability(logit, slope))
                .toArray();
    }

    Gates withLogits(double[] others) {
        return new Gates(activation, slope, others);
    }

    GateLayout layout(Granularity granularity, int batchSize) {
        BinaryNeuron neuron = new BinaryNeuron(activation, BinaryNeuron.Sampling.STOCHASTIC);
        return new GateLayout(neuron, granularity, logits.length, batchSize);
    }
}
