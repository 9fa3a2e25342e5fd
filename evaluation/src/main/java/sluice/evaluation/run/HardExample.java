package sluice.evaluation.run;

import com.google.common.collect.ImmutableMap;
import java.util.Base64;
import java.util.Set;
import sluice.evaluation.CsvLine;

/**
 * A picture that was answered wrongly.
 *
 * @param task whose test data it is of
 * @param rank from 1, the least probability of the actual class first
 * @param actual the class
 * @param predicted the answer; {@link ConfusionCount#UNKNOWN} for none
 * @param probability of the actual class, in [0, 1]
 * @param width of the picture, at least 1
 * @param height of the picture, at least 1
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param pixels base64 of width x height x channels bytes, row by row, channels interleaved
 */
public record HardExample(
        String task,
        int rank,
        String actual,
        String predicted,
        float probability,
        int width,
        int height,
        int channels,
        String pixels) {
    private static final String RANK = "rank";
    private static final String ACTUAL = "actual";
    private static final String PREDICTED = "predicted";
    private static final String PROBABILITY = "probability";
    private static final String WIDTH = "width";
    private static final String HEIGHT = "height";
    private static final String CHANNELS = "channels";
    private static final String PIXELS = "pixels";
    private static final Set<Integer> POSSIBLE_CHANNELS = Set.of(1, 3);
    private static final int LARGEST_SIDE = 4096;

    /** A line per example, task by task, the most wrongly answered first. */
    public static final RunCsv<HardExample> FILE = RunCsv.ofAnyRun(
            RunFile.HARDEST,
            ImmutableMap.of(
                    RunCsv.TASK,
                    example -> Cells.name(example.task()),
                    RANK,
                    HardExample::rank,
                    ACTUAL,
                    example -> Cells.name(example.actual()),
                    PREDICTED,
                    example -> Cells.name(example.predicted()),
                    PROBABILITY,
                    HardExample::probability,
                    WIDTH,
                    HardExample::width,
                    HEIGHT,
                    HardExample::height,
                    CHANNELS,
                    HardExample::channels,
                    PIXELS,
                    HardExample::pixels),
            HardExample::read);

    private static HardExample read(CsvLine line) {
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
        return new HardExample(
                line.name(RunCsv.TASK),
                line.count(RANK, 1),
                line.name(ACTUAL),
                line.name(PREDICTED),
                (float) Cells.share(line, PROBABILITY),
                width,
                height,
                channels,
                pixels);
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
