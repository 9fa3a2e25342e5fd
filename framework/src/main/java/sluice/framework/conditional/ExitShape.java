package sluice.framework.conditional;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The form of a network with exits. Each exit ends a part: its hidden layers, and a head that answers. The last part ends with
 * the network.
 *
 * @param features of an example, at least 1
 * @param classes that are told apart, at least 2
 * @param layers hidden layers, lowest first; the highest has no exit, as nothing is above it
 */
public record ExitShape(int features, int classes, ImmutableList<ExitLayer> layers) {
    /** Most hidden layers. */
    public static final int MOST_LAYERS = 100;

    /** Checks that the layers fit on each other. */
    public ExitShape {
        checkArgument(features >= 1, "features must be at least 1, got %s", features);
        checkArgument(classes >= 2, "classes must be at least 2, got %s", classes);
        checkLayers(layers);
    }

    /**
     * Checks that layers fit on each other, whatever the data.
     *
     * @param layers hidden layers, lowest first
     * @throws IllegalArgumentException if they do not; the message says what would
     */
    public static void checkLayers(List<ExitLayer> layers) {
        checkArgument(
                !layers.isEmpty() && layers.size() <= MOST_LAYERS,
                "a network has 1 to %s hidden layers, got %s",
                MOST_LAYERS,
                layers.size());
        checkArgument(
                !layers.get(layers.size() - 1).exit(),
                "the highest layer cannot have an exit, as nothing is above it: remove the exit, or add a layer");
        for (int l = 1; l < layers.size(); l++) {
            checkArgument(
                    layers.get(l).sees() == ExitLayer.Sees.BELOW
                            || layers.get(l - 1).exit(),
                    "layer %s sees the example, which a layer right above an exit may: remove it, or give layer %s an exit",
                    l + 1,
                    l);
        }
    }

    /**
     * Hidden layers between two exits, and the head above them.
     *
     * @param layers lowest first
     * @param seesInput whether the lowest sees the example's features
     * @param below units of the part below that it sees; 0 for none
     */
    record Part(ImmutableList<ExitLayer> layers, boolean seesInput, int below) {
        /** Units of its highest layer, which its head and the next part see. */
        int top() {
            return layers.get(layers.size() - 1).units();
        }
    }

    /** From the lowest to the last. */
    ImmutableList<Part> parts() {
        ImmutableList.Builder<Part> parts = ImmutableList.builder();
        int below = 0;
        for (int l = 0, from = 0; l < layers.size(); l++) {
            if (layers.get(l).exit() || l == layers.size() - 1) {
                ImmutableList<ExitLayer> of = layers.subList(from, l + 1);
                ExitLayer.Sees sees = of.get(0).sees();
                parts.add(new Part(
                        of, from == 0 || sees != ExitLayer.Sees.BELOW, sees == ExitLayer.Sees.INPUT ? 0 : below));
                below = layers.get(l).units();
                from = l + 1;
            }
        }
        return parts.build();
    }

    /** {@return what an example can stop at, the end of the network among them} */
    public int exits() {
        return (int) layers.stream().filter(ExitLayer::exit).count() + 1;
    }

    /** What the lowest layer of a part sees; ArithmeticException where that is more than there can be. */
    int inputs(int part) {
        Part of = parts().get(part);
        return Math.addExact(of.seesInput() ? features : 0, of.below());
    }

    /** The lowest part that must be computed for a part to see what it sees: itself, where that is the features alone. */
    int lowestFor(int part) {
        int lowest = part;
        while (parts().get(lowest).below() > 0) {
            lowest--;
        }
        return lowest;
    }

    /**
     * {@return multiply-adds of one example that stops there, heads and everything below counted}
     *
     * @param exit from 0, the lowest; the last is the end of the network
     */
    public long multiplyAdds(int exit) {
        return IntStream.rangeClosed(0, exit).mapToLong(this::ofPart).sum();
    }

    /** {@return the same of every exit, lowest first} */
    public ImmutableList<Long> multiplyAdds() {
        return IntStream.range(0, exits()).mapToObj(this::multiplyAdds).collect(toImmutableList());
    }

    private long ofPart(int part) {
        return costs(part).stream().mapToLong(Long::longValue).sum();
    }

    /** Multiply-adds of one example in each layer of a part, its head last. */
    ImmutableList<Long> costs(int part) {
        ImmutableList.Builder<Long> costs = ImmutableList.builder();
        long inputs = inputs(part);
        for (ExitLayer layer : parts().get(part).layers()) {
            costs.add(inputs * layer.units());
            inputs = layer.units();
        }
        return costs.add(inputs * classes).build();
    }

    /**
     * {@return weights and biases of each affine map of a part, its head last}
     *
     * @param part from 0, the lowest
     */
    public ImmutableList<Long> sizes(int part) {
        ImmutableList.Builder<Long> sizes = ImmutableList.builder();
        long inputs = inputs(part);
        for (ExitLayer layer : parts().get(part).layers()) {
            sizes.add((inputs + 1) * layer.units());
            inputs = layer.units();
        }
        return sizes.add((inputs + 1) * classes).build();
    }
}
