package sluice.framework;

import java.util.BitSet;
import sluice.gating.ConsolidatedSubnetworks;
import sluice.gating.UnitSet;

/**
 * What a task may write in one layer: fixed while the task trains. A row is free as a whole, frozen throughout, or
 * frozen at some inputs.
 */
final class FreeEntries {
    private static final BitSet NOTHING = new BitSet();

    private final UnitSet used;
    private final BitSet[] frozenInputs;
    private final boolean[] canLearn;

    /**
     * @param layer hidden layer, from 0
     * @param inputs units of the layer below, or inputs of the network
     */
    FreeEntries(ConsolidatedSubnetworks consolidated, int layer, int inputs) {
        used = consolidated.used(layer);
        frozenInputs = new BitSet[used.universe()];
        canLearn = new boolean[used.universe()];
        for (int unit = 0; unit < frozenInputs.length; unit++) {
            frozenInputs[unit] = frozenInputs(consolidated, layer, unit, inputs);
            canLearn[unit] = frozenInputs[unit].cardinality() < inputs;
        }
    }

    private BitSet frozenInputs(ConsolidatedSubnetworks consolidated, int layer, int unit, int inputs) {
        if (!used.contains(unit)) {
            return NOTHING;
        }
        return layer == 0
                ? UnitSet.all(inputs).toBitSet()
                : consolidated.frozenInputs(layer, unit).toBitSet();
    }

    /** Units that a consolidated task uses; all others are wholly free, bias included. */
    UnitSet used() {
        return used;
    }

    boolean rowFree(int unit) {
        return !used.contains(unit);
    }

    boolean frozen(int unit, int input) {
        return frozenInputs[unit].get(input);
    }

    /** Per unit, whether any weight into it is free. */
    boolean[] canLearn() {
        return canLearn;
    }
}
