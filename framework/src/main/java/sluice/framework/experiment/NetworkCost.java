package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import java.util.List;
import sluice.framework.account.MultiplyAdds;
import sluice.framework.layer.LayerShape;
import sluice.framework.network.NetworkShape;

/**
 * What a network without gates costs.
 *
 * @param shape what it is fed, and its hidden layers
 * @param outputs units of the output layer
 */
record NetworkCost(NetworkShape shape, int outputs) {
    private ImmutableList<NetworkShape.Cost> layers() {
        return shape.costs(outputs);
    }

    /** Inputs of the lowest layer. */
    int features() {
        return shape.input().features();
    }

    /** Units per hidden layer, from the lowest on. */
    List<Integer> hidden() {
        return shape.layers().stream().map(LayerShape::units).toList();
    }

    /** Values that the last hidden layer has of an example: units, or all positions of all maps. */
    long topValues() {
        NetworkShape.Cost top = layers().get(shape.layers().size() - 1);
        return top.units() * top.values();
    }

    /** Weights and biases. */
    long parameters() {
        return layers().stream()
                .mapToLong(layer -> layer.units() * (layer.weights() + 1))
                .sum();
    }

    long hiddenUnits() {
        return hidden().stream().mapToLong(units -> units).sum();
    }

    /** Those of so many examples; below the lowest layer there is nothing to learn. */
    MultiplyAdds multiplyAdds(long examples) {
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
