package sluice.framework.internal.random;

import java.util.random.RandomGenerator;

/**
 * A stream of random numbers that can say how far it is, and go on from there: SplitMix64 (Steele, Lea and Flood 2014) with the
 * golden gamma, the numbers of {@link java.util.SplittableRandom} of the same seed.
 */
public final class RandomStream implements RandomGenerator {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long position;

    public RandomStream(long seed) {
        this.position = seed;
    }

    @Override
    public long nextLong() {
        position += GOLDEN_GAMMA;
        long z = position;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    @Override
    public int nextInt() {
        position += GOLDEN_GAMMA;
        long z = position;
        z = (z ^ (z >>> 33)) * 0x62A9D9ED799705F5L;
        return (int) (((z ^ (z >>> 28)) * 0xCB24D0A5C88C35B3L) >>> 32);
    }

    /** How far it is. */
    public long position() {
        return position;
    }

    /** Goes on from there. */
    public void position(long other) {
        position = other;
    }
}
