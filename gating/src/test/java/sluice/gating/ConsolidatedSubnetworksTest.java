package sluice.gating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.collect.ImmutableList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
@net.jqwik.api.Tag("slow")
class ConsolidatedSubnetworksTest {
    private static final int INPUTS = 3;

    /** Up to 5 tasks of one network with 1 to 3 layers of 1 to 5 units. */
    @Provide
    Arbitrary<List<Subnetwork>> tasks() {
        return Arbitraries.integers()
                .between(1, 5)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .flatMap(widths -> subnetworks(widths).list().ofMinSize(1).ofMaxSize(5));
    }

    private static Arbitrary<Subnetwork> subnetworks(List<Integer> widths) {
        return Combinators.combine(widths.stream()
                        .map(ConsolidatedSubnetworksTest::unitSets)
                        .toList())
                .as(layers -> new Subnetwork(ImmutableList.copyOf(layers)));
    }

    private static Arbitrary<UnitSet> unitSets(int universe) {
        return Arbitraries.integers().between(0, universe - 1).set().map(members -> units(universe, members));
    }

    @Property
    void weightIsFrozenExactlyWhereOneTaskHasBothEndsOpen(@ForAll("tasks") List<Subnetwork> tasks) {
        List<Integer> widths = widths(tasks.get(0));
        ConsolidatedSubnetworks consolidated = consolidate(tasks);

        for (int layer = 0; layer < widths.size(); layer++) {
            int inputs = layer == 0 ? INPUTS : widths.get(layer - 1);
            for (int unit = 0; unit < widths.get(layer); unit++) {
                for (int input = 0; input < inputs; input++) {
                    assertThat(consolidated.weightFrozen(layer, unit, input))
                            .isEqualTo(someTaskHasBothOpen(tasks, layer, unit, input));
                }
            }
        }
    }

    private static boolean someTaskHasBothOpen(List<Subnetwork> tasks, int layer, int unit, int input) {
        return tasks.stream()
                .map(Subnetwork::layers)
                .anyMatch(layers -> layers.get(layer).contains(unit)
                        && (layer == 0 || layers.get(layer - 1).contains(input)));
    }

    @Property
    void frozenInputsAreTheInputsOfFrozenWeights(@ForAll("tasks") List<Subnetwork> tasks) {
        List<Integer> widths = widths(tasks.get(0));
        ConsolidatedSubnetworks consolidated = consolidate(tasks);

        for (int layer = 1; layer < widths.size(); layer++) {
            for (int unit = 0; unit < widths.get(layer); unit++) {
                for (int input = 0; input < widths.get(layer - 1); input++) {
                    assertThat(consolidated.frozenInputs(layer, unit).contains(input))
                            .isEqualTo(someTaskHasBothOpen(tasks, layer, unit, input));
                }
            }
        }
    }

    @Property
    void biasIsFrozenAndUnitUsedExactlyWhereOneTaskHasTheUnitOpen(@ForAll("tasks") List<Subnetwork> tasks) {
        List<Integer> widths = widths(tasks.get(0));
        ConsolidatedSubnetworks consolidated = consolidate(tasks);

        for (int i = 0; i < widths.size(); i++) {
            int layer = i;
            for (int j = 0; j < widths.get(layer); j++) {
                int unit = j;
                boolean open =
                        tasks.stream().anyMatch(task -> task.layers().get(layer).contains(unit));
                assertThat(consolidated.biasFrozen(layer, unit)).isEqualTo(open);
                assertThat(consolidated.used(layer).contains(unit)).isEqualTo(open);
            }
        }
    }

    @Property
    void occupancyIsTheShareOfUsedUnits(@ForAll("tasks") List<Subnetwork> tasks) {
        List<Integer> widths = widths(tasks.get(0));
        ConsolidatedSubnetworks consolidated = consolidate(tasks);

        for (int layer = 0; layer < widths.size(); layer++) {
            assertThat(consolidated.occupancy(layer))
                    .isEqualTo((double) consolidated.used(layer).size() / widths.get(layer))
                    .isBetween(0.0, 1.0);
        }
    }

    @Property
    void whatIsFrozenDoesNotDependOnTheOrderOfTasks(@ForAll("tasks") List<Subnetwork> tasks) {
        List<Integer> widths = widths(tasks.get(0));
        ImmutableList<Subnetwork> backwards = ImmutableList.copyOf(tasks).reverse();

        for (int layer = 0; layer < widths.size(); layer++) {
            assertThat(consolidate(backwards).used(layer))
                    .isEqualTo(consolidate(tasks).used(layer));
            for (int unit = 0; layer > 0 && unit < widths.get(layer); unit++) {
                assertThat(consolidate(backwards).frozenInputs(layer, unit))
                        .isEqualTo(consolidate(tasks).frozenInputs(layer, unit));
            }
        }
    }

