package sluice.framework.plain;

import java.util.stream.IntStream;
import sluice.framework.internal.layer.OpenUnits;

/**
 * Units that are all open and all free, in their own order: what a plain network is to products that know of gates.
 *
 * @param units every unit, ascending
 */
record AllOpen(int[] units) implements OpenUnits {
    static AllOpen of(int count) {
        return new AllOpen(IntStream.range(0, count).toArray());
    }

    @Override
    public int first() {
        return 0;
    }

    @Override
    public int boundary() {
        return units.length;
    }

    @Override
    public int end() {
        return units.length;
    }
}
