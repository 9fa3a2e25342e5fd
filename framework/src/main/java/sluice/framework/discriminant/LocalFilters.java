package sluice.framework.discriminant;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Optional;
import java.util.random.RandomGenerator;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.predict.internal.kernel.LocalFilterPass;
import sluice.framework.predict.internal.kernel.PatchGrid;
import sluice.gating.UnitSet;
import sluice.tasks.Shape;

/**
 * Local features of images: patches of 7 x 7 pixels, brought to one contrast, times random filters of length 1 and mean 0;
 * what exceeds a threshold, with either sign, is averaged under 3 x 3 overlapping Gaussian windows, and the square root
 * taken. The image is continued by two pixels beyond its edge. Neither brightness nor contrast of an image matters, nor
 * whether it is a negative. Of images with channels, a patch and a filter have all of them, with one mean and one contrast: how
 * they differ does matter. All numbers were chosen on MNIST's last 10,000 training images and by leave-one-out on the
 * others.
 *
 * @param image the images
 * @param filters weights [filters, channels * taps], row-major
 */
record LocalFilters(Shape.Channels image, float[] filters) implements RandomFeatures {
    static final int KERNEL = LocalFilterPass.KERNEL;
    static final int TAPS = LocalFilterPass.TAPS;
    static final int PER_FILTER = LocalFilterPass.PER_FILTER;

    LocalFilters {
        checkArgument(RandomFeatures.isImage(image), "a filter of 7 x 7 does not fit on %s", image);
        int taps = taps(image);
        checkArgument(filters.length >= taps && filters.length % taps == 0, "filters have %s taps", taps);
    }

    /**
     * {@return images of so many inputs; nothing where they cannot be such, or filters do not fit on them}
     *
     * @param inputs a whole number of channels
     */
    static Optional<Shape.Channels> image(int inputs, int height, int width) {
        long pixels = (long) height * width;
        if (Math.min(height, width) < KERNEL || pixels > inputs || inputs % pixels != 0) {
            return Optional.empty();
        }
        return Optional.of(new Shape.Channels((int) (inputs / pixels), height, width));
    }

    /** Numbers of a filter. */
    static int taps(Shape.Channels image) {
        return TAPS * image.channels();
    }

    /** Draws filters. */
    static LocalFilters draw(Shape.Channels image, int count, RandomGenerator random) {
        int taps = taps(image);
        float[] filters = new float[count * taps];
        double[] filter = new double[taps];
        for (int f = 0; f < count; f++) {
            double mean = 0;
            for (int i = 0; i < taps; i++) {
                filter[i] = random.nextGaussian();
                mean += filter[i] / taps;
            }
            double square = 0;
            for (int i = 0; i < taps; i++) {
                filter[i] -= mean;
                square += filter[i] * filter[i];
            }
            for (int i = 0; i < taps; i++) {
                filters[f * taps + i] = (float) (filter[i] / Math.sqrt(square));
            }
        }
        return new LocalFilters(image, filters);
    }

    @Override
    public int inputs() {
        return image.features();
    }

    @Override
    public int groups() {
        return filters.length / taps(image);
    }

    @Override
    public int count() {
        return PER_FILTER * groups();
    }

    /** Features lie by cell, then sign, then filter. */
    @Override
    public int group(int feature) {
        return feature % groups();
    }

    @Override
    public LocalFilters restricted(UnitSet open) {
        int[] kept = open.toArray();
        int taps = taps(image);
        float[] fewer = new float[kept.length * taps];
        for (int f = 0; f < kept.length; f++) {
            System.arraycopy(filters, kept[f] * taps, fewer, f * taps, taps);
        }
        return new LocalFilters(image, fewer);
    }

    PatchGrid grid() {
        return LocalFilterPass.grid(image.height(), image.width());
    }

    @Override
    public long parameters() {
        return filters.length;
    }

    @Override
    public long multiplyAdds() {
        return (long) groups() * grid().positions() * (taps(image) + PER_FILTER);
    }

    @Override
    public FeaturePass begin(Lanes lanes, FeatureUse use) {
        return new LocalPass(this, lanes, use);
    }
}
