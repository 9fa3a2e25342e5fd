package sluice.framework.network;

import com.google.common.collect.ImmutableList;
import java.util.List;
import sluice.framework.account.MultiplyAdds;
import sluice.framework.layer.LayerShape;

/**
 * What a network without gates costs.
 *
 * @param shape what it is fed, and its hidden layers
 * @param outputs units of the output layer
 */
public record NetworkCost(NetworkShape shape, int outputs) {
    private ImmutableList<NetworkShape.Cost> layers() {
        return shape.costs(outputs);
    }

    /** {@return inputs of the lowest layer} */
    public int features() {
        return shape.input().features();
    }

    /** {@return units per hidden layer, from the lowest on} */
    public List<Integer> hidden() {
        return shape.layers().stream().map(LayerShape::units).toList();
    }

    /** {@return values that the last hidden layer has of an example: units, or all positions of all maps} */
    public long topValues() {
        NetworkShape.Cost top = layers().get(shape.layers().size() - 1);
        return top.units() * top.values();
    }

    /** {@return weights and biases} */
    public long parameters() {
        return layers().stream()
                .mapToLong(layer -> layer.units() * (layer.weights() + 1))
                .sum();
    }

    /** {@return units of all hidden layers} */
    public long hiddenUnits() {
        return hidden().stream().mapToLong(units -> units).sum();
    }

    /**
     * Below the lowest layer there is nothing to learn, so that nothing is passed back there.
     *
     * @param examples that are learned from, at least 0
     * @return multiply-adds of learning from so many
     */
    public MultiplyAdds multiplyAdds(long examples) {
        MultiplyAdds sum = MultiplyAdds.NONE;
        boolean lowest = true;
        for (NetworkShape.Cost cost : layers()) {
            long layer = examples * cost.units() * cost.weights() * cost.positions();
            sum = sum.plus(new MultiplyAdds(layer, lowest ? 0 : layer, layer));
            lowest = false;
        }
        return sum;
    }
}
