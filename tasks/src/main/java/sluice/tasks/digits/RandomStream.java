package sluice.tasks.digits;

/**
 * A stream of random numbers that is the same on every machine and in every Java release: SplitMix64 (Steele, Lea and
 * Flood 2014, "Fast splittable pseudorandom number generators", figure 17). Mutable; belongs to one drawing.
 *
 * <p>{@link java.util.SplittableRandom} promises its bits only within a release, and how it forms doubles has changed.
 */
final class RandomStream {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    /** Standard deviation of a sum of four independent U(0,1) is 1/sqrt(3). */
    private static final double IRWIN_HALL_SCALE = Math.sqrt(3);

    private long state;

    RandomStream(long seed) {
        state = seed;
    }

    /**
     * A seed for a purpose of its own.
     *
     * @param seed what it is derived from
     * @param purpose which purpose; different ones give unrelated seeds
     * @return the derived seed
     */
    static long derive(long seed, long purpose) {
        return mix(mix(seed + GOLDEN_GAMMA) + GOLDEN_GAMMA * (purpose + 1));
    }

    /** {@return 64 uniform bits} */
    long bits() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /**
     * {@return uniform in [low, high)}
     *
     * @param low lower bound
     * @param high upper bound
     */
    double uniform(double low, double high) {
        return low + (high - low) * (bits() >>> 11) * 0x1p-53;
    }

    /**
     * {@return uniform in 0 to bound - 1}
     *
     * @param bound at least 1
     */
    int below(int bound) {
        return (int) (((bits() >>> 32) * bound) >>> 32);
    }

    /**
     * {@return bell-shaped with mean 0 and deviation 1, within 2 sqrt(3) = 3.46 of 0: the scaled sum of four uniforms
     * (Irwin-Hall), so that no drawing is ever wild}
     */
    double bell() {
        long b = bits();
        long sum = (b & 0xFFFF) + (b >>> 16 & 0xFFFF) + (b >>> 32 & 0xFFFF) + (b >>> 48);
        return (sum * 0x1p-16 - 2 + 0x1p-15) * IRWIN_HALL_SCALE;
    }

    private static long mix(long z) {
        long once = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        long twice = (once ^ once >>> 27) * 0x94D049BB133111EBL;
        return twice ^ twice >>> 31;
    }
}
