package sluice.gating;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The largest share of each layer that a task may have open. While the task trains it is a constraint on the expected
 * open share, {@code mean p <= share}, that a {@link BudgetMultiplier} per layer holds to; at consolidation it is a hard
 * limit, {@link #limit}: a subnetwork never has more units open.
 *
 * <p>It is another thing than {@link SparsityRegulariser}, a price on units that no task uses yet, and both may stand
 * side by side: the price is paid however few units are open, the budget costs nothing while it is kept. With a budget
 * the price may well be 0.
 *
 * @param share in (0, 1]; 1 allows everything
 */
public record OpenBudget(double share) {
    /** No limit at all. */
    public static final OpenBudget NONE = new OpenBudget(1);

    /** Shares are written in decimals: 0.3 of 10 units is 3, though 0.3 * 10 in binary could come to less. */
    private static final double ROUNDING = 1e-9;

    /** Checks the range. */
    public OpenBudget {
        checkArgument(share > 0 && share <= 1, "budget must be in (0, 1], got %s", share);
    }

    /** {@return whether there is anything to keep to} */
    public boolean limits() {
        return share < 1;
    }

    /**
     * {@return units of it that a task may have open: the share, rounded down}
     *
     * @param units of a layer, at least 1
     */
    public int limit(int units) {
        return (int) Math.floor(share * units + ROUNDING);
    }

    /**
     * Keeps a subnetwork within the limit: where more units are open, those of the largest logits stay open, of equal
     * ones the first.
     *
     * @param open units that would be open, per layer
     * @param logits gate logits, per layer [units]
     * @return those units, at most {@link #limit} per layer
     */
    public Subnetwork applied(Subnetwork open, List<double[]> logits) {
        return new Subnetwork(IntStream.range(0, logits.size())
                .mapToObj(l -> largest(open.layers().get(l), logits.get(l)))
                .collect(ImmutableList.toImmutableList()));
    }

    private UnitSet largest(UnitSet open, double[] logits) {
        int limit = limit(open.universe());
        if (open.size() <= limit) {
            return open;
        }
        BitSet kept = new BitSet();
        open.toBitSet().stream()
                .boxed()
                .sorted((i, j) -> logits[i] == logits[j] ? i - j : Double.compare(logits[j], logits[i]))
                .limit(limit)
                .forEach(kept::set);
        return UnitSet.of(open.universe(), kept);
    }

    /** {@return the share} */
    @Override
    public String toString() {
        return Double.toString(share);
    }
}
