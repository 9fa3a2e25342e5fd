package sluice.framework.layer;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import sluice.framework.internal.kernel.Padding;
import sluice.framework.internal.kernel.PatchGrid;
import sluice.framework.internal.random.RandomStreams;
import sluice.tasks.Shape;

/**
 * The shape of a gated network: hidden layers that fit on each other and on what they are fed.
 *
 * @param input what the features of an example are to each other
 * @param layers hidden layers, lowest first, at least one; convolutions below dense layers
 */
public record NetworkShape(Shape input, ImmutableList<LayerShape> layers) {
    /**
     * Checks that the layers fit.
     *
     * @throws IllegalArgumentException if one does not, with its number and how to mend it
     */
    public NetworkShape {
        checkArgument(!layers.isEmpty(), "a gated network needs at least one hidden layer");
        misfit(input, layers).ifPresent(misfit -> {
            throw new IllegalArgumentException("hidden layer %d: %s".formatted(misfit.layer() + 1, misfit.message()));
        });
    }

    /**
     * A layer that does not fit on what is below.
     *
     * @param layer its position, from 0
     * @param message what is wrong, and how to mend it
     */
    public record Misfit(int layer, String message) {}

    /**
     * What a layer costs, as a plain one.
     *
     * @param units neurons or maps
     * @param weights of each unit
     * @param uses how often an example meets each weight
     * @param outputs values of each unit
     */
    public record Cost(int units, long weights, long uses, long outputs) {}

    /**
     * @param features of an example
     * @param hidden units per dense layer, lowest first
     * @return a multi-layer perceptron
     */
    public static NetworkShape dense(int features, List<Integer> hidden) {
        return new NetworkShape(
                new Shape.Vector(features),
                hidden.stream().map(LayerShape.Dense::new).collect(ImmutableList.toImmutableList()));
    }

    /**
     * @param input what the features of an example are to each other
     * @param layers hidden layers, lowest first
     * @return the lowest layer that does not fit, if any
     */
    public static Optional<Misfit> misfit(Shape input, List<LayerShape> layers) {
        Optional<Maps> below = maps(input);
        for (int l = 0; l < layers.size(); l++) {
            if (layers.get(l) instanceof LayerShape.Conv conv) {
                String wrong = below.map(maps -> misfit(conv, maps)).orElse(noMaps(input, l));
                if (!wrong.isEmpty()) {
                    return Optional.of(new Misfit(l, wrong));
                }
                below = below.map(maps -> maps.through(conv));
            } else {
                below = Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static String noMaps(Shape input, int layer) {
        return layer == 0
                ? "a convolution needs images, and these are vectors of %d features: choose data of images, or dense layers"
                        .formatted(input.features())
                : "a convolution cannot lie on a dense layer, whose units are no image: put convolutions lowest";
    }

    private static String misfit(LayerShape.Conv conv, Maps below) {
        int room = conv.padding() == Padding.SAME ? Integer.MAX_VALUE : Math.min(below.height(), below.width());
        if (conv.kernel() > room) {
            return "a kernel of %d x %d does not fit on maps of %d x %d: make it smaller, or pad them with padding: same"
                    .formatted(conv.kernel(), conv.kernel(), below.height(), below.width());
        }
        PatchGrid grid = new PatchGrid(below.height(), below.width(), conv.kernel(), conv.padding());
        return conv.pool() > Math.min(grid.rows(), grid.columns())
                ? "squares of %d x %d leave nothing of maps of %d x %d: make pool smaller"
                        .formatted(conv.pool(), conv.pool(), grid.rows(), grid.columns())
                : "";
    }

    /** Units below that are maps. */
    private record Maps(int height, int width) {
        Connection.Convolution connection(LayerShape.Conv conv) {
            return new Connection.Convolution(new PatchGrid(height, width, conv.kernel(), conv.padding()), conv.pool());
        }

        Maps through(LayerShape.Conv conv) {
            Connection.Convolution convolution = connection(conv);
            return new Maps(convolution.height(), convolution.width());
        }
    }

    private static Optional<Maps> maps(Shape shape) {
        if (shape instanceof Shape.Image image) {
            return Optional.of(new Maps(image.height(), image.width()));
        }
        return shape instanceof Shape.Channels image
                ? Optional.of(new Maps(image.height(), image.width()))
                : Optional.empty();
    }

    /**
     * @param outputs of the network
     * @return costs per layer, lowest first, the output layer last
     */
    public ImmutableList<Cost> costs(int outputs) {
        ImmutableList<Connection> connections = connections();
        ImmutableList.Builder<Cost> costs = ImmutableList.builder();
        for (int l = 0; l <= layers.size(); l++) {
            Connection connection = l < layers.size() ? connections.get(l) : head();
            costs.add(new Cost(
                    l < layers.size() ? layers.get(l).units() : outputs,
                    (long) below(l) * connection.span(),
                    connection.uses(),
                    connection.outputs()));
        }
        return costs.build();
    }

    /** Units below a layer, or below the head. */
    public int below(int layer) {
        if (layer > 0) {
            return layers.get(layer - 1).units();
        }
        if (layers.get(0) instanceof LayerShape.Dense) {
            return input.features();
        }
        return input instanceof Shape.Channels image ? image.channels() : 1;
    }

    /** How each layer meets what is below. */
    public ImmutableList<Connection> connections() {
        Optional<Maps> below = maps(input);
        int values = 1;
        ImmutableList.Builder<Connection> connections = ImmutableList.builder();
        for (LayerShape layer : layers) {
            Connection connection = new Connection.Full(values);
            if (layer instanceof LayerShape.Conv conv) {
                Maps maps = below.orElseThrow();
                connection = maps.connection(conv);
                below = Optional.of(maps.through(conv));
            }
            connections.add(connection);
            values = connection.outputs();
        }
        return connections.build();
    }

    /** How a head meets the highest layer. */
    public Connection head() {
        ImmutableList<Connection> connections = connections();
        return new Connection.Full(connections.get(connections.size() - 1).outputs());
    }

    /** Untrained layers with He-uniform weights. */
    public List<DenseLayer> heUniform(RandomStreams streams) {
        ImmutableList<Connection> connections = connections();
        return IntStream.range(0, layers.size())
                .mapToObj(l -> DenseLayer.heUniform(
                        layers.get(l).units(), below(l), connections.get(l), streams.stream("initial-weights", l)))
                .toList();
    }
}
