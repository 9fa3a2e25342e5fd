package sluice.framework.loss;

/** The softmax of some neighbouring outputs of one example: which outputs compete is the caller's to say. */
public final class Softmax {
    private Softmax() {}

    /**
     * The cross-entropy with what a teacher said, both softened by a temperature, times the temperature's square so that
     * its gradient keeps its size (Hinton, Vinyals and Dean 2015, section 2). Outputs that the teacher does not know are
     * wanted with probability 0. The gradient at the logits, times the weight, is added.
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
