package sluice.framework.network;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.List;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.layer.Layer;

/** Hidden layers, wider. */
final class GrownLayers {
    private GrownLayers() {}

    /**
     * {@return the layers of these widths; those that stay as they are, themselves}
     *
     * @param layers as they are
     * @param created units per hidden layer before any growth
     * @param hidden units per hidden layer that are wanted
     * @throws IllegalArgumentException if a layer would shrink, or the number of layers is another
     */
    static ImmutableList<Layer> of(
            List<Layer> layers, List<Integer> created, List<Integer> hidden, RandomStreams streams) {
        checkArgument(
                hidden.size() == layers.size(), "the network has %s hidden layers, got %s", layers.size(), hidden);
        ImmutableList.Builder<Layer> grown = ImmutableList.builder();
        for (int l = 0; l < layers.size(); l++) {
            Layer layer = layers.get(l);
            int more = hidden.get(l) - layer.units();
            checkArgument(
                    more >= 0,
                    "hidden layer %s has %s units and cannot shrink to %s",
                    l + 1,
                    layer.units(),
                    hidden.get(l));
            int moreBelow = l == 0 ? 0 : hidden.get(l - 1) - layers.get(l - 1).units();
            int counted = l == 0 ? layer.below() : created.get(l - 1);
            grown.add(
                    more == 0 && moreBelow == 0
                            ? layer
                            : layer.grown(
                                    more,
                                    moreBelow,
                                    counted,
                                    streams.stream("growth", l, layer.units(), layer.inputs())));
        }
        return grown.build();
    }
}
