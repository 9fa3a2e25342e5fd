package sluice.gating;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Random numbers that are kept for some steps: the n-th of a step is drawn anew in every {@code steps}-th step only, other
 * places in other steps, so that a gate keeps its number, and with it its sample for as long as its probability stays on the
 * same side of it, while a {@code steps}-th of all gates may change in a step.
 *
 * <p>In each step by itself the numbers are what they would be without: uniform, and independent of each other. So for
 * given logits every gate is open with its own probability, and the mean of an estimate is what it is without, unless the
 * estimator {@linkplain #suits remembers} earlier steps: two that are less than {@code steps} apart have numbers in common.
 */
public final class HeldNoise implements RandomGenerator {
    private static final int ROOM = 64;

    private final RandomGenerator source;
    private final int steps;
    private long[] held = new long[ROOM];
    private int known;
    private int place;
    private int phase;

    /**
     * Nothing is kept yet.
     *
     * @param source what numbers are drawn from
     * @param steps for which each is kept; 1 for none
     * @throws IllegalArgumentException if steps are fewer than 1
     */
    public HeldNoise(RandomGenerator source, int steps) {
        checkArgument(steps >= 1, "steps must be at least 1, got %s", steps);
        this.source = source;
        this.steps = steps;
    }

    /**
     * {@return whether an estimation's mean is the same with such numbers: not where it remembers earlier steps, as baselines do that
     * follow the losses}
     *
     * @param estimation of any layout
     */
    public static boolean suits(GateEstimation estimation) {
        Memory memory = new Memory();
        estimation.state(memory);
        return !memory.told;
    }

    /** Hears whether anything is told. */
    private static final class Memory implements RunningState {
        private boolean told;

        @Override
        public void doubles(String name, double[] values) {
            told = true;
        }

        @Override
        public double number(String name, double value) {
            told = true;
            return value;
        }

        @Override
        public RunningState part(String name) {
            return this;
        }
    }

    /** Begins a step: what is asked for next is its first number. */
    public void beginStep() {
        place = 0;
        phase = phase + 1 == steps ? 0 : phase + 1;
    }

    @Override
    public long nextLong() {
        if (steps == 1) {
            return source.nextLong();
        }
        int at = place++;
        if (at >= known) {
            known = at + 1;
            if (known > held.length) {
                held = Arrays.copyOf(held, 2 * known);
            }
            held[at] = source.nextLong();
        } else if (at % steps == phase) {
            held[at] = source.nextLong();
        }
        return held[at];
    }

    /** {@return a copy of the numbers that are kept} */
    public long[] held() {
        return Arrays.copyOf(held, known);
    }

    /** {@return which places are drawn anew in this step, in [0, steps)} */
    public int phase() {
        return phase;
    }

    /**
     * Becomes what it was between two steps.
     *
     * @param numbers that are kept
     * @param ofStep which places were drawn anew in the last step
     * @throws IllegalArgumentException if no step draws those
     */
    public void restore(long[] numbers, int ofStep) {
        checkArgument(ofStep >= 0 && ofStep < steps, "phase must be in [0, %s), got %s", steps, ofStep);
        held = Arrays.copyOf(numbers, Math.max(ROOM, numbers.length));
        known = numbers.length;
        phase = ofStep;
    }
}
