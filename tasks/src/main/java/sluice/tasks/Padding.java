package sluice.tasks;

/**
 * A frame of zeros around images.
 *
 * @param channels of the images
 * @param height of the images without it
 * @param width of the images without it
 * @param pixels of the frame, on each side
 * @param shape of the images with it
 */
public record Padding(int channels, int height, int width, int pixels, Shape shape) {
    /**
     * {@return the frame}
     *
     * @param images what is framed
     * @param pixels of the frame, on each side, at least 0
     * @throws InputException if they are no images
     */
    public static Padding around(Shape images, int pixels) {
        if (images instanceof Shape.Image image) {
            Shape larger = new Shape.Image(image.height() + 2 * pixels, image.width() + 2 * pixels);
            return new Padding(1, image.height(), image.width(), pixels, larger);
        }
        if (images instanceof Shape.Channels image) {
            Shape larger =
                    new Shape.Channels(image.channels(), image.height() + 2 * pixels, image.width() + 2 * pixels);
            return new Padding(image.channels(), image.height(), image.width(), pixels, larger);
        }
        throw new InputException("its examples are no images, around which there could be a frame");
    }

    /**
     * {@return copies with the frame around them}
     *
     * @param examples images of this frame's size
     */
    public Examples of(Examples examples) {
        return examples.framed(this);
    }

    /** Copies lines of pixels. */
    @FunctionalInterface
    interface Line {
        void copy(int from, int to, int length);
    }

    /** Has all lines of these images copied, each to its place within the frame. */
    void lines(int[] images, Line line) {
        int lines = channels * height;
        int wide = width + 2 * pixels;
        for (int i = 0; i < images.length; i++) {
            for (int y = 0; y < lines; y++) {
                int channel = y / height;
                int top = channel * (height + 2 * pixels) + pixels + y % height;
                line.copy((images[i] * lines + y) * width, i * shape.features() + top * wide + pixels, width);
            }
        }
    }
}
