package sluice.framework.layer;

import static com.google.common.base.Preconditions.checkArgument;

import sluice.tasks.Shape;

/** What a network's lowest layer takes, against what tasks have. */
public final class InputShape {
    private InputShape() {}

    /**
     * Whether examples of a shape can be fed. Vectors can that are long enough: who has arrays alone need not say what they
     * are.
     *
     * @throws IllegalArgumentException if there are too many or too few features, or they are arranged in another way than
     *     the layer's convolutions take them
     */
    public static void check(Layer lowest, Shape shape) {
        checkArgument(
                lowest.features() == shape.features(),
                "the network has %s inputs, the tasks %s features",
                lowest.features(),
                shape.features());
        Shape own = lowest.connection().input(lowest.below());
        Shape given = shape instanceof Shape.Image image ? new Shape.Channels(1, image.height(), image.width()) : shape;
        checkArgument(
                own instanceof Shape.Vector || given instanceof Shape.Vector || own.equals(given),
                "the network takes images of %s, the tasks have %s",
                words(own),
                words(given));
    }

    private static String words(Shape shape) {
        return shape instanceof Shape.Channels image
                ? "%s x %s pixels in %s channels".formatted(image.height(), image.width(), image.channels())
                : shape.toString();
    }
}
