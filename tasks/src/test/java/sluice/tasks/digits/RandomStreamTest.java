package sluice.tasks.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RandomStreamTest {
    @Test
    void bitsAreThoseOfTheReferenceImplementation() {
        RandomStream random = new RandomStream(1234567);

        assertThat(random.bits()).isEqualTo(6457827717110365317L);
        assertThat(random.bits()).isEqualTo(3203168211198807973L);
        assertThat(random.bits()).isEqualTo(Long.parseUnsignedLong("9817491932198370423"));
    }

    @Test
    void bellHasMeanZeroAndDeviationOne() {
        RandomStream random = new RandomStream(1);
        int draws = 200_000;

        double mean = 0;
        double square = 0;
        double largest = 0;
        for (int i = 0; i < draws; i++) {
            double x = random.bell();
            mean += x / draws;
            square += x * x / draws;
            largest = Math.max(largest, Math.abs(x));
        }

        assertThat(mean).isCloseTo(0, within(0.01));
        assertThat(square).isCloseTo(1, within(0.02));
        assertThat(largest).isLessThan(Math.sqrt(12));
    }

    @Test
    void wholeNumbersBelowABoundAreEquallyLikely() {
        RandomStream random = new RandomStream(2);

        int[] counts = new int[7];
        for (int i = 0; i < 70_000; i++) {
            counts[random.below(7)]++;
        }

        for (int count : counts) {
            assertThat(count).isBetween(9_600, 10_400);
        }
    }

    @Test
    void uniformStaysInItsRangeAndFillsIt() {
        RandomStream random = new RandomStream(3);

        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < 10_000; i++) {
            double x = random.uniform(-2, 3);
            least = Math.min(least, x);
            most = Math.max(most, x);
        }

        assertThat(least).isBetween(-2.0, -1.99);
        assertThat(most).isBetween(2.99, 3.0);
    }

    @Test
    void derivedSeedsDifferByPurpose() {
        assertThat(RandomStream.derive(5, 0))
                .isNotEqualTo(RandomStream.derive(5, 1))
                .isNotEqualTo(RandomStream.derive(6, 0))
                .isEqualTo(RandomStream.derive(5, 0));
    }
}
