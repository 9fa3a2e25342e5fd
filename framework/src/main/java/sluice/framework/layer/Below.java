package sluice.framework.layer;

import java.util.Optional;
import sluice.tasks.Shape;

/**
 * What a layer lies on.
 *
 * @param features values of an example, if it lies on the inputs; else units
 * @param maps the size of the maps that units or channels are, if they are any
 * @param lowest whether it lies on the inputs
 */
public record Below(int features, Optional<Maps> maps, boolean lowest) {
    /**
     * The size of maps.
     *
     * @param height positions of a column
     * @param width positions of a row
     */
    public record Maps(int height, int width) {
        /** Positions of a map. */
        public int positions() {
            return height * width;
        }
    }

    /**
     * {@return below the lowest layer}
     *
     * @param input what the features of an example are to each other
     */
    public static Below input(Shape input) {
        return new Below(input.features(), maps(input), true);
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
     * {@return below the layer that lies on that one}
     *
     * @param layer one that fits on this
     */
    public Below through(LayerShape layer) {
        return new Below(layer.units(), layer.connection(this).maps(), false);
    }

    /**
     * {@return units or channels that it has below, each with weights of its own}
     *
     * @param layer how one that lies on this meets it
     */
    public int units(Connection layer) {
        return lowest ? features / layer.valuesPerUnitBelow() : features;
    }
}
