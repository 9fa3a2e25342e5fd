package sluice.gating;

import java.util.random.RandomGenerator;

/** Returns the given uniform numbers in order, and fails where more are wanted. */
final class FixedNoise implements RandomGenerator {
    private final double[] values;
    private int drawn;

    FixedNoise(double... values) {
        this.values = values;
    }

    @Override
    public double nextDouble() {
        if (drawn == values.length) {
            throw new AssertionError("more than " + values.length + " uniform numbers drawn");
        }
        return values[drawn++];
    }

    @Override
    public long nextLong() {
        throw new AssertionError("only uniform numbers may be drawn");
    }

    int drawn() {
        return drawn;
    }
}
