package sluice.tasks.images;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * An image's pixels, in grey or colours: a grey image has one value in all channels. Samples are taken as they are stored: a
 * conversion by Java's colour spaces would change the shades of a grey image. What is transparent shows black.
 */
interface Pixels {
    /** A value of a pixel, 0 dark to 255 bright. */
    double at(Channel channel, int x, int y);

    /** How many pixels there are. */
    PixelSize size();

    static Pixels of(BufferedImage image) {
        return image.getColorModel() instanceof IndexColorModel palette
                ? new Palette(image.getRaster(), palette)
                : Samples.of(image);
    }

    /**
     * Those of an image of which a grey is transparent.
     *
     * @param clear its sample, as it is stored
     */
    static Pixels of(BufferedImage image, int clear) {
        return new Keyed(of(image), image.getRaster(), clear);
    }

    /** Writes them, rounded, channel by channel, each row by row. */
    default void write(Colour colour, float[] values, int start) {
        int at = start;
        for (Channel channel : colour.channels()) {
            for (int y = 0; y < size().height(); y++) {
                for (int x = 0; x < size().width(); x++) {
                    values[at++] = Math.round(at(channel, x, y));
                }
            }
        }
    }

    private static PixelSize size(Raster raster) {
        return new PixelSize(raster.getHeight(), raster.getWidth());
    }

    /** Pixels of which one grey shows black. */
    record Keyed(Pixels all, Raster raster, int clear) implements Pixels {
        @Override
        public PixelSize size() {
            return all.size();
        }

        @Override
        public double at(Channel channel, int x, int y) {
            return raster.getSample(x, y, 0) == clear ? 0 : all.at(channel, x, y);
        }
    }

    /** Pixels that are numbers of colours. */
    record Palette(Raster raster, IndexColorModel colours) implements Pixels {
        @Override
        public PixelSize size() {
            return Pixels.size(raster);
        }

        @Override
        public double at(Channel channel, int x, int y) {
            int index = raster.getSample(x, y, 0);
            double alpha = colours.getAlpha(index) / 255.0;
            return alpha * channel.of(colours.getRed(index), colours.getGreen(index), colours.getBlue(index));
        }
    }

    /** Pixels that are grey or red, green and blue, perhaps with alpha last. */
    record Samples(Raster raster, boolean coloured, boolean transparent, double scale) implements Pixels {
        static Samples of(BufferedImage image) {
            ColorModel colours = image.getColorModel();
            double largest = (1 << colours.getComponentSize(0)) - 1;
            return new Samples(
                    image.getRaster(), colours.getNumColorComponents() > 1, colours.hasAlpha(), 255 / largest);
        }

        @Override
        public PixelSize size() {
            return Pixels.size(raster);
        }

        @Override
        public double at(Channel channel, int x, int y) {
            double opaque = coloured ? channel.of(sample(x, y, 0), sample(x, y, 1), sample(x, y, 2)) : sample(x, y, 0);
            return transparent ? opaque * sample(x, y, raster.getNumBands() - 1) / 255 : opaque;
        }

        private double sample(int x, int y, int band) {
            return raster.getSample(x, y, band) * scale;
        }
    }
}
