package sluice.gating;

import java.util.random.RandomGenerator;

/** Returns the given uniform or normal numbers in order, and fails where more are wanted. */
final class FixedNoise implements RandomGenerator {
    private final double[] values;
    private int drawn;

    FixedNoise(double... values) {
        this.values = values;
    }

    @Override
    public double nextDouble() {
        if (drawn == values.length) {
            throw new AssertionError("more than " + values.length + " numbers drawn");
        }
        return values[drawn++];
    }

    @Override
    public double nextGaussian() {
        return nextDouble();
    }

    @Override
    public long nextLong() {
        throw new AssertionError("only uniform and normal numbers may be drawn");
    }

    int size() {
        return values.length;
    }

    int drawn() {
        return drawn;
    }
}
