package sluice.tasks;

import org.apache.commons.math3.random.MersenneTwister;

/**
 * Permutations as NumPy's older generator draws them, {@code numpy.random.seed(seed)} and then
 * {@code numpy.random.permutation(size)}: published comparisons are repeatable by it. The generator is MT19937 (Matsumoto and
 * Nishimura 1998), the shuffle is that of Fisher and Yates from the end, with draws that are masked and rejected.
 */
final class NumpyPermutation {
    private NumpyPermutation() {}

    /**
     * {@return 0 to size - 1, each once}
     *
     * @param size how many there are to order, at least 1
     * @param seed 0 to 2^31 - 1
     * @throws InputException if the seed is another
     */
    static int[] of(int size, long seed) {
        if (seed < 0 || seed > Integer.MAX_VALUE) {
            throw new InputException("the order of NumPy needs a seed from 0 to 2147483647, got %d: choose another seed"
                    .formatted(seed));
        }
        MersenneTwister generator = new MersenneTwister((int) seed);
        return DrawnOrder.shuffled(size, i -> upTo(i, generator));
    }

    private static int upTo(int most, MersenneTwister generator) {
        int mask = 2 * Integer.highestOneBit(most) - 1;
        int drawn = generator.nextInt() & mask;
        while (drawn > most) {
            drawn = generator.nextInt() & mask;
        }
        return drawn;
    }
}
