package sluice.tasks.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AreaMeansTest {
    private static Pixels pixels(int width, int... shades) {
        BufferedImage image = new BufferedImage(width, shades.length / width, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setPixels(0, 0, width, shades.length / width, shades);
        return Pixels.of(image);
    }

    private static double[] resized(Pixels stored, int width, int height) {
        AreaMeans means = new AreaMeans(stored, new PixelSize(height, width));
        double[] values = new double[width * height];
        for (int i = 0; i < values.length; i++) {
            values[i] = means.at(Channel.GREY, i % width, i / width);
        }
        return values;
    }

    @Test
    void aPixelIsTheMeanOfThoseThatItCovers() {
        Pixels stored = pixels(4, 0, 255, 10, 20, 255, 0, 30, 40, 1, 1, 136, 136, 1, 1, 136, 136);

        assertThat(resized(stored, 2, 2)).containsExactly(127.5, 25, 1, 136);
        assertThat(resized(stored, 1, 2)).containsExactly(76.25, 68.5);
    }

    @Test
    void whatItCoversInPartCountsInPart() {
        assertThat(resized(pixels(3, 0, 90, 240), 2, 1)).containsExactly((0 + 90 / 2.0) / 1.5, (90 / 2.0 + 240) / 1.5);
        assertThat(resized(pixels(1, 10, 20, 30, 40, 50), 1, 3))
                .containsExactly(
                        new double[] {
                            (10 + 20 * 2 / 3.0) * 0.6, (20 / 3.0 + 30 + 40 / 3.0) * 0.6, (40 * 2 / 3.0 + 50) * 0.6
                        },
                        within(1e-12));
    }

    @Test
    void oneThatIsMadeLargerKeepsItsShades() {
        assertThat(resized(pixels(2, 7, 200), 4, 2)).containsExactly(7, 7, 200, 200, 7, 7, 200, 200);
        assertThat(resized(pixels(2, 0, 90), 3, 1)).containsExactly(0, 45, 90);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "5,3", "13,17", "28,28", "40,9", "64,1"})
    void theMeanOfAllStaysAndUniformImagesDo(int width, int height) {
        Random random = new Random(1);
        int[] shades = random.ints(23 * 31, 0, 256).toArray();
        int[] uniform = random.ints(23 * 31, 136, 137).toArray();

        assertThat(resized(pixels(23, shades), width, height))
                .satisfies(found -> assertThat(Arrays.stream(found).average().orElseThrow())
                        .isCloseTo(Arrays.stream(shades).average().orElseThrow(), within(1e-9)));
        assertThat(resized(pixels(23, uniform), width, height)).containsOnly(136);
    }
}
