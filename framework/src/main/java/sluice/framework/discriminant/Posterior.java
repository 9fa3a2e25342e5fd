package sluice.framework.discriminant;

import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;

/**
 * From scores of components to probabilities of outputs: where several components mean the same output, theirs add up.
 *
 * @param outputOf by component, its output
 * @param outputs how many outputs there are
 */
record Posterior(ImmutableIntArray outputOf, int outputs) {
    /**
     * @param scores [examples, components], row-major
     * @param example which row
     * @param scale what scores are multiplied by
     * @param into by output, overwritten; all 0 where no component is known
     */
    void write(double[] scores, int example, double scale, double[] into) {
        int components = outputOf.length();
        int start = example * components;
        double largest = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < components; c++) {
            largest = Math.max(largest, scores[start + c]);
        }
        Arrays.fill(into, 0);
        if (largest == Double.NEGATIVE_INFINITY) {
            return;
        }
        double partition = 0;
        for (int c = 0; c < components; c++) {
            double power = Math.exp(scale * (scores[start + c] - largest));
            into[outputOf.get(c)] += power;
            partition += power;
        }
        for (int o = 0; o < outputs; o++) {
            into[o] /= partition;
        }
    }
}
