package sluice.framework.generator;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * How a network that generates is evaluated.
 *
 * @param samples m of the importance-weighted bound that is reported, at least 1
 * @param images test images that it is taken of, spread evenly over them; more than there are means all
 * @param threads that share the images, on which no bit depends
 */
public record GeneratorTest(int samples, int images, int threads) {
    /** Checks the ranges. */
    public GeneratorTest {
        checkArgument(samples >= 1, "samples must be at least 1, got %s", samples);
        checkArgument(images >= 1, "images must be at least 1, got %s", images);
        checkArgument(threads >= 1, "threads must be at least 1, got %s", threads);
    }
}
