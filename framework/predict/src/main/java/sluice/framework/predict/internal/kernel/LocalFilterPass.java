package sluice.framework.predict.internal.kernel;

/**
 * Local features of an image: patches of 7 x 7 pixels, brought to one contrast, times filters; what exceeds a threshold, with
 * either sign, is averaged under 3 x 3 overlapping Gaussian windows, and the square root taken. The image is continued by two
 * pixels beyond its edge. Of images with channels, a patch and a filter have all of them, with one mean and one contrast. One
 * thread's own.
 */
public final class LocalFilterPass implements AutoCloseable {
    /** Pixels of a side of a filter. */
    public static final int KERNEL = 7;

    /** Pixels of a filter, in a channel. */
    public static final int TAPS = KERNEL * KERNEL;

    /** Windows of a side. */
    public static final int CELLS = 3;

    /** Features of a filter. */
    public static final int PER_FILTER = 2 * CELLS * CELLS;

    /** What responses must exceed. */
    public static final float THRESHOLD = 0.1f;
    /** Weight of the mean energy of an image beside a patch's own. */
    public static final double SOFTENING = 1;
    /** Pixels that an image is continued by. */
    public static final int EDGE = 2;

    /** Standard deviation of a window, in distances between windows. */
    private static final double WIDTH = 0.5;

    /** Filters at a time: the responses of an image to them stay in the cache. */
    public static final int BLOCK = 256;

    private final int channels;
    private final int height;
    private final int width;
    private final int groups;
    private final int block;
    private final PatchGrid grid;
    private final Product product;
    private final float[][] vertical;
    private final float[][] horizontal;
    private final LocalResponses passes = new LocalResponses();
    private final Im2Col gathering = new Im2Col();
    private final float[] framed;
    private final FloatMatrix image;
    private final FloatMatrix patches;
    private final FloatMatrix responses;

    /** How patches are multiplied by filters. */
    @FunctionalInterface
    public interface Product {
        /**
         * Multiplies.
         *
         * @param patches [channels * taps, positions]
         * @param from the first filter, a multiple of {@link #BLOCK}
         * @param count filters, up to {@link #BLOCK}
         * @param responses [positions, at least count], overwritten in its first columns
         */
        void multiply(FloatMatrix patches, int from, int count, FloatMatrix responses);
    }

    /**
     * For images of one size.
     *
     * @param channels of an image
     * @param height pixels of a column
     * @param width pixels of a row
     * @param groups filters
     * @param product with these
     * @param memory where matrices come from
     */
    public LocalFilterPass(
            int channels, int height, int width, int groups, Product product, FloatMatrix.Allocation memory) {
        this.channels = channels;
        this.height = height;
        this.width = width;
        this.groups = groups;
        this.product = product;
        this.block = Math.min(BLOCK, groups);
        this.grid = grid(height, width);
        this.vertical = gaussians(grid.rows());
        this.horizontal = gaussians(grid.columns());
        this.framed = new float[channels * grid.pixels()];
        this.image = memory.allocate(channels, grid.pixels());
        this.patches = memory.allocate(channels * TAPS, grid.positions());
        this.responses = memory.allocate(grid.positions(), block);
    }

    /** {@return where patches lie on an image of a size, with what it is continued by} */
    public static PatchGrid grid(int height, int width) {
        return new PatchGrid(height + 2 * EDGE, width + 2 * EDGE, KERNEL, Padding.VALID);
    }

    /**
     * Computes the features of an image.
     *
     * @param raw its pixels, channel by channel
     * @param into [at least row + 1, features], overwritten in this row: by cell, then sign, then filter
     * @param row where they go
     */
    public void image(float[] raw, FloatMatrix into, int row) {
        for (int channel = 0; channel < channels; channel++) {
            frame(raw, channel);
        }
        image.put(0, 0, framed, 0, framed.length);
        gathering.gather(grid, grid.whole(), 1, image, 0, channels, patches);
        passes.normalise(patches, SOFTENING);
        for (int f = 0; f < groups; f += block) {
            int count = Math.min(block, groups - f);
            product.multiply(patches, f, count, responses);
            passes.pool(responses, count, THRESHOLD, vertical, horizontal, into, row, f, groups);
        }
    }

    /** Continues a channel of the image beyond its edge. */
    private void frame(float[] raw, int channel) {
        int framedWidth = width + 2 * EDGE;
        int first = channel * height * width;
        for (int y = 0, at = channel * grid.pixels(); y < height + 2 * EDGE; y++) {
            int source = first + Math.min(height - 1, Math.max(0, y - EDGE)) * width;
            for (int x = 0; x < framedWidth; x++, at++) {
                framed[at] = raw[source + Math.min(width - 1, Math.max(0, x - EDGE))];
            }
        }
    }

    /** {@return windows [cells][length] along one axis: Gaussians around the cells' middles, each of sum 1} */
    public static float[][] gaussians(int length) {
        float[][] weights = new float[CELLS][length];
        double distance = (double) length / CELLS;
        for (int c = 0; c < CELLS; c++) {
            double middle = (c + 0.5) * distance - 0.5;
            double sum = 0;
            for (int i = 0; i < length; i++) {
                double z = (i - middle) / (WIDTH * distance);
                weights[c][i] = (float) Math.exp(-z * z / 2);
                sum += weights[c][i];
            }
            for (int i = 0; i < length; i++) {
                weights[c][i] /= (float) sum;
            }
        }
        return weights;
    }

    @Override
    public void close() {
        image.close();
        patches.close();
        responses.close();
    }
}