    @Property
    void oneMoreTaskThawsNothingAndLeavesTheOldRecordAlone(@ForAll("tasks") List<Subnetwork> tasks) {
        List<Integer> widths = widths(tasks.get(0));
        List<Subnetwork> old = tasks.subList(0, tasks.size() - 1);
        ConsolidatedSubnetworks before = consolidate(widths, old);

        ConsolidatedSubnetworks after = before.with("last", tasks.get(tasks.size() - 1));

        assertThat(before.tasks().values()).containsExactlyElementsOf(old);
        assertThat(after.tasks()).hasSize(tasks.size());
        for (int layer = 0; layer < widths.size(); layer++) {
            UnitSet usedBefore = before.used(layer);
            assertThat(usedBefore).isEqualTo(consolidate(widths, old).used(layer));
            assertThat(after.used(layer).union(usedBefore)).isEqualTo(after.used(layer));
        }
    }

    @Test
    void frozenWeightsAreAUnionOfRectanglesNotAProductOfUnions() {
        ConsolidatedSubnetworks consolidated = ConsolidatedSubnetworks.none(List.of(2, 2))
                .with("first", subnetwork(units(2, Set.of(0)), units(2, Set.of(0))))
                .with("second", subnetwork(units(2, Set.of(1)), units(2, Set.of(1))));

        assertThat(consolidated.used(0)).isEqualTo(UnitSet.all(2));
        assertThat(consolidated.used(1)).isEqualTo(UnitSet.all(2));
        assertThat(consolidated.weightFrozen(1, 0, 0)).isTrue();
        assertThat(consolidated.weightFrozen(1, 1, 1)).isTrue();
        assertThat(consolidated.weightFrozen(1, 0, 1)).isFalse();
        assertThat(consolidated.weightFrozen(1, 1, 0)).isFalse();
    }

    @Test
    void networkThatHasLearnedNothingIsFree() {
        ConsolidatedSubnetworks none = ConsolidatedSubnetworks.none(List.of(3, 2));

        assertThat(none.tasks()).isEmpty();
        assertThat(none.occupancy(0)).isZero();
        assertThat(none.biasFrozen(1, 1)).isFalse();
        assertThat(none.weightFrozen(0, 2, 0)).isFalse();
        assertThat(none.frozenInputs(1, 0)).isEqualTo(UnitSet.none(3));
    }

    @Test
    void tasksAreListedInTheOrderOfConsolidation() {
        Subnetwork any = subnetwork(UnitSet.all(2));

        ConsolidatedSubnetworks consolidated = ConsolidatedSubnetworks.none(List.of(2))
                .with("zebra", any)
                .with("ant", any)
                .with("mole", any);

        assertThat(consolidated.tasks().keySet()).containsExactly("zebra", "ant", "mole");
    }

    @Test
    void changingReturnedSetsChangesNothing() {
        ConsolidatedSubnetworks consolidated =
                ConsolidatedSubnetworks.none(List.of(2)).with("task", subnetwork(UnitSet.none(2)));

        consolidated.used(0).toBitSet().set(0);

        assertThat(consolidated.biasFrozen(0, 0)).isFalse();
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> consolidated.tasks().clear());
    }

    @Test
    void secondConsolidationOfATaskIsRefused() {
        ConsolidatedSubnetworks consolidated =
                ConsolidatedSubnetworks.none(List.of(2)).with("digits", subnetwork(UnitSet.all(2)));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> consolidated.with("digits", subnetwork(UnitSet.none(2))))
                .withMessage("task digits is consolidated already");
    }

    @Test
    void subnetworkOfAnotherShapeIsRefused() {
        ConsolidatedSubnetworks none = ConsolidatedSubnetworks.none(List.of(2, 3));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> none.with("task", subnetwork(UnitSet.all(2), UnitSet.all(4))))
                .withMessage("the layers have [2, 3] units, the subnetwork's [2, 4]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> none.with("task", subnetwork(UnitSet.all(2))))
                .withMessage("the layers have [2, 3] units, the subnetwork's [2]");
    }

    @Test
    void networkWithoutHiddenLayersIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConsolidatedSubnetworks.none(List.of()))
                .withMessage("a gated network needs at least one hidden layer");
    }

    @Test
    void frozenInputsOfTheLowestLayerAreRefused() {
        ConsolidatedSubnetworks none = ConsolidatedSubnetworks.none(List.of(2));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> none.frozenInputs(0, 1))
                .withMessage("layer must be at least 1, got 0: layer 0 is frozen row by row");
    }

    private static ConsolidatedSubnetworks consolidate(List<Subnetwork> tasks) {
        return consolidate(widths(tasks.get(0)), tasks);
    }

    private static ConsolidatedSubnetworks consolidate(List<Integer> widths, List<Subnetwork> tasks) {
        ConsolidatedSubnetworks consolidated = ConsolidatedSubnetworks.none(widths);
        for (int task = 0; task < tasks.size(); task++) {
            consolidated = consolidated.with("task " + task, tasks.get(task));
        }
        return consolidated;
    }

    private static List<Integer> widths(Subnetwork subnetwork) {
        return subnetwork.layers().stream().map(UnitSet::universe).toList();
    }

    private static Subnetwork subnetwork(UnitSet... layers) {
        return new Subnetwork(ImmutableList.copyOf(layers));
    }

    private static UnitSet units(int universe, Set<Integer> members) {
        BitSet bits = new BitSet();
        members.forEach(bits::set);
        return UnitSet.of(universe, bits);
    }
}
