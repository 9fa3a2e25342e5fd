package sluice.framework;

/**
 * Which units of a layer a step computes, in the order in which its compact matrices hold them: first the open units
 * that have something to learn, then the open ones that are frozen throughout, then closed ones whose value is needed
 * only for the gradient of their gate. Mutable, reused from step to step.
 */
final class ActiveUnits {
    private final int[] units;
    private final boolean everything;
    private int learning;
    private int open;
    private int observed;

    private ActiveUnits(int[] units, boolean everything) {
        this.units = units;
        this.everything = everything;
    }

    static ActiveUnits ofLayer(int units) {
        return new ActiveUnits(new int[units], false);
    }

    /** The inputs of the network: all open, in their own order, with nothing to learn. */
    static ActiveUnits inputs(int count) {
        ActiveUnits inputs = new ActiveUnits(new int[count], true);
        for (int i = 0; i < count; i++) {
            inputs.units[i] = i;
        }
        inputs.open = count;
        inputs.observed = count;
        return inputs;
    }

    /** Sorts the units of a new gate sample. */
    void choose(boolean[] isOpen, boolean[] canLearn, boolean observeClosed) {
        learning = appendOpen(0, isOpen, canLearn, true);
        open = appendOpen(learning, isOpen, canLearn, false);
        observed = observeClosed ? appendClosed(open, isOpen) : open;
    }

    private int appendOpen(int from, boolean[] isOpen, boolean[] canLearn, boolean learns) {
        int at = from;
        for (int i = 0; i < isOpen.length; i++) {
            if (isOpen[i] && canLearn[i] == learns) {
                units[at++] = i;
            }
        }
        return at;
    }

    private int appendClosed(int from, boolean[] isOpen) {
        int at = from;
        for (int i = 0; i < isOpen.length; i++) {
            if (!isOpen[i]) {
                units[at++] = i;
            }
        }
        return at;
    }

    int[] units() {
        return units;
    }

    /** Whether these are all units in their own order, so that rows need no gathering. */
    boolean everything() {
        return everything;
    }

    int learning() {
        return learning;
    }

    int open() {
        return open;
    }

    int observed() {
        return observed;
    }
}
