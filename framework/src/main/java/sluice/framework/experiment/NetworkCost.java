package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import java.util.List;
import sluice.framework.MultiplyAdds;

/**
 * What a plain dense network of some widths costs.
 *
 * @param features inputs of the lowest layer
 * @param hidden units per hidden layer, from the lowest on
 * @param outputs units of the output layer
 */
record NetworkCost(int features, List<Integer> hidden, int outputs) {
    private ImmutableList<Integer> widths() {
        return ImmutableList.<Integer>builder().addAll(hidden).add(outputs).build();
    }

    /** Weights and biases. */
    long parameters() {
        long sum = 0;
        long below = features;
        for (int units : widths()) {
            sum += (below + 1) * units;
            below = units;
        }
        return sum;
    }

    long hiddenUnits() {
        return hidden.stream().mapToLong(units -> units).sum();
    }

    /** Those of so many examples; below the lowest layer there is nothing to learn. */
    MultiplyAdds multiplyAdds(long examples) {
        MultiplyAdds sum = MultiplyAdds.NONE;
        long below = features;
        for (int units : widths()) {
            long layer = examples * below * units;
            sum = sum.plus(new MultiplyAdds(layer, below == features && sum.forward() == 0 ? 0 : layer, layer));
            below = units;
        }
        return sum;
    }
}
