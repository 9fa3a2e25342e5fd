package sluice.gating;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The open units of a task, per hidden layer: deterministic, fixed when the task is consolidated.
 *
 * @param layers open units, lowest layer first
 */
public record Subnetwork(ImmutableList<UnitSet> layers) {
    /** Checks that there is a layer. */
    public Subnetwork {
        checkArgument(!layers.isEmpty(), "a subnetwork needs at least one layer");
    }

    /**
     * The units whose gates are more likely open than closed: p &gt; 1/2, which for any {@link GateModel} and slope is
     * a &gt; 0. (A deterministic {@link BinaryNeuron} opens at exactly 1/2 too; a subnetwork, which costs units for ever,
     * does not.)
     *
     * @param logits gate logits, per layer [units]
     * @return the subnetwork
     */
    public static Subnetwork of(List<double[]> logits) {
        return new Subnetwork(logits.stream().map(UnitSet::positive).collect(ImmutableList.toImmutableList()));
    }

    /**
     * {@return the same units in the wider layers}
     *
     * @param widths units per layer after growth, lowest first, none fewer than now
     */
    public Subnetwork widened(List<Integer> widths) {
        checkArgument(widths.size() == layers.size(), "%s widths for %s layers", widths.size(), layers.size());
        return new Subnetwork(IntStream.range(0, layers.size())
                .mapToObj(l -> layers.get(l).widened(widths.get(l)))
                .collect(ImmutableList.toImmutableList()));
    }
}
