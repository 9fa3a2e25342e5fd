package sluice.tasks;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * Neighbouring outputs of a layer.
 *
 * @param from the first, at least 0
 * @param to the one after the last, above {@code from}
 */
public record OutputRange(int from, int to) {
    /** Checks the ranges. */
    public OutputRange {
        checkArgument(from >= 0, "from must be at least 0, got %s", from);
        checkArgument(to > from, "to must be above from, which is %s, got %s", from, to);
    }

    /** {@return how many} */
    public int size() {
        return to - from;
    }

    /**
     * {@return whether it is one of these}
     *
     * @param output of the layer
     */
    public boolean contains(int output) {
        return output >= from && output < to;
    }

    /**
     * {@return the output with the largest score, the first of equals}
     *
     * @param scores row-major
     * @param start where an example's scores start
     */
    public int largest(float[] scores, int start) {
        int best = from;
        for (int o = from + 1; o < to; o++) {
            best = scores[start + o] > scores[start + best] ? o : best;
        }
        return best;
    }
}
