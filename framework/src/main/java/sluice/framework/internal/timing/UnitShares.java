package sluice.framework.internal.timing;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import sluice.framework.internal.random.Shuffling;
import sluice.gating.UnitSet;

/**
 * How much of each hidden layer a task has open, and how much of it earlier tasks use.
 *
 * @param open share of the units that are open, in (0, 1]
 * @param frozen share that an earlier task uses, the same among open and closed units, in [0, 1]
 */
public record UnitShares(double open, double frozen) {
    /** All units open, nothing frozen: what a dense network does. */
    public static final UnitShares DENSE = new UnitShares(1, 0);

    /** Checks the ranges. */
    public UnitShares {
        checkArgument(open > 0 && open <= 1, "open must be in (0, 1], got %s", open);
        checkArgument(frozen >= 0 && frozen <= 1, "frozen must be in [0, 1], got %s", frozen);
    }

    /** Which units they are: spread over a layer as the seed has it. */
    Layer spread(int units, long seed) {
        int[] order = shuffled(units, new SplittableRandom(seed));
        int openCount = share(open, units);
        int openUsed = share(frozen, openCount);
        int closedUsed = share(frozen, units) - openUsed;
        return new Layer(members(order, 0, openCount), usedAmong(order, openUsed, openCount, closedUsed));
    }

    private static int share(double share, int units) {
        return (int) Math.round(share * units);
    }

    private static int[] shuffled(int units, RandomGenerator random) {
        int[] order = IntStream.range(0, units).toArray();
        Shuffling.shuffle(order, random);
        return order;
    }

    private static UnitSet usedAmong(int[] order, int openUsed, int openCount, int closedUsed) {
        return members(order, 0, openUsed).union(members(order, openCount, openCount + closedUsed));
    }

    private static UnitSet members(int[] order, int from, int to) {
        BitSet bits = new BitSet(order.length);
        for (int i = from; i < to; i++) {
            bits.set(order[i]);
        }
        return UnitSet.of(order.length, bits);
    }

    /**
     * The units of one layer.
     *
     * @param open by the task
     * @param used by an earlier task
     */
    record Layer(UnitSet open, UnitSet used) {
        /** Gate logits [units] that open them. */
        double[] logits() {
            return IntStream.range(0, open.universe())
                    .mapToDouble(i -> open.contains(i) ? 1 : -1)
                    .toArray();
        }
    }
}
