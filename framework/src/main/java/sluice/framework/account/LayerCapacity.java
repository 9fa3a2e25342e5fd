package sluice.framework.account;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/**
 * What a task took of one hidden layer.
 *
 * @param layer {@code layer_1}, ... from the lowest on
 * @param units of the layer when the task was consolidated
 * @param openUnits units that the task uses: new and reused ones
 * @param newUnits those that no earlier task uses
 * @param reusedUnits those that an earlier task uses, so that they are frozen
 * @param freeUnits units that neither the task nor an earlier one uses; of layers that the task has left with its units, all that no task shares
 * @param undecidedGates gates whose open probability was between 0.05 and 0.95 when the task was consolidated
 * @param probabilities gates by open probability when the task was consolidated: how many in [0, 0.1), [0.1, 0.2), ...,
 *     [0.9, 1]; empty in a ledger taken later
 * @param budget how the budget was kept; empty where there was none, and in a ledger taken later
 */
public record LayerCapacity(
        String layer,
        int units,
        int openUnits,
        int newUnits,
        int reusedUnits,
        int freeUnits,
        int undecidedGates,
        ImmutableList<Integer> probabilities,
        Optional<BudgetKept> budget) {
    /** {@return share of the open units that are frozen, in [0, 1]; 0 where none is open} */
    public double reuse() {
        return openUnits == 0 ? 0 : (double) reusedUnits / openUnits;
    }

    /**
     * {@return the same with it}
     *
     * @param kept how closely the task's budget was kept
     */
    public LayerCapacity with(BudgetKept kept) {
        return new LayerCapacity(
                layer,
                units,
                openUnits,
                newUnits,
                reusedUnits,
                freeUnits,
                undecidedGates,
                probabilities,
                Optional.of(kept));
    }

    /**
     * {@return the same with them}
     *
     * @param counts gates by their open probability, in ten bins from 0 to 1
     */
    public LayerCapacity with(ImmutableList<Integer> counts) {
        return new LayerCapacity(
                layer, units, openUnits, newUnits, reusedUnits, freeUnits, undecidedGates, counts, budget);
    }
}
