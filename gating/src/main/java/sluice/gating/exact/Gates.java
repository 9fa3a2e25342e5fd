package sluice.gating.exact;

import java.util.Arrays;
import sluice.gating.BinaryNeuron;
import sluice.gating.GateActivation;
import sluice.gating.GateLayout;
import sluice.gating.Granularity;

/**
 * Logits with what makes them probabilities.
 *
 * @param activation how
 * @param slope s, above 0
 * @param logits a [units]
 */
public record Gates(GateActivation activation, double slope, double[] logits) {
    /**
     * @return p [units]
     */
    public double[] probabilities() {
        return Arrays.stream(logits)
                .map(logit -> activation.probability(logit, slope))
                .toArray();
    }

    /**
     * @param others a [units]
     * @return the same kind of gates with other logits
     */
    public Gates withLogits(double[] others) {
        return new Gates(activation, slope, others);
    }

    /**
     * @param granularity samples per mini-batch
     * @param batchSize examples, at least 1
     * @return what an estimator needs to know of such gates, drawn at random
     */
    public GateLayout layout(Granularity granularity, int batchSize) {
        BinaryNeuron neuron = new BinaryNeuron(activation, BinaryNeuron.Sampling.STOCHASTIC);
        return new GateLayout(neuron, granularity, logits.length, batchSize);
    }
}
