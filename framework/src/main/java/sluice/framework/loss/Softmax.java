package sluice.framework.loss;

import sluice.tasks.OutputRange;

/** The softmax of some neighbouring outputs of one example: which outputs compete is the caller's to say. */
public final class Softmax {
    private Softmax() {}

    /**
     * The probability of an output.
     *
     * @param logits row-major
     * @param start where the example's logits start
     * @param from first output that competes
     * @param to output after the last
     * @param output in [from, to)
     * @return softmax(logits)[output]
     */
    public static double probability(float[] logits, int start, int from, int to, int output) {
        return Math.exp(-crossEntropy(logits, start, from, to, output));
    }

    /**
     * The cross-entropy of an output, in nats: what its probability is the exponential of, with the other sign.
     *
     * @param logits row-major
     * @param start where the example's logits start
     * @param from first output that competes
     * @param to output after the last
     * @param output in [from, to)
     * @return -log softmax(logits)[output], finite where logits are
     */
    public static double crossEntropy(float[] logits, int start, int from, int to, int output) {
        return logSumExp(logits, start, from, to, 1) - logits[start + output];
    }

    /**
     * The probabilities of all outputs that compete.
     *
     * @param logits row-major
     * @param start where the example's logits start
     * @param range outputs that compete
     * @param into where they are written, side by side
     * @param at where the first of them goes
     */
    public static void probabilities(float[] logits, int start, OutputRange range, float[] into, int at) {
        double log = logSumExp(logits, start, range.from(), range.to(), 1);
        for (int o = range.from(); o < range.to(); o++) {
            into[at + o - range.from()] = (float) Math.exp(logits[start + o] - log);
        }
    }

    static double logSumExp(float[] logits, int start, int from, int to, double temperature) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int o = start + from; o < start + to; o++) {
            largest = Math.max(largest, logits[o] / temperature);
        }
        double sum = 0;
        for (int o = start + from; o < start + to; o++) {
            sum += Math.exp(logits[o] / temperature - largest);
        }
        return largest + Math.log(sum);
    }
}
