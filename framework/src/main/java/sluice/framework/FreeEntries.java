package sluice.framework;

import java.util.Arrays;
import sluice.gating.ConsolidatedSubnetworks;
import sluice.gating.UnitSet;

/**
 * What a task may write in one layer: fixed while the task trains. A row is free as a whole, frozen throughout, or
 * frozen at some inputs.
 */
final class FreeEntries {
    private final UnitSet used;
    private final boolean[][] frozenInputs;
    private final boolean[] canLearn;

    /**
     * @param layer hidden layer, from 0
     * @param inputs units of the layer below, or inputs of the network
     */
    FreeEntries(ConsolidatedSubnetworks consolidated, int layer, int inputs) {
        used = consolidated.used(layer);
        frozenInputs = new boolean[used.universe()][];
        canLearn = new boolean[used.universe()];
        boolean[] nothing = new boolean[inputs];
        boolean[] everything = new boolean[inputs];
        Arrays.fill(everything, true);
        for (int unit = 0; unit < frozenInputs.length; unit++) {
            int frozen = 0;
            frozenInputs[unit] = nothing;
            if (used.contains(unit) && layer == 0) {
                frozenInputs[unit] = everything;
                frozen = inputs;
            } else if (used.contains(unit)) {
                int[] members = consolidated.frozenInputs(layer, unit).toArray();
                frozenInputs[unit] = new boolean[inputs];
                for (int input : members) {
                    frozenInputs[unit][input] = true;
                }
                frozen = members.length;
            }
            canLearn[unit] = frozen < inputs;
        }
    }

    /** Units that a consolidated task uses; all others are wholly free, bias included. */
    UnitSet used() {
        return used;
    }

    boolean rowFree(int unit) {
        return !used.contains(unit);
    }

    /** Per input, whether its weight into the unit is frozen; not to be written to. */
    boolean[] frozenInputs(int unit) {
        return frozenInputs[unit];
    }

    /** Per unit, whether any weight into it is free. */
    boolean[] canLearn() {
        return canLearn;
    }
}
