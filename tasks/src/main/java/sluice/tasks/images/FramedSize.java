package sluice.tasks.images;

import sluice.tasks.InputException;
import sluice.tasks.Shape;

/**
 * The size of images that become examples of a shape by a frame around them.
 *
 * @param shape of the examples
 * @param frame its pixels on each side, at least 0
 * @param wanted what images are brought to before
 */
record FramedSize(Shape shape, int frame, ImageSize wanted) {
    /** Refuses an image of another size; where an example has no arrangement, of another number of pixels. */
    void check(EncodedImage image) {
        PixelSize size = image.sizeAs(wanted);
        if (!fits(size.height() + 2L * frame, size.width() + 2L * frame)) {
            throw new InputException(
                    "%s is %s pixels, the model takes %s: give it images like those that it learned from"
                            .formatted(ClassFolders.text(image.path()), size, words()));
        }
    }

    /** Which values of a pixel its features are. */
    Colour colour() {
        return Colour.of(shape);
    }

    private boolean fits(long height, long width) {
        if (shape instanceof Shape.Image image) {
            return height == image.height() && width == image.width();
        }
        if (shape instanceof Shape.Channels image) {
            return isRead(image) && height == image.height() && width == image.width();
        }
        return height * width == shape.features();
    }

    private String words() {
        if (shape instanceof Shape.Image image) {
            return size(image.height(), image.width());
        }
        if (shape instanceof Shape.Channels image) {
            String size = size(image.height(), image.width());
            return isRead(image)
                    ? size
                    : "%s of %d channels, and images are read with one or three".formatted(size, image.channels());
        }
        int side = (int) Math.round(Math.sqrt(shape.features()));
        return side * side == shape.features() && side > 2 * frame
                ? "%d features, as %s have".formatted(shape.features(), size(side, side))
                : "%d features".formatted(shape.features());
    }

    private boolean isRead(Shape.Channels image) {
        return image.channels() == colour().channels().size();
    }

    /** Without the frame. */
    private String size(int height, int width) {
        return new PixelSize(height - 2 * frame, width - 2 * frame).toString();
    }
}
