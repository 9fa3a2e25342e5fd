package sluice.framework.predict.internal.kernel;

import java.util.Arrays;

/**
 * The products of {@link OrderedProduct}, bit for bit, for examples that lie in rows: an entry is the sum of its products by ascending term,
 * rounded after every product and every addition. Terms of a value 0 are left out, which changes no bit: they would add a zero, of either
 * sign, to a sum that is never a negative zero.
 *
 * <p>One thread's own; its scratch grows to the largest product seen and is then reused.
 */
public final class RowProduct {
    private static final int FOUR = 4;

    /** Weights at a time, about: they stay in a near cache, whichever example asks for them. */
    private static final int MOST_WEIGHTS = 1 << 15;

    private float[][] sums = new float[0][];
    private int[] done = new int[0];

    /** With scratch of its own. */
    public RowProduct() {}

    /** Where the sums of a panel go. */
    @FunctionalInterface
    public interface Sums {
        /**
         * Takes them.
         *
         * @param example whose they are
         * @param first unit of the first
         * @param units how many
         * @param sums from 0 on; may be written to
         */
        void take(int example, int first, int units, float[] sums);
    }

    /**
     * Multiplies; a row's sums come by ascending unit.
     *
     * @param weights of all units
     * @param rows values of the examples
     * @param examples how many
     * @param into takes the sums
     */
    public void multiply(UnitPanels weights, ValueRows rows, int examples, Sums into) {
        if (done.length < examples) {
            done = new int[examples];
            sums = new float[examples][0];
        }
        for (int p = 0; p < weights.panels(); p++) {
            int units = weights.units(p);
            clear(examples, units);
            if (examples == 1) {
                add(weights.panel(p), rows, 0, 0, rows.count(0));
            } else {
                multiply(weights.panel(p), units, rows, examples);
            }
            for (int r = 0; r < examples; r++) {
                into.take(r, weights.first(p), units, sums[r]);
            }
        }
    }

    private void clear(int examples, int units) {
        for (int r = 0; r < examples; r++) {
            if (sums[r].length < units) {
                sums[r] = new float[units];
            }
            Arrays.fill(sums[r], 0, units, 0);
        }
    }

    private void multiply(float[][] panel, int units, ValueRows rows, int examples) {
        int terms = Math.max(FOUR, MOST_WEIGHTS / units);
        Arrays.fill(done, 0);
        for (int first = 0; first < panel.length; first += terms) {
            int last = first + terms;
            for (int r = 0; r < examples; r++) {
                int[] places = rows.places(r);
                int count = rows.count(r);
                int from = done[r];
                int to = from;
                while (to < count && places[to] < last) {
                    to++;
                }
                add(panel, rows, r, from, to);
                done[r] = to;
            }
        }
    }

    private void add(float[][] panel, ValueRows rows, int example, int from, int to) {
        int[] places = rows.places(example);
        float[] values = rows.values(example);
        float[] sum = sums[example];
        int i = from;
        for (; i + FOUR <= to; i += FOUR) {
            addFour(panel, places, values, i, sum);
        }
        for (; i < to; i++) {
            addOne(panel[places[i]], values[i], sum);
        }
    }

    // one index for all arrays, and not too many of them: so the compiler takes vectors

    private static void addFour(float[][] panel, int[] places, float[] values, int i, float[] sum) {
        float x0 = values[i];
        float x1 = values[i + 1];
        float x2 = values[i + 2];
        float x3 = values[i + 3];
        float[] w0 = panel[places[i]];
        float[] w1 = panel[places[i + 1]];
        float[] w2 = panel[places[i + 2]];
        float[] w3 = panel[places[i + 3]];
        for (int u = 0; u < w0.length; u++) {
            sum[u] = (((sum[u] + w0[u] * x0) + w1[u] * x1) + w2[u] * x2) + w3[u] * x3;
        }
    }

    private static void addOne(float[] w, float x, float[] sum) {
        for (int u = 0; u < w.length; u++) {
            sum[u] += w[u] * x;
        }
    }
}
