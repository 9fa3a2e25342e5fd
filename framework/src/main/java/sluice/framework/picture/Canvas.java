package sluice.framework.picture;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import sluice.tasks.InputException;
import sluice.tasks.Shape;

/** A picture to put images on: grey, or of colours where images have three channels. */
final class Canvas {
    private static final int COLOURS = 3;
    private static final int WHITE = 255;

    private final Frame frame;
    private final BufferedImage picture;

    /**
     * The measures of an image.
     *
     * @param channels 1 or 3
     */
    record Frame(int channels, int height, int width) {
        /**
         * The measures of a shape.
         *
         * @throws InputException if it is no picture
         */
        static Frame of(Shape shape) {
            if (shape instanceof Shape.Image grey) {
                return new Frame(1, grey.height(), grey.width());
            }
            if (shape instanceof Shape.Channels image && (image.channels() == 1 || image.channels() == COLOURS)) {
                return new Frame(image.channels(), image.height(), image.width());
            }
            throw new InputException(
                    "the model generates %d features that are no grey or coloured image: read them by GenerativeModel.sample"
                            .formatted(shape.features()));
        }
    }

    /** A picture of one shade. */
    Canvas(Frame frame, int height, int width, int shade) {
        this.frame = frame;
        this.picture = new BufferedImage(
                width, height, frame.channels() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
        WritableRaster raster = picture.getRaster();
        int[] row = new int[width * frame.channels()];
        Arrays.fill(row, shade);
        for (int y = 0; y < height; y++) {
            raster.setPixels(0, y, width, 1, row);
        }
    }

    /** The shade of a value in [0, 1]. */
    static int shade(float value) {
        return Math.min(WHITE, Math.max(0, Math.round(WHITE * value)));
    }

    /** Puts an image onto the picture. */
    void put(float[] pixels, int top, int left) {
        WritableRaster raster = picture.getRaster();
        for (int channel = 0, at = 0; channel < frame.channels(); channel++) {
            for (int y = 0; y < frame.height(); y++) {
                for (int x = 0; x < frame.width(); x++, at++) {
                    raster.setSample(left + x, top + y, channel, shade(pixels[at]));
                }
            }
        }
    }

    /** Writes it as PNG; does not close. */
    void writeTo(OutputStream out) throws IOException {
        try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            ImageIO.write(picture, "png", stream);
        }
    }
}
