package sluice.framework.strategy;

/**
 * Finds how large the largest so many magnitudes of an array's range are. Asked again and again of values that change
 * little in between, it looks at few of them twice: only those near its last answer. One owner.
 */
final class LargestMagnitudes {
    private static final float NEAR = 0.02f;

    private final float[] candidates;
    private float last;

    /**
     * @param capacity longest range
     */
    LargestMagnitudes(int capacity) {
        this.candidates = new float[capacity];
    }

    /**
     * The magnitude that {@code count} values reach, ties aside.
     *
     * @param count in [1, to - from]
     * @return the smallest among the largest {@code count} magnitudes
     */
    float smallestOf(int count, float[] values, int from, int to) {
        // magnitudes are ordered as their bits are; where half are above, a branch would be guessed wrongly half the
        // time
        int low = Float.floatToRawIntBits(last * (1 - NEAR));
        int high = Float.floatToRawIntBits(last * (1 + NEAR));
        int above = 0;
        int size = 0;
        for (int i = from; i < to; i++) {
            int bits = Float.floatToRawIntBits(values[i]) & Integer.MAX_VALUE;
            above += (high - bits) >>> 31;
            if (((bits - low) | (high - bits)) >= 0) {
                candidates[size++] = Float.intBitsToFloat(bits);
            }
        }
        if (count <= above || count > above + size) {
            above = 0;
            size = to - from;
            for (int i = 0; i < size; i++) {
                candidates[i] = Math.abs(values[from + i]);
            }
        }
        last = select(size - (count - above), size);
        return last;
    }

    /** The candidate that would be at a position if the first so many were sorted (Hoare's quickselect). */
    private float select(int position, int size) {
        int from = 0;
        int to = size - 1;
        while (from < to) {
            float pivot = candidates[(from + to) >>> 1];
            int i = from;
            int j = to;
            while (i <= j) {
                while (candidates[i] < pivot) {
                    i++;
                }
                while (candidates[j] > pivot) {
                    j--;
                }
                if (i <= j) {
                    float swapped = candidates[i];
                    candidates[i++] = candidates[j];
                    candidates[j--] = swapped;
                }
            }
            if (position <= j) {
                to = j;
            } else if (position >= i) {
                from = i;
            } else {
                return candidates[position];
            }
        }
        return candidates[position];
    }
}
