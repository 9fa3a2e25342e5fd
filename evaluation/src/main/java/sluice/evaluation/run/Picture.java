package sluice.evaluation.run;

import com.google.common.collect.ImmutableMap;
import java.util.Base64;
import java.util.Set;
import java.util.function.Function;
import sluice.evaluation.CsvLine;

/**
 * An example that can be shown.
 *
 * @param width at least 1
 * @param height at least 1
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param pixels base64 of width x height x channels bytes, row by row, channels interleaved
 */
public record Picture(int width, int height, int channels, String pixels) {
    private static final String WIDTH = "width";
    private static final String HEIGHT = "height";
    private static final String CHANNELS = "channels";
    private static final String PIXELS = "pixels";
    private static final Set<Integer> POSSIBLE_CHANNELS = Set.of(1, 3);
    private static final int LARGEST_SIDE = 4096;
    private static final int WHITE = 255;

    /**
     * {@return the picture}
     *
     * @param values in [0, 255], one whole channel after the other, each row by row
     * @param width at least 1
     * @param height at least 1
     * @param channels 1 or 3
     */
    public static Picture of(float[] values, int width, int height, int channels) {
        int area = height * width;
        byte[] bytes = new byte[channels * area];
        for (int pixel = 0, at = 0; pixel < area; pixel++) {
            for (int channel = 0; channel < channels; channel++, at++) {
                bytes[at] = (byte) Math.round(Math.max(0, Math.min(WHITE, values[channel * area + pixel])));
            }
        }
        return new Picture(width, height, channels, Base64.getEncoder().encodeToString(bytes));
    }

    /** The columns of a line that holds a picture, which {@link #read} takes up again. */
    static <T> ImmutableMap<String, Function<T, Object>> columns(Function<T, Picture> picture) {
        return ImmutableMap.of(
                WIDTH,
                picture.andThen(Picture::width),
                HEIGHT,
                picture.andThen(Picture::height),
                CHANNELS,
                picture.andThen(Picture::channels),
                PIXELS,
                picture.andThen(Picture::pixels));
    }

    static Picture read(CsvLine line) {
        int width = side(line, WIDTH);
        int height = side(line, HEIGHT);
        int channels = line.count(CHANNELS, 1);
        if (!POSSIBLE_CHANNELS.contains(channels)) {
            throw line.refusal(CHANNELS, "must be 1 or 3, got " + channels);
        }
        String pixels = line.text(PIXELS);
        if (length(line, pixels) != (long) width * height * channels) {
            throw line.refusal(PIXELS, "must be base64 of width x height x channels bytes");
        }
        return new Picture(width, height, channels, pixels);
    }

    private static int side(CsvLine line, String column) {
        int side = line.count(column, 1);
        if (side > LARGEST_SIDE) {
            throw line.refusal(column, "must be at most " + LARGEST_SIDE + ", got " + side);
        }
        return side;
    }

    private static int length(CsvLine line, String pixels) {
        try {
            return Base64.getDecoder().decode(pixels).length;
        } catch (IllegalArgumentException broken) {
            throw line.refusal(PIXELS, "is not base64: take the file as the run wrote it");
        }
    }
}
