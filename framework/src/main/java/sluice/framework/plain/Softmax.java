package sluice.framework.plain;

/**
 * Losses over a softmax of some neighbouring outputs of one example: which outputs compete is the caller's to say. Each
 * adds its gradient at the logits, times a weight, and gives the loss times that weight.
 */
public final class Softmax {
    private Softmax() {}

    /**
     * The cross-entropy with the right output.
     *
     * @param logits row-major
     * @param start where the example's logits start
     * @param from first output that competes
     * @param to output after the last
     * @param target the right one, in [from, to)
     * @param weight of this example
     * @param gradient as the logits lie; added to
     * @return {@code -weight log softmax(logits)[target]}
     */
    public static double crossEntropy(
            float[] logits, int start, int from, int to, int target, double weight, float[] gradient) {
        double normaliser = logSumExp(logits, start, from, to, 1);
        for (int o = start + from; o < start + to; o++) {
            gradient[o] += (float) (weight * Math.exp(logits[o] - normaliser));
        }
        gradient[start + target] -= (float) weight;
        return weight * (normaliser - logits[start + target]);
    }

    /**
     * The cross-entropy with what a teacher said, both softened by a temperature, times the temperature's square so that
     * its gradient keeps its size (Hinton, Vinyals and Dean 2015, section 2). Outputs that the teacher does not know are
     * wanted with probability 0.
     *
     * @param logits row-major
     * @param teacher logits as they lie, of the teacher
     * @param start where the example's logits start
     * @param from first output that competes
     * @param known output after the last that the teacher knows, in (from, to]
     * @param to output after the last that competes
     * @param temperature above 0
     * @param weight of this example
     * @param gradient as the logits lie; added to
     * @return weight times the loss
     */
    public static double distillation(
            float[] logits,
            float[] teacher,
            int start,
            int from,
            int known,
            int to,
            double temperature,
            double weight,
            float[] gradient) {
        double own = logSumExp(logits, start, from, to, temperature);
        double taught = logSumExp(teacher, start, from, known, temperature);
        double loss = 0;
        for (int o = start + from; o < start + to; o++) {
            double target = o < start + known ? Math.exp(teacher[o] / temperature - taught) : 0;
            double log = logits[o] / temperature - own;
            loss -= target * log;
            gradient[o] += (float) (weight * temperature * (Math.exp(log) - target));
        }
        return weight * temperature * temperature * loss;
    }

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
        return Math.exp(logits[start + output] - logSumExp(logits, start, from, to, 1));
    }

    private static double logSumExp(float[] logits, int start, int from, int to, double temperature) {
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
