package sluice.framework.conditional;

import java.util.List;
import sluice.tasks.Shape;

/** The shape of an example as model files have it: one number of features; or height and width, perhaps after channels. */
final class StoredShape {
    private StoredShape() {}

    static List<Integer> dimensions(Shape input) {
        if (input instanceof Shape.Image image) {
            return List.of(image.height(), image.width());
        }
        if (input instanceof Shape.Channels image) {
            return List.of(image.channels(), image.height(), image.width());
        }
        return List.of(input.features());
    }

    /** Throws IllegalArgumentException where it can be none. */
    static Shape of(List<Integer> dimensions) {
        return switch (dimensions.size()) {
            case 1 -> new Shape.Vector(dimensions.get(0));
            case 2 -> new Shape.Image(dimensions.get(0), dimensions.get(1));
            case 3 -> new Shape.Channels(dimensions.get(0), dimensions.get(1), dimensions.get(2));
            default ->
                throw new IllegalArgumentException(
                        "the form of its examples has %d numbers".formatted(dimensions.size()));
        };
    }
}
