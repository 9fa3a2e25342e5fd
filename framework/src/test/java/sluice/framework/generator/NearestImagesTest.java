package sluice.framework.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class NearestImagesTest {
    private static float[][] images(int count, long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        float[][] images = new float[count][12];
        for (float[] image : images) {
            for (int j = 0; j < image.length; j++) {
                image[j] = random.nextFloat();
            }
        }
        return images;
    }

    @Test
    void distancesAreTheLeastOfAllPairs() {
        float[][] others = images(70, 1);
        float[][] asked = images(300, 2);

        try (NearestImages nearest = new NearestImages(others)) {
            double[] distances = nearest.distances(asked);

            for (int i = 0; i < asked.length; i++) {
                float[] one = asked[i];
                double least = Arrays.stream(others)
                        .mapToDouble(other -> distance(one, other))
                        .min()
                        .orElseThrow();
                assertThat(distances[i]).isCloseTo(least, within(1e-5));
            }
        }
    }

    private static double distance(float[] one, float[] other) {
        double sum = 0;
        for (int j = 0; j < one.length; j++) {
            sum += Math.pow(one[j] - other[j], 2);
        }
        return Math.sqrt(sum);
    }

    @Test
    void copiesAreAtNoDistance() {
        float[][] others = images(20, 3);

        try (NearestImages nearest = new NearestImages(others)) {
            assertThat(nearest.median(others)).isCloseTo(0, within(1e-3));
        }
    }

    @Test
    void theMedianOfAnEvenCountLiesBetween() {
        float[][] others = {{0, 0}};

        try (NearestImages nearest = new NearestImages(others)) {
            assertThat(nearest.median(new float[][] {{3, 4}, {1, 0}})).isCloseTo(3, within(1e-6));
        }
    }
}
