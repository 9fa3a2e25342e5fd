package sluice.framework.plain;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import java.util.List;
import sluice.framework.network.NetworkShape;

/**
 * Where one layer's parameters lie in the flat array: weights [inputs, units], row-major, then biases [units]. A layer that
 * lies on maps has inputs for each value of a map, or for each tap of its kernel on it; those of one map lie side by side.
 *
 * @param start the first weight
 * @param inputs weights of a unit
 * @param units its outputs, neurons or maps
 */
public record ParameterBlock(int start, int inputs, int units) {
    /** Those of a network, one after the other, from the lowest layer to the output layer. */
    static ImmutableList<ParameterBlock> layers(List<NetworkShape.Cost> costs) {
        ImmutableList.Builder<ParameterBlock> layers = ImmutableList.builder();
        int start = 0;
        for (NetworkShape.Cost cost : costs) {
            ParameterBlock block = new ParameterBlock(start, Ints.checkedCast(cost.weights()), cost.units());
            layers.add(block);
            start = block.end();
        }
        return layers.build();
    }

    /** {@return the first bias} */
    public int biases() {
        return start + inputs * units;
    }

    /** {@return after the last bias} */
    public int end() {
        return biases() + units;
    }

    /**
     * {@return where the weight between them lies}
     *
     * @param input of the layer, from 0
     * @param unit of the layer, from 0
     */
    public int weight(int input, int unit) {
        return start + input * units + unit;
    }
}
