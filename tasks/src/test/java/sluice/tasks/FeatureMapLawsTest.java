package sluice.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class FeatureMapLawsTest {
    private static float[] mapped(FeatureMap map, float[] features) {
        float[] into = new float[features.length];
        map.apply(features, 0, into);
        return into;
    }

    @Provide
    Arbitrary<int[]> orders() {
        return Arbitraries.integers()
                .between(1, 30)
                .flatMap(size -> Arbitraries.shuffle(
                                IntStream.range(0, size).boxed().toList())
                        .map(order -> order.stream().mapToInt(i -> i).toArray()));
    }

    @Property(tries = 200)
    void aPermutationAndItsInverseGiveTheFeaturesBack(@ForAll("orders") int[] order) {
        int[] inverse = new int[order.length];
        float[] features = new float[order.length];
        for (int i = 0; i < order.length; i++) {
            inverse[order[i]] = i;
            features[i] = 0.5f + i;
        }

        float[] there = mapped(new FeatureMap.Permutation(order), features);

        assertThat(mapped(new FeatureMap.Permutation(inverse), there)).isEqualTo(features);
    }

    @Property(tries = 200)
    void fourQuarterTurnsOfASquareGiveEveryBitBack(
            @ForAll @Size(25) List<@FloatRange(min = -9, max = 9) Float> pixels, @ForAll boolean clockwise) {
        float[] image = new float[25];
        IntStream.range(0, 25).forEach(i -> image[i] = pixels.get(i) + 0f);
        FeatureMap quarter = Rotation.of(5, 5, clockwise ? -90 : 90);

        float[] turned = image;
        for (int i = 0; i < 4; i++) {
            turned = mapped(quarter, turned);
        }

        assertThat(turned).isEqualTo(image);
    }

    @Property(tries = 200)
    void aTurnedPixelLiesBetweenTheDarkestAndTheBrightestAndZero(
            @ForAll @IntRange(min = 1, max = 8) int height,
            @ForAll @IntRange(min = 1, max = 8) int width,
            @ForAll @DoubleRange(min = -720, max = 720) double degrees) {
        float[] bright = new float[height * width];
        Arrays.fill(bright, 200);

        float[] turned = mapped(Rotation.of(height, width, degrees), bright);

        for (float pixel : turned) {
            assertThat(pixel).isBetween(0f, 200.001f);
        }
    }

    @Property(tries = 100)
    void everyChannelIsTurnedAsAnImageOfItsOwn(
            @ForAll @IntRange(min = 1, max = 4) int channels,
            @ForAll @Size(30) List<@FloatRange(min = 0, max = 255) Float> pixels,
            @ForAll @DoubleRange(min = -720, max = 720) double degrees) {
        float[] image = new float[30 * channels];
        IntStream.range(0, image.length).forEach(i -> image[i] = pixels.get((7 * i + i / 30) % 30) + 0f);

        float[] turned = mapped(Rotation.of(new Shape.Channels(channels, 5, 6), degrees), image);

        for (int first = 0; first < image.length; first += 30) {
            float[] channel = Arrays.copyOfRange(image, first, first + 30);
            assertThat(Arrays.copyOfRange(turned, first, first + 30))
                    .isEqualTo(mapped(Rotation.of(5, 6, degrees), channel));
        }
    }

    @Property(tries = 100)
    void theCentreStaysWhereItIs(@ForAll @DoubleRange(min = -720, max = 720) double degrees) {
        float[] image = new float[49];
        image[24] = 8;

        assertThat(mapped(Rotation.of(7, 7, degrees), image)[24]).isCloseTo(8, within(1e-5f));
    }
}
