package sluice.gating;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkElementIndex;

import java.util.BitSet;

/** Some of a layer's units, as an immutable bit set. */
public final class UnitSet {
    private final int universe;
    private final BitSet bits;

    private UnitSet(int universe, BitSet bits) {
        this.universe = universe;
        this.bits = bits;
    }

    /**
     * {@return no unit}
     *
     * @param universe units of the layer, at least 1
     */
    public static UnitSet none(int universe) {
        return of(universe, new BitSet());
    }

    /**
     * {@return every unit}
     *
     * @param universe units of the layer, at least 1
     */
    public static UnitSet all(int universe) {
        BitSet bits = new BitSet();
        bits.set(0, Math.max(0, universe));
        return of(universe, bits);
    }

    /**
     * {@return the set}
     *
     * @param universe units of the layer, at least 1
     * @param bits the members, each below universe; copied
     */
    public static UnitSet of(int universe, BitSet bits) {
        checkArgument(universe >= 1, "universe must be at least 1, got %s", universe);
        checkArgument(bits.length() <= universe, "unit %s is outside a layer of %s", bits.length() - 1, universe);
        return new UnitSet(universe, (BitSet) bits.clone());
    }

    /**
     * {@return the units whose value is above 0}
     *
     * @param values by unit of the layer, at least one
     */
    public static UnitSet positive(double[] values) {
        BitSet bits = new BitSet(values.length);
        for (int i = 0; i < values.length; i++) {
            bits.set(i, values[i] > 0);
        }
        return of(values.length, bits);
    }

    /** {@return units of the layer} */
    public int universe() {
        return universe;
    }

    /** {@return number of members} */
    public int size() {
        return bits.cardinality();
    }

    /**
     * {@return whether it is a member}
     *
     * @param unit from 0
     */
    public boolean contains(int unit) {
        checkElementIndex(unit, universe, "unit");
        return bits.get(unit);
    }

    /**
     * {@return members of either}
     *
     * @param other a set of the same layer
     */
    public UnitSet union(UnitSet other) {
        checkArgument(universe == other.universe, "layers of %s and %s units", universe, other.universe);
        BitSet both = (BitSet) bits.clone();
        both.or(other.bits);
        return new UnitSet(universe, both);
    }

    /**
     * {@return members of both}
     *
     * @param other a set of the same layer
     */
    public UnitSet intersection(UnitSet other) {
        checkArgument(universe == other.universe, "layers of %s and %s units", universe, other.universe);
        BitSet both = (BitSet) bits.clone();
        both.and(other.bits);
        return new UnitSet(universe, both);
    }

    /**
     * {@return members of this set that are not in the other}
     *
     * @param other a set of the same layer
     */
    public UnitSet minus(UnitSet other) {
        checkArgument(universe == other.universe, "layers of %s and %s units", universe, other.universe);
        BitSet rest = (BitSet) bits.clone();
        rest.andNot(other.bits);
        return new UnitSet(universe, rest);
    }

    /**
     * {@return the same members in the wider layer}
     *
     * @param units of the layer after it has grown, at least as many as now
     */
    public UnitSet widened(int units) {
        checkArgument(units >= universe, "a layer of %s units cannot shrink to %s", universe, units);
        return units == universe ? this : new UnitSet(units, bits);
    }

    /** {@return members, ascending} */
    public int[] toArray() {
        return bits.stream().toArray();
    }

    /** {@return members as a mutable copy} */
    public BitSet toBitSet() {
        return (BitSet) bits.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UnitSet that && universe == that.universe && bits.equals(that.bits);
    }

    @Override
    public int hashCode() {
        return 31 * universe + bits.hashCode();
    }

    @Override
    public String toString() {
        return size() + " of " + universe + " units " + bits;
    }
}
