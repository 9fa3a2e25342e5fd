package sluice.tasks.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.Floats;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.tasks.DataSet;
import sluice.tasks.Examples;
import sluice.tasks.Shape;

class DigitsTest {
    @Test
    void aSeedGivesTheSameBytesOnEveryMachine() {
        DataSet drawn = Digits.draw(200, 100, 42);

        assertThat(drawn.checksums())
                .containsEntry(
                        "digits-train-images", "c458923beac69d1e2471086983812011cbece77d758d857b2b6fd3aaba6fb72d")
                .containsEntry(
                        "digits-train-labels", "3e547bc419354e461370a3965f0e6699335765d8a81f107e06b7cee3f126de45")
                .containsEntry("digits-test-images", "8ef49d383a3ac72948670ce251ba52a9e6c08b835b1b5c1a0380641ceae60919")
                .containsEntry(
                        "digits-test-labels", "c33daa9b64a99305eb9ca05a05c4fd61076fcd9fd052700f3b93921c4d8ab617");
    }

    @Test
    void aDrawIsANamedDataSetInTheShapeOfMnist() {
        DataSet drawn = Digits.draw(20, 10, 1);

        assertThat(drawn.name()).isEqualTo("digits");
        assertThat(drawn.train().size()).isEqualTo(20);
        assertThat(drawn.test().size()).isEqualTo(10);
        assertThat(drawn.train().features()).isEqualTo(784);
        assertThat(drawn.shape()).isEqualTo(new Shape.Image(28, 28));
    }

    @Test
    void anotherSeedGivesOtherImagesAndLabels() {
        DataSet one = Digits.draw(100, 10, 1);
        DataSet other = Digits.draw(100, 10, 2);

        assertThat(one.checksums().values())
                .doesNotContainAnyElementsOf(other.checksums().values());
    }

    @Test
    void aLargerDrawBeginsWithTheSmallerOne() {
        DataSet small = Digits.draw(105, 33, 7);
        DataSet large = Digits.draw(400, 200, 7);

        assertIsPrefix(small.train(), large.train());
        assertIsPrefix(small.test(), large.test());
    }

    @Test
    void eachTenConsecutiveExamplesAreTheTenDigitsInVaryingOrder() {
        int[] labels = Digits.draw(500, 10, 3).train().labels();

        Set<String> orders = new HashSet<>();
        for (int i = 0; i < labels.length; i += 10) {
            int[] ten = Arrays.copyOfRange(labels, i, i + 10);
            orders.add(Arrays.toString(ten));
            assertThat(ten).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        }
        assertThat(orders).hasSizeGreaterThan(45);
    }

    @Test
    void noImageIsDrawnTwice() {
        DataSet drawn = Digits.draw(2000, 2000, 5);

        Set<List<Float>> images = new HashSet<>();
        for (int i = 0; i < 2000; i++) {
            images.add(Floats.asList(drawn.train().row(i)));
            images.add(Floats.asList(drawn.test().row(i)));
        }
        assertThat(images).hasSize(4000);
    }

    @Test
    void pixelsAreWholeNumbersFrom0To255() {
        for (float pixel : pixels(Digits.draw(1000, 10, 11).train())) {
            assertThat(pixel == (int) pixel && pixel >= 0 && pixel <= 255)
                    .as("pixel %s", pixel)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void everyDigitHasInkAboutTheMiddleAndLittleAtTheRim(int digit) {
        double meanX = 0;
        double meanY = 0;
        for (int seed = 0; seed < 300; seed++) {
            float[] image = Digits.image(digit, seed);

            Ink ink = Ink.of(image);
            assertThat(ink.mass()).as("ink of seed %s", seed).isBetween(18.0, 260.0);
            assertThat(ink.centreX()).as("centre of seed %s", seed).isBetween(9.5, 18.5);
            assertThat(ink.centreY()).as("centre of seed %s", seed).isBetween(9.5, 18.5);
            assertThat(ink.atRim()).as("rim of seed %s", seed).isLessThan(0.02 * ink.mass());
            meanX += ink.centreX() / 300;
            meanY += ink.centreY() / 300;
        }
        assertThat(meanX).isCloseTo(14, within(0.4));
        assertThat(meanY).isCloseTo(14, within(0.4));
    }

    @Test
    void pixelsAreAboutAsBrightAndAsVariedAsMnists() {
        float[] values = pixels(Digits.draw(2000, 10, 13).train());

        double mean = 0;
        double square = 0;
        for (float pixel : values) {
            mean += pixel / 255 / values.length;
            square += pixel / 255 * pixel / 255 / values.length;
        }

        assertThat(mean).isBetween(0.11, 0.15);
        assertThat(Math.sqrt(square - mean * mean)).isBetween(0.25, 0.33);
    }

    @Test
    void anImageDependsOnItsDigitAndSeedOnly() {
        assertThat(Digits.image(4, 9)).isEqualTo(Digits.image(4, 9));
        assertThat(Digits.image(4, 9)).isNotEqualTo(Digits.image(4, 10)).isNotEqualTo(Digits.image(5, 9));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 10})
    void aDigitOutOfRangeIsRefused(int digit) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Digits.image(digit, 1))
                .withMessage("digit must be in [0, 9], got " + digit);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, 0, 9, 2739138})
    void aSizeOutOfRangeIsRefused(int size) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Digits.draw(size, 10, 1))
                .withMessage("trainSize must be in [10, 2739137], got " + size);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Digits.draw(10, size, 1))
                .withMessage("testSize must be in [10, 2739137], got " + size);
    }

    private static void assertIsPrefix(Examples small, Examples large) {
        assertThat(large.labels()).startsWith(small.labels());
        assertThat(Arrays.copyOf(pixels(large), pixels(small).length)).isEqualTo(pixels(small));
    }

    private static float[] pixels(Examples examples) {
        return Floats.concat(
                IntStream.range(0, examples.size()).mapToObj(examples::row).toArray(float[][]::new));
    }

    /** How much ink an image has, in full pixels, where its centre of mass is, and how much lies on the rim. */
    private record Ink(double mass, double centreX, double centreY, double atRim) {
        static Ink of(float[] image) {
            double mass = 0;
            double x = 0;
            double y = 0;
            double rim = 0;
            for (int i = 0; i < image.length; i++) {
                int column = i % Digits.SIDE;
                int row = i / Digits.SIDE;
                double share = image[i] / 255;
                mass += share;
                x += share * (column + 0.5);
                y += share * (row + 0.5);
                rim += Math.min(row, column) == 0 || Math.max(row, column) == Digits.SIDE - 1 ? share : 0;
            }
            return new Ink(mass, x / mass, y / mass, rim);
        }
    }
}
