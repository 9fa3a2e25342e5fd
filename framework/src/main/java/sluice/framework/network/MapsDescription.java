package sluice.framework.network;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.List;
import java.util.Optional;
import sluice.framework.layer.Connection;
import sluice.framework.layer.LayerDescription;
import sluice.framework.layer.convolution.ConvolutionDescription;
import sluice.tasks.Shape;

/**
 * What a model file says of layers of maps: what the inputs are, and what the lowest layers are that are not fully connected.
 *
 * @param channels of the inputs
 * @param height of each
 * @param width of each
 * @param convolutions lowest first
 */
public record MapsDescription(
        int channels,
        int height,
        int width,

        @JsonDeserialize(contentAs = ConvolutionDescription.class)
        List<LayerDescription> convolutions) {
    /** Nothing where units say all of every layer; below the lowest are so many units or channels. */
    static Optional<MapsDescription> of(List<Connection> connections, int below) {
        List<LayerDescription> described = connections.stream()
                .flatMap(each -> each.description().stream())
                .toList();
        return connections.get(0).input(below) instanceof Shape.Channels image
                ? Optional.of(new MapsDescription(image.channels(), image.height(), image.width(), described))
                : Optional.empty();
    }

    boolean complete(int layers) {
        return convolutions != null
                && !convolutions.isEmpty()
                && convolutions.size() <= layers
                && convolutions.stream().allMatch(each -> each != null && each.complete());
    }
}
