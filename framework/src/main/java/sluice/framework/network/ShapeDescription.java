package sluice.framework.network;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.stream.IntStream;
import sluice.framework.layer.LayerShape;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.tasks.Shape;

/**
 * What a model file says of the shape of a network.
 *
 * @param inputs features of an example
 * @param maps the layers of maps; absent where units say all of every layer
 * @param hidden units of the hidden layers, lowest first
 */
public record ShapeDescription(
        int inputs,
        @JsonInclude(JsonInclude.Include.NON_NULL) MapsDescription maps,
        List<Integer> hidden) {
    /**
     * {@return what is said of it}
     *
     * @param shape of a network without layers that are normalised
     */
    public static ShapeDescription of(NetworkShape shape) {
        return new ShapeDescription(
                shape.input().features(),
                MapsDescription.of(shape.connections(), shape.below(0)).orElse(null),
                shape.layers().stream().map(LayerShape::units).toList());
    }

    /** {@return whether nothing is missing} */
    public boolean complete() {
        return inputs > 0
                && hidden != null
                && !hidden.isEmpty()
                && hidden.stream().allMatch(units -> units != null && units > 0)
                && (maps == null || maps.complete(hidden.size()));
    }

    /**
     * {@return the shape that is described}
     *
     * @throws IllegalArgumentException if layers do not fit on each other
     */
    public NetworkShape shape() {
        Shape input = maps == null
                ? new Shape.Vector(inputs)
                : new Shape.Channels(maps.channels(), maps.height(), maps.width());
        return new NetworkShape(
                input,
                IntStream.range(0, hidden.size()).mapToObj(this::layer).collect(ImmutableList.toImmutableList()));
    }

    private LayerShape layer(int l) {
        return maps != null && l < maps.convolutions().size()
                ? maps.convolutions().get(l).shape(hidden.get(l))
                : new FullyConnected(hidden.get(l));
    }
}
