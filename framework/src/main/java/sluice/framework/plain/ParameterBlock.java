package sluice.framework.plain;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import java.util.List;

/**
 * Where one layer's parameters lie in the flat array: weights [inputs, units], row-major, then biases [units].
 *
 * @param start the first weight
 * @param inputs inputs of the layer
 * @param units its outputs
 */
public record ParameterBlock(int start, int inputs, int units) {
    /** Those of a network, one after the other, from the lowest layer to the output layer. */
    static ImmutableList<ParameterBlock> layers(int features, List<Integer> hidden, int outputs) {
        ImmutableList.Builder<ParameterBlock> layers = ImmutableList.builder();
        ParameterBlock below = new ParameterBlock(0, 0, features);
        int start = 0;
        for (int units : Iterables.concat(hidden, List.of(outputs))) {
            below = new ParameterBlock(start, below.units(), units);
            layers.add(below);
            start = below.end();
        }
        return layers.build();
    }

    /**
     * @return the first bias
     */
    public int biases() {
        return start + inputs * units;
    }

    /**
     * @return after the last bias
     */
    public int end() {
        return biases() + units;
    }

    /**
     * @param input of the layer, from 0
     * @param unit of the layer, from 0
     * @return where the weight between them lies
     */
    public int weight(int input, int unit) {
        return start + input * units + unit;
    }
}
