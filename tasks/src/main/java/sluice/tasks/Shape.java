package sluice.tasks;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Optional;

/** What the features of an example are to each other. */
public sealed interface Shape {
    /** {@return features of an example} */
    int features();

    /** {@return the same as channels, of which grey pixels have one; nothing where they are no pixels} */
    default Optional<Channels> pixels() {
        if (this instanceof Image image) {
            return Optional.of(new Channels(1, image.height(), image.width()));
        }
        return this instanceof Channels image ? Optional.of(image) : Optional.empty();
    }

    /**
     * Features in no particular arrangement.
     *
     * @param features at least 1
     */
    record Vector(int features) implements Shape {
        /** Checks the range. */
        public Vector {
            checkArgument(features >= 1, "features must be at least 1, got %s", features);
        }
    }

    /**
     * Pixels, row-major from the top left.
     *
     * @param height pixels of a column, at least 1
     * @param width pixels of a row, at least 1
     */
    record Image(int height, int width) implements Shape {
        /** Checks the ranges. */
        public Image {
            checkArgument(height >= 1, "height must be at least 1, got %s", height);
            checkArgument(width >= 1, "width must be at least 1, got %s", width);
            checkArgument(
                    (long) height * width <= Integer.MAX_VALUE, "an image of %s x %s is too large", height, width);
        }

        @Override
        public int features() {
            return height * width;
        }
    }

    /**
     * Pixels of several channels, one whole channel after the other, each row-major from the top left.
     *
     * @param channels values of a pixel, at least 1
     * @param height pixels of a column, at least 1
     * @param width pixels of a row, at least 1
     */
    record Channels(int channels, int height, int width) implements Shape {
        /** Checks the ranges. */
        public Channels {
            checkArgument(channels >= 1, "channels must be at least 1, got %s", channels);
            int pixels = new Image(height, width).features();
            checkArgument(
                    (long) channels * pixels <= Integer.MAX_VALUE,
                    "an image of %s x %s with %s channels is too large",
                    height,
                    width,
                    channels);
        }

        @Override
        public int features() {
            return channels * height * width;
        }

        /** {@return grey pixels where there is one channel, else these} */
        public Shape simplest() {
            return channels == 1 ? new Image(height, width) : this;
        }
    }
}
