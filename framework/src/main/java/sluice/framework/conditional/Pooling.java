package sluice.framework.conditional;

import static com.google.common.base.Preconditions.checkArgument;

import sluice.tasks.Shape;

/**
 * Means of squares of pixels. Positions that fill no square are left out.
 *
 * @param shape of an example
 * @param side of the squares, in pixels; 1 leaves every example as it is
 */
public record Pooling(Shape shape, int side) {
    /** Checks that squares fit. */
    public Pooling {
        checkArgument(side >= 1, "pool must be at least 1, got %s", side);
        checkArgument(
                side == 1 || !(shape instanceof Shape.Vector),
                "pool %s is of squares of pixels, and examples are no images: remove it",
                side);
        checkArgument(
                side <= Math.min(height(shape), width(shape)),
                "squares of %s pixels do not fit in images of %s x %s: make pool smaller",
                side,
                height(shape),
                width(shape));
    }

    private static int height(Shape shape) {
        return shape instanceof Shape.Image image
                ? image.height()
                : shape instanceof Shape.Channels channels ? channels.height() : 1;
    }

    private static int width(Shape shape) {
        return shape instanceof Shape.Image image
                ? image.width()
                : shape instanceof Shape.Channels channels ? channels.width() : shape.features();
    }

    /** {@return means of an example} */
    public int features() {
        if (side == 1) {
            return shape.features();
        }
        int channels = shape.features() / (height(shape) * width(shape));
        return channels * (height(shape) / side) * (width(shape) / side);
    }

    /** {@return additions of one example, counted as multiply-adds: one for each feature, whether it fills a square or not} */
    public int multiplyAdds() {
        return side == 1 ? 0 : shape.features();
    }

    /**
     * Forms the means.
     *
     * @param features of an example
     * @param means receives as many as there are
     */
    public void apply(float[] features, float[] means) {
        if (side == 1) {
            System.arraycopy(features, 0, means, 0, features.length);
            return;
        }
        int width = width(shape);
        int across = width / side;
        int down = height(shape) / side;
        float factor = 1f / (side * side);
        int at = 0;
        for (int channel = 0; channel < features.length; channel += height(shape) * width) {
            for (int y = 0; y < down; y++) {
                for (int x = 0; x < across; x++) {
                    means[at++] = factor * sum(features, channel + y * side * width + x * side, width);
                }
            }
        }
    }

    private float sum(float[] features, int first, int width) {
        float sum = 0;
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                sum += features[first + y * width + x];
            }
        }
        return sum;
    }
}
