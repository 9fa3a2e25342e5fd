package sluice.framework.network;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.layer.Below;
import sluice.framework.layer.Connection;
import sluice.framework.layer.Layer;
import sluice.framework.layer.LayerShape;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.layer.normalisation.Normalised;
import sluice.tasks.Shape;

/**
 * The shape of a network: hidden layers that fit on each other and on what they are fed.
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
        checkArgument(!layers.isEmpty(), "a network needs at least one hidden layer");
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
     * @param positions that an example multiplies each weight at
     * @param values of each unit
     */
    public record Cost(int units, long weights, long positions, long values) {}

    /**
     * {@return a multi-layer perceptron}
     *
     * @param features of an example
     * @param hidden units per dense layer, lowest first
     */
    public static NetworkShape dense(int features, List<Integer> hidden) {
        checkArgument(features >= 1, "inputs must be at least 1, got %s", features);
        for (int l = 0; l < hidden.size(); l++) {
            checkArgument(
                    hidden.get(l) >= 1, "hidden layer %s must have at least 1 unit, got %s", l + 1, hidden.get(l));
        }
        return new NetworkShape(
                new Shape.Vector(features),
                hidden.stream().map(FullyConnected::new).collect(ImmutableList.toImmutableList()));
    }

    /** The same with batch normalisation per task of every hidden layer. */
    public NetworkShape batchNormalised() {
        return new NetworkShape(
                input, layers.stream().map(Normalised::byBatch).collect(ImmutableList.toImmutableList()));
    }

    /**
     * {@return the lowest layer that does not fit, if any}
     *
     * @param input what the features of an example are to each other
     * @param layers hidden layers, lowest first
     */
    public static Optional<Misfit> misfit(Shape input, List<LayerShape> layers) {
        Below below = Below.input(input);
        for (int l = 0; l < layers.size(); l++) {
            Optional<String> wrong = layers.get(l).misfit(below);
            if (wrong.isPresent()) {
                return Optional.of(new Misfit(l, wrong.get()));
            }
            below = below.through(layers.get(l));
        }
        return Optional.empty();
    }

    /**
     * {@return costs per layer, lowest first, the output layer last}
     *
     * @param outputs of the network
     */
    public ImmutableList<Cost> costs(int outputs) {
        ImmutableList<Connection> connections = connections();
        ImmutableList.Builder<Cost> costs = ImmutableList.builder();
        for (int l = 0; l <= layers.size(); l++) {
            Connection connection = l < layers.size() ? connections.get(l) : head();
            costs.add(new Cost(
                    l < layers.size() ? layers.get(l).units() : outputs,
                    (long) below(l) * connection.weightsPerUnitBelow(),
                    connection.positions(),
                    connection.valuesPerUnit()));
        }
        return costs.build();
    }

    /** Units below a layer, or below the head. */
    public int below(int layer) {
        return layer > 0
                ? layers.get(layer - 1).units()
                : Below.input(input).units(connections().get(0));
    }

    /** How each layer meets what is below. */
    public ImmutableList<Connection> connections() {
        Below below = Below.input(input);
        ImmutableList.Builder<Connection> connections = ImmutableList.builder();
        for (LayerShape layer : layers) {
            connections.add(layer.connection(below));
            below = below.through(layer);
        }
        return connections.build();
    }

    /** How a head meets the highest layer. */
    public Connection head() {
        ImmutableList<Connection> connections = connections();
        return FullyConnected.connection(connections.get(connections.size() - 1).valuesPerUnit());
    }

    /** Untrained layers with He-uniform weights. */
    public List<Layer> heUniform(RandomStreams streams) {
        ImmutableList<Connection> connections = connections();
        return IntStream.range(0, layers.size())
                .mapToObj(l -> Layer.heUniform(
                        layers.get(l).units(), below(l), connections.get(l), streams.stream("initial-weights", l)))
                .toList();
    }
}
