package sluice.gating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.BitSet;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnitSetTest {
    private static final int UNIVERSE = 70;

    @Property
    void membersAreThoseOfTheModel(@ForAll Set<@IntRange(max = UNIVERSE - 1) Integer> model) {
        UnitSet units = units(model);

        assertThat(units.universe()).isEqualTo(UNIVERSE);
        assertThat(units.size()).isEqualTo(model.size());
        assertThat(units.toArray())
                .containsExactly(new TreeSet<>(model)
                        .stream().mapToInt(Integer::intValue).toArray());
        for (int unit = 0; unit < UNIVERSE; unit++) {
            assertThat(units.contains(unit)).isEqualTo(model.contains(unit));
        }
    }

    @Property
    void unionHasTheMembersOfEitherAndChangesNeither(
            @ForAll Set<@IntRange(max = UNIVERSE - 1) Integer> left,
            @ForAll Set<@IntRange(max = UNIVERSE - 1) Integer> right) {
        UnitSet leftUnits = units(left);
        UnitSet rightUnits = units(right);
        Set<Integer> both = new TreeSet<>(left);
        both.addAll(right);

        UnitSet union = leftUnits.union(rightUnits);

        assertThat(union).isEqualTo(units(both)).isEqualTo(rightUnits.union(leftUnits));
        assertThat(leftUnits).isEqualTo(units(left));
        assertThat(rightUnits).isEqualTo(units(right));
    }

    @Property
    void setsAreEqualWhereUniverseAndMembersAre(
            @ForAll Set<@IntRange(max = UNIVERSE - 1) Integer> left,
            @ForAll Set<@IntRange(max = UNIVERSE - 1) Integer> right) {
        assertThat(units(left).equals(units(right))).isEqualTo(left.equals(right));
        assertThat(units(left)).hasSameHashCodeAs(units(Set.copyOf(left)));
        assertThat(units(left)).isNotEqualTo(UnitSet.of(UNIVERSE + 1, bits(left)));
    }

    @Property
    void membersSurviveTheRoundTripThroughBits(@ForAll Set<@IntRange(max = UNIVERSE - 1) Integer> model) {
        UnitSet units = units(model);

        assertThat(UnitSet.of(UNIVERSE, units.toBitSet())).isEqualTo(units);
    }

    @Property
    void changingGivenOrReturnedBitsChangesNothing(@ForAll Set<@IntRange(max = UNIVERSE - 1) Integer> model) {
        BitSet given = bits(model);
        UnitSet units = UnitSet.of(UNIVERSE, given);

        given.flip(0, UNIVERSE);
        units.toBitSet().flip(0, UNIVERSE);

        assertThat(units).isEqualTo(units(model));
    }

    @Test
    void changingTheArrayOfMembersChangesNothing() {
        UnitSet units = units(Set.of(3, 5));

        units.toArray()[0] = 4;

        assertThat(units.toArray()).containsExactly(3, 5);
    }

    @Test
    void noneHasNoMemberAndAllHasEveryOne() {
        assertThat(UnitSet.none(UNIVERSE).size()).isZero();
        assertThat(UnitSet.all(UNIVERSE).size()).isEqualTo(UNIVERSE);
        assertThat(UnitSet.none(UNIVERSE).union(UnitSet.all(UNIVERSE))).isEqualTo(UnitSet.all(UNIVERSE));
    }

    @Test
    void textTellsHowManyAndWhich() {
        assertThat(UnitSet.of(4, bits(Set.of(1, 2)))).hasToString("2 of 4 units {1, 2}");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void layerWithoutUnitsIsRefused(int universe) {
        String message = "universe must be at least 1, got " + universe;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> UnitSet.none(universe))
                .withMessage(message);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UnitSet.all(universe))
                .withMessage(message);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UnitSet.of(universe, new BitSet()))
                .withMessage(message);
    }

    @Test
    void memberOutsideTheLayerIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UnitSet.of(4, bits(Set.of(1, 4))))
                .withMessage("unit 4 is outside a layer of 4");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 4})
    void questionForAUnitOutsideTheLayerIsRefused(int unit) {
        UnitSet units = UnitSet.all(4);

        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> units.contains(unit));
    }

    @Test
    void unionAcrossLayersIsRefused() {
        UnitSet units = UnitSet.all(4);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> units.union(UnitSet.all(5)))
                .withMessage("layers of 4 and 5 units");
    }

    private static UnitSet units(Set<Integer> members) {
        return UnitSet.of(UNIVERSE, bits(members));
    }

    private static BitSet bits(Set<Integer> members) {
        BitSet bits = new BitSet();
        members.forEach(bits::set);
        return bits;
    }
}
