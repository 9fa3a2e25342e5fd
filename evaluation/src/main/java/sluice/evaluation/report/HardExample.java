package sluice.evaluation.report;

/**
 * A picture that was answered wrongly.
 *
 * @param task whose test data it is of
 * @param rank from 1, the least probability of the actual class first
 * @param actual the class
 * @param predicted the answer
 * @param probability of the actual class, in [0, 1]
 * @param width of the picture, at least 1
 * @param height of the picture, at least 1
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param pixels base64 of width x height x channels bytes, row by row, channels interleaved
 */
record HardExample(
        String task,
        int rank,
        String actual,
        String predicted,
        double probability,
        int width,
        int height,
        int channels,
        String pixels) {}
