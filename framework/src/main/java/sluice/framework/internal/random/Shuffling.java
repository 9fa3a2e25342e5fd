package sluice.framework.internal.random;

import java.util.random.RandomGenerator;

/** Deals positions out anew. */
public final class Shuffling {
    private Shuffling() {}

    /**
     * Brings them into an order of which all are as likely (Fisher and Yates), by one number less than there are positions.
     *
     * @param order overwritten
     * @param random where numbers are drawn from
     */
    public static void shuffle(int[] order, RandomGenerator random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
    }
}
