package sluice.framework.conditional;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import sluice.tasks.Shape;

/**
 * The form of a network with exits. Each exit ends a part: its hidden layers, and a head that answers. The last part ends with
 * the network.
 *
 * @param input the form of an example
 * @param classes that are told apart, at least 2
 * @param layers hidden layers, lowest first; the highest has no exit, as nothing is above it
 */
public record ExitShape(Shape input, int classes, ImmutableList<ExitLayer> layers) {
    /** A native matrix of floats may take 2 GiB. */
    private static final long MOST_WEIGHTS = Integer.MAX_VALUE / Float.BYTES;

    /** Most hidden layers. */
    public static final int MOST_LAYERS = 100;

    /** Checks that the layers fit on each other. */
    public ExitShape {
        checkArgument(classes >= 2, "classes must be at least 2, got %s", classes);
        checkLayers(layers);
        layers.forEach(layer -> new Pooling(input, layer.view().pool()));
    }

    /** {@return features of an example} */
    public int features() {
        return input.features();
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
            View view = layers.get(l).view();
            checkArgument(
                    layers.get(l - 1).exit() || !view.isOfExample(),
                    "layer %s sees the example, which a layer right above an exit may: remove it, or give layer %s an exit",
                    l + 1,
                    l);
            checkArgument(
                    view.sees() != View.Sees.BELOW || !view.isOfExample(),
                    "layer %s has a pool or adversaries of an example that it does not see: remove them, or let it see the input",
                    l + 1);
            checkArgument(
                    layers.get(l - 1).gater().isEmpty() || !layers.get(l - 1).exit() || view.sees() == View.Sees.INPUT,
                    "layer %s sees gated units through an exit: let it see the input alone, or move the exit",
                    l + 1);
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

        /** What it sees of the example's features. */
        Pooling pooling(Shape input) {
            return new Pooling(input, layers.get(0).view().pool());
        }
    }

    /** From the lowest to the last. */
    ImmutableList<Part> parts() {
        ImmutableList.Builder<Part> parts = ImmutableList.builder();
        int below = 0;
        for (int l = 0, from = 0; l < layers.size(); l++) {
            if (layers.get(l).exit() || l == layers.size() - 1) {
                ImmutableList<ExitLayer> of = layers.subList(from, l + 1);
                View.Sees sees = of.get(0).view().sees();
                parts.add(new Part(of, from == 0 || sees != View.Sees.BELOW, sees == View.Sees.INPUT ? 0 : below));
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
        return Math.addExact(of.seesInput() ? of.pooling(input).features() : 0, of.below());
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
     * {@return multiply-adds of one example that stops there, heads and everything below counted, with the asked share of gated
     * blocks open}
     *
     * @param exit from 0, the lowest; the last is the end of the network
     */
    public long multiplyAdds(int exit) {
        return IntStream.rangeClosed(0, exit).mapToLong(this::ofPart).sum();
    }

    /** {@return multiply-adds of one example through the whole network, were all blocks open, without gaters} */
    public long ungatedMultiplyAdds() {
        return IntStream.range(0, exits())
                .mapToLong(part -> pooling(part)
                        + ungatedCosts(part).stream().mapToLong(Long::longValue).sum())
                .sum();
    }

    private long ofPart(int part) {
        return pooling(part) + costs(part).stream().mapToLong(Long::longValue).sum();
    }

    /** Additions of one example that its means take, counted as multiply-adds. */
    long pooling(int part) {
        return parts().get(part).pooling(input).multiplyAdds();
    }

    /** Whether examples that stop at the same exit may take different numbers of multiply-adds. */
    boolean isGated() {
        return layers.stream().anyMatch(layer -> layer.gater().isPresent());
    }

    /**
     * What a gater takes and what it saves.
     *
     * @param layer its layer, from 0, the lowest of the network
     * @param takes multiply-adds of one example
     * @param saves multiply-adds of one example in the blocks that are closed, and of what is right above them
     */
    public record GaterSaving(int layer, long takes, long saves) {}

    /** {@return why a layer has more weights than a matrix can hold, and what would mend it, if one does} */
    public Optional<String> tooLarge() {
        for (int part = 0; part < exits(); part++) {
            for (long weights : sizes(part)) {
                if (weights > MOST_WEIGHTS) {
                    return Optional.of("a layer has %d weights and biases, more than %d: make it narrower"
                            .formatted(weights, MOST_WEIGHTS));
                }
            }
        }
        return Optional.empty();
    }

    /** {@return what each gater takes and saves} */
    public ImmutableList<GaterSaving> gaterSavings() {
        ImmutableList.Builder<GaterSaving> savings = ImmutableList.builder();
        int at = 0;
        for (int p = 0; p < exits(); p++) {
            double inputs = inputs(p);
            int looksAt = inputs(p);
            ImmutableList<ExitLayer> of = parts().get(p).layers();
            for (int l = 0; l < of.size(); l++, at++) {
                ExitLayer layer = of.get(l);
                double above = l + 1 < of.size() ? of.get(l + 1).openUnits() : classes;
                double closed = layer.units() - layer.openUnits();
                if (layer.gater().isPresent()) {
                    savings.add(new GaterSaving(
                            at, layer.gater().get().multiplyAdds(looksAt), Math.round(closed * (inputs + above))));
                } else {
                    looksAt = layer.units();
                }
                inputs = layer.openUnits();
            }
        }
        return savings.build();
    }

    /** Multiply-adds of one example in each layer of a part, its head last; where blocks are gated, with the asked share open. */
    ImmutableList<Long> costs(int part) {
        return costs(part, true);
    }

    /** The same were all blocks open, and no gater there. */
    ImmutableList<Long> ungatedCosts(int part) {
        return costs(part, false);
    }

    private ImmutableList<Long> costs(int part, boolean gated) {
        ImmutableList.Builder<Long> costs = ImmutableList.builder();
        double inputs = inputs(part);
        int looksAt = inputs(part);
        for (ExitLayer layer : parts().get(part).layers()) {
            double units = gated ? layer.openUnits() : layer.units();
            long ofGater = 0;
            if (layer.gater().isPresent()) {
                ofGater = gated ? layer.gater().get().multiplyAdds(looksAt) : 0;
            } else {
                looksAt = layer.units();
            }
            costs.add(ofGater + Math.round(inputs * units));
            inputs = units;
        }
        return costs.add(Math.round(inputs * classes)).build();
    }

    /**
     * {@return how many numbers each array of a part's parameters has: of each affine map weights and biases; of a gated layer the
     * maps of its gater, then those of its blocks together, then a threshold; the head last}
     *
     * @param part from 0, the lowest
     */
    public ImmutableList<Long> sizes(int part) {
        ImmutableList.Builder<Long> sizes = ImmutableList.builder();
        long inputs = inputs(part);
        long looksAt = inputs;
        for (ExitLayer layer : parts().get(part).layers()) {
            if (layer.gater().isPresent()) {
                long below = looksAt;
                for (int units : layer.gater().get().hidden()) {
                    sizes.add((below + 1) * units);
                    below = units;
                }
                sizes.add((below + 1) * layer.blocks());
                sizes.add((inputs + 1) * layer.units());
                sizes.add(1L);
            } else {
                sizes.add((inputs + 1) * layer.units());
                looksAt = layer.units();
            }
            inputs = layer.units();
        }
        return sizes.add((inputs + 1) * classes).build();
    }
}
