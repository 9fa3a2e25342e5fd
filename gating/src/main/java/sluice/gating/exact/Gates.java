package sluice.gating.exact;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.Locale;
import sluice.gating.BinaryNeuron;
import sluice.gating.GateActivation;
import sluice.gating.GateLayout;
import sluice.gating.Granularity;

/**
 * Logits with what makes them probabilities.
 *
 * @param activation how, if gates are independent; the sigmoid for choices, which take the softmax
 * @param slope s, above 0
 * @param logits a [units]
 * @param choices 1 for independent gates; K of at least 2 where exactly one of each run of K gates is open; a divisor of
 *     units
 */
public record Gates(GateActivation activation, double slope, double[] logits, int choices) {
    /** Checks that choices divide the gates, and have no activation of their own. */
    public Gates {
        checkArgument(
                choices >= 1 && logits.length % choices == 0,
                "choices must divide the %s gates, got %s",
                logits.length,
                choices);
        checkArgument(
                choices == 1 || activation == GateActivation.SIGMOID,
                "choices are by the softmax, which %s has no part in",
                words(activation));
    }

    /**
     * Independent gates.
     *
     * @param activation how logits become probabilities
     * @param slope s, above 0
     * @param logits a [units]
     */
    public Gates(GateActivation activation, double slope, double[] logits) {
        this(activation, slope, logits, 1);
    }

    /** {@return p = P(h = 1) [units], of choices {@code pi = softmax(s a)}, run by run} */
    public double[] probabilities() {
        double[] probabilities = new double[logits.length];
        if (choices == 1) {
            Arrays.setAll(probabilities, i -> activation.probability(logits[i], slope));
            return probabilities;
        }
        for (int from = 0; from < logits.length; from += choices) {
            double largest = Arrays.stream(logits, from, from + choices).max().orElseThrow();
            double sum = 0;
            for (int i = from; i < from + choices; i++) {
                probabilities[i] = Math.exp(slope * (logits[i] - largest));
                sum += probabilities[i];
            }
            for (int i = from; i < from + choices; i++) {
                probabilities[i] /= sum;
            }
        }
        return probabilities;
    }

    /** {@return how logits become probabilities, for reports: sigmoid, hard-sigmoid, or softmax} */
    public String nonlinearity() {
        return choices > 1 ? "softmax" : words(activation);
    }

    private static String words(GateActivation activation) {
        return activation.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * {@return the same kind of gates with other logits}
     *
     * @param others a [units]
     */
    public Gates withLogits(double[] others) {
        return new Gates(activation, slope, others, choices);
    }

    /**
     * {@return what an estimator needs to know of such gates, drawn at random}
     *
     * @param granularity samples per mini-batch
     * @param batchSize examples, at least 1
     */
    public GateLayout layout(Granularity granularity, int batchSize) {
        BinaryNeuron neuron = new BinaryNeuron(activation, BinaryNeuron.Sampling.STOCHASTIC);
        return new GateLayout(neuron, granularity, logits.length, batchSize, choices, GateLayout.Logits.SHARED);
    }
}
