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
        int features = shape.features();
        float[] values = new float[Math.multiplyExact(examples.size(), features)];
        float[] row = new float[examples.features()];
        int wide = width + 2 * pixels;
        for (int i = 0; i < examples.size(); i++) {
            examples.read(i, row);
            for (int line = 0; line < channels * height; line++) {
                int channel = line / height;
                int top = channel * (height + 2 * pixels) + pixels + line % height;
                System.arraycopy(row, line * width, values, i * features + top * wide + pixels, width);
            }
        }
        return Examples.of(values, features, examples.labels());
    }
}
