package sluice.framework.discriminant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withPrecision;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.predict.internal.kernel.LocalFilterPass;
import sluice.gating.UnitSet;
import sluice.tasks.Examples;
import sluice.tasks.Shape;

final class LocalFiltersTest {
    private static final Shape.Channels IMAGE = new Shape.Channels(1, 9, 12);
    private static final Shape.Channels COLOURS = new Shape.Channels(3, 9, 12);

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void featuresAreThoseOfTheDefinitionInDoublePrecision(int channels) {
        LocalFilters filters = LocalFilters.draw(new Shape.Channels(channels, 9, 12), 5, new SplittableRandom(1));
        float[][] images = images(3, channels);

        float[][] features = features(filters, images);

        for (int e = 0; e < images.length; e++) {
            double[] expected = naive(filters, images[e]);
            for (int i = 0; i < expected.length; i++) {
                assertThat(features[e][i]).isCloseTo((float) expected[i], within(1e-3f));
            }
        }
    }

    @Test
    void openFiltersGiveWhatTheyGiveAmongAll() {
        LocalFilters filters = LocalFilters.draw(IMAGE, 5, new SplittableRandom(1));
        float[][] all = features(filters, images(2, 1));

        float[][] open = features(filters.restricted(UnitSet.positive(new double[] {0, 1, 0, 0, 1})), images(2, 1));

        for (int part = 0; part < LocalFilters.PER_FILTER; part++) {
            assertThat(open[1][2 * part]).isCloseTo(all[1][5 * part + 1], within(1e-5f));
            assertThat(open[1][2 * part + 1]).isCloseTo(all[1][5 * part + 4], within(1e-5f));
        }
    }

    @Test
    void aBlankImageHasNoFeature() {
        LocalFilters filters = LocalFilters.draw(IMAGE, 2, new SplittableRandom(1));
        float[] blank = new float[IMAGE.features()];
        Arrays.fill(blank, 0.7f);

        assertThat(features(filters, new float[][] {blank})[0]).containsOnly(0f);
    }

    /** The rounding of a sum of 49 terms per channel apart. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void answersAndSumsComeFromTheSameFeatures(int channels) {
        LocalFilters filters = LocalFilters.draw(new Shape.Channels(channels, 9, 12), 300, new SplittableRandom(2));
        float[][] fast = features(filters, images(5, channels), FeatureUse.SUMS);
        float[][] ordered = features(filters, images(5, channels), FeatureUse.ANSWERS);

        for (int e = 0; e < fast.length; e++) {
            assertThat(ordered[e]).containsExactly(fast[e], withPrecision(1e-4f));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void answersHaveTheSameBitsWhateverIsAskedBeside(int channels) {
        LocalFilters filters = LocalFilters.draw(new Shape.Channels(channels, 9, 12), 300, new SplittableRandom(2));
        float[][] images = images(5, channels);
        float[][] together = features(filters, images, FeatureUse.ANSWERS);

        for (int e = 0; e < images.length; e++) {
            assertThat(features(filters, new float[][] {images[e]}, FeatureUse.ANSWERS)[0])
                    .containsExactly(together[e]);
        }
    }

    @Test
    void aBlankImageOfAColourHasFeaturesOfItsOwn() {
        LocalFilters filters = LocalFilters.draw(COLOURS, 40, new SplittableRandom(1));
        float[] red = new float[COLOURS.features()];
        float[] blue = new float[COLOURS.features()];
        Arrays.fill(red, 0, 108, 200);
        Arrays.fill(blue, 216, 324, 200);

        float[][] features = features(filters, new float[][] {red, blue});

        assertThat(features[0]).isNotEqualTo(features[1]);
    }

    private static float[][] images(int count, int channels) {
        SplittableRandom random = new SplittableRandom(7);
        float[][] images = new float[count][channels * IMAGE.features()];
        for (float[] image : images) {
            for (int i = 0; i < image.length; i++) {
                image[i] = random.nextInt(256);
            }
        }
        return images;
    }

    private static float[][] features(LocalFilters filters, float[][] images) {
        return features(filters, images, FeatureUse.SUMS);
    }

    private static float[][] features(LocalFilters filters, float[][] images, FeatureUse use) {
        int[] rows = new int[images.length];
        Arrays.setAll(rows, i -> i);
        float[][] features = new float[images.length][filters.count()];
        try (Lanes lanes = Lanes.startSharing(2);
                FeaturePass pass = filters.begin(lanes, use);
                NativeMatrix into = NativeMatrix.allocate(images.length, filters.count())) {
            pass.compute(new FeatureChunk(Examples.of(images, rows), rows, 0, rows.length, into));
            for (int e = 0; e < images.length; e++) {
                into.get(e, 0, features[e], 0, filters.count());
            }
        }
        return features;
    }

    /** As the Javadoc of {@link LocalFilters} has it, pixel by pixel. */
    private static double[] naive(LocalFilters filters, float[] image) {
        int down = IMAGE.height() + 2 * LocalFilterPass.EDGE - LocalFilterPass.KERNEL + 1;
        int across = IMAGE.width() + 2 * LocalFilterPass.EDGE - LocalFilterPass.KERNEL + 1;
        double[][] patches = new double[down * across][];
        double energy = 0;
        for (int p = 0; p < patches.length; p++) {
            patches[p] = patch(image, p / across, p % across);
            energy += energy(patches[p]) / patches.length;
        }
        float[][] vertical = LocalFilterPass.gaussians(down);
        float[][] horizontal = LocalFilterPass.gaussians(across);
        double[] features = new double[filters.count()];
        for (int p = 0; p < patches.length; p++) {
            double contrast = Math.sqrt(energy(patches[p]) + LocalFilterPass.SOFTENING * energy);
            for (int f = 0; f < filters.groups(); f++) {
                double response = 0;
                for (int tap = 0; tap < patches[p].length; tap++) {
                    response += patches[p][tap] / contrast * filters.filters()[f * patches[p].length + tap];
                }
                for (int part = 0; part < LocalFilters.PER_FILTER; part++) {
                    int cell = part / 2;
                    double signed = part % 2 == 0 ? response : -response;
                    features[part * filters.groups() + f] += Math.max(0, signed - LocalFilterPass.THRESHOLD)
                            * vertical[cell / LocalFilterPass.CELLS][p / across]
                            * horizontal[cell % LocalFilterPass.CELLS][p % across];
                }
            }
        }
        for (int i = 0; i < features.length; i++) {
            features[i] = Math.sqrt(features[i]);
        }
        return features;
    }

    private static double[] patch(float[] image, int top, int left) {
        double[] patch = new double[image.length / IMAGE.features() * LocalFilterPass.TAPS];
        for (int i = 0; i < patch.length; i++) {
            int tap = i % LocalFilterPass.TAPS;
            int y = top + tap / LocalFilterPass.KERNEL - LocalFilterPass.EDGE;
            int x = left + tap % LocalFilterPass.KERNEL - LocalFilterPass.EDGE;
            patch[i] = image[
                    i / LocalFilterPass.TAPS * IMAGE.features()
                            + Math.min(IMAGE.height() - 1, Math.max(0, y)) * IMAGE.width()
                            + Math.min(IMAGE.width() - 1, Math.max(0, x))];
        }
        return patch;
    }

    private static double energy(double[] patch) {
        double mean = 0;
        for (double value : patch) {
            mean += value / patch.length;
        }
        double energy = 0;
        for (double value : patch) {
            energy += (value - mean) * (value - mean);
        }
        return energy;
    }
}
