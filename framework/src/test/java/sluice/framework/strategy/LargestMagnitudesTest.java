package sluice.framework.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class LargestMagnitudesTest {
    @Property(tries = 300)
    void theAnswerIsThatOfSortingHoweverValuesDrift(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int size, @ForAll boolean coarse) {
        SplittableRandom random = new SplittableRandom(seed);
        LargestMagnitudes largest = new LargestMagnitudes(size);
        float[] values = new float[size + 5];
        float[] steps = {1, 0.01f, 0.001f, 0, 0.3f, 0.01f};

        for (float step : steps) {
            for (int i = 0; i < values.length; i++) {
                values[i] += (float) (step * random.nextGaussian());
                values[i] = coarse ? Math.round(values[i]) : values[i];
            }
            int count = 1 + random.nextInt(size);
            float[] sorted = new float[size];
            for (int i = 0; i < size; i++) {
                sorted[i] = Math.abs(values[2 + i]);
            }
            Arrays.sort(sorted);

            assertThat(largest.smallestOf(count, values, 2, 2 + size)).isEqualTo(sorted[size - count]);
        }
    }
}
