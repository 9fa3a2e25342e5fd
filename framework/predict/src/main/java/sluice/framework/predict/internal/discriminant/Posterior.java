package sluice.framework.predict.internal.discriminant;

import java.util.Arrays;

/**
 * From scores of components to probabilities of outputs: where several components mean the same output, theirs add up.
 *
 * @param outputOf by component, its output; not copied
 * @param outputs how many outputs there are
 */
public record Posterior(int[] outputOf, int outputs) {
    /**
     * Writes the probability of each output.
     *
     * @param scores [examples, components], row-major
     * @param example which row
     * @param scale what scores are multiplied by
     * @param into by output, overwritten; all 0 where no component is known
     */
    public void write(double[] scores, int example, double scale, double[] into) {
        sum(components(scores, example, scale), into);
    }

    /** The probability of each component; all 0 where none is known. */
    public double[] components(double[] scores, int example, double scale) {
        int components = outputOf.length;
        int start = example * components;
        double largest = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < components; c++) {
            largest = Math.max(largest, scores[start + c]);
        }
        double[] probabilities = new double[components];
        if (largest == Double.NEGATIVE_INFINITY) {
            return probabilities;
        }
        double partition = 0;
        for (int c = 0; c < components; c++) {
            probabilities[c] = Math.exp(scale * (scores[start + c] - largest));
            partition += probabilities[c];
        }
        for (int c = 0; c < components; c++) {
            probabilities[c] /= partition;
        }
        return probabilities;
    }

    /** Adds up what components mean the same output. */
    public void sum(double[] components, double[] into) {
        Arrays.fill(into, 0);
        for (int c = 0; c < components.length; c++) {
            into[outputOf[c]] += components[c];
        }
    }
}
