package sluice.framework.loss;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * The cross-entropy with what a teacher said, both softened by a temperature, times the temperature's square so that its
 * gradient keeps its size (Hinton, Vinyals and Dean 2015, section 2). Outputs that the teacher does not know are wanted
 * with probability 0.
 *
 * @param temperature above 0
 * @param from first output that competes
 * @param known output after the last that the teacher knows, above {@code from}
 * @param to output after the last that competes, at least {@code known}
 */
public record Distillation(double temperature, int from, int known, int to) {
    /** Checks the ranges. */
    public Distillation {
        checkArgument(temperature > 0, "temperature must be above 0, got %s", temperature);
        checkArgument(
                from >= 0 && from < known && known <= to,
                "outputs must be 0 <= from < known <= to, got %s, %s, %s",
                from,
                known,
                to);
    }

    /**
     * The loss of one example. Its gradient at the logits, times the weight, is added.
     *
     * @param logits row-major
     * @param teacher logits as they lie, of the teacher
     * @param start where the example's logits start
     * @param weight of this example
     * @param gradient as the logits lie; added to
     * @return weight times the loss
     */
    public double ofRow(float[] logits, float[] teacher, int start, double weight, float[] gradient) {
        double own = Softmax.logSumExp(logits, start, from, to, temperature);
        double taught = Softmax.logSumExp(teacher, start, from, known, temperature);
        double loss = 0;
        for (int o = start + from; o < start + to; o++) {
            double target = o < start + known ? Math.exp(teacher[o] / temperature - taught) : 0;
            double log = logits[o] / temperature - own;
            loss -= target * log;
            gradient[o] += (float) (weight * temperature * (Math.exp(log) - target));
        }
        return weight * temperature * temperature * loss;
    }
}
