package sluice.framework.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import sluice.framework.ContinualResult;
import sluice.framework.ContinualTrainer;
import sluice.framework.SmallTasks;
import sluice.framework.account.CapacityLedger;
import sluice.framework.account.LayerCapacity;
import sluice.framework.gates.ConsolidatedTask;
import sluice.framework.gates.GateSettings;
import sluice.tasks.TaskSequence;

/** The ledger says what a naive count says. */
class CapacityLedgerTest {
    @Property(tries = 40, edgeCases = EdgeCasesMode.NONE)
    void newReusedAndFreeUnitsAndOverlapsEqualANaiveCount(@ForAll long seed, @ForAll boolean grows) {
        TaskSequence sequence = SmallTasks.sequence(4, seed);
        GatedNetwork network = GatedNetwork.create(SmallTasks.FEATURES, List.of(9, 8), sequence.normalisation(), seed);
        ContinualTrainer trainer = new ContinualTrainer().withGrowth(grows ? new Growth.Share(0.5, 0.5) : Growth.NONE);

        ContinualResult result = trainer.train(network, sequence);

        CapacityLedger ledger = network.capacity();
        for (int l = 0; l < 2; l++) {
            Set<Integer> used = new HashSet<>();
            for (int t = 0; t < 4; t++) {
                LayerCapacity layer = ledger.tasks().get("task " + t).get(l);
                int reused = 0;
                int fresh = 0;
                for (int unit : network.subnetwork("task " + t).layers().get(l).toArray()) {
                    reused += used.contains(unit) ? 1 : 0;
                    fresh += used.add(unit) ? 1 : 0;
                }
                assertThat(layer.reusedUnits()).isEqualTo(reused);
                assertThat(layer.newUnits()).isEqualTo(fresh);
                assertThat(layer.openUnits()).isEqualTo(reused + fresh);
                assertThat(layer.freeUnits()).isEqualTo(layer.units() - used.size());
                LayerCapacity learned = result.tasks().get(t).capacity().get(l);
                assertThat(layer.with(learned.probabilities())).isEqualTo(learned);
                assertThat(learned.probabilities().stream()
                                .mapToInt(Integer::intValue)
                                .sum())
                        .isEqualTo(layer.units());
            }
            assertThat(ledger.free().get(l)).isEqualTo(network.hidden().get(l) - used.size());
        }
        for (CapacityLedger.Overlap overlap : CapacityLedger.overlaps(network.consolidated())) {
            int l = overlap.layer().equals("layer_1") ? 0 : 1;
            Set<Integer> both = units(network, overlap.task(), l);
            Set<Integer> either = units(network, overlap.task(), l);
            both.retainAll(units(network, overlap.earlier(), l));
            either.addAll(units(network, overlap.earlier(), l));
            double expected = either.isEmpty() ? 0 : (double) both.size() / either.size();
            assertThat(overlap.jaccard()).isCloseTo(expected, within(1e-15));
        }
        assertThat(CapacityLedger.overlaps(network.consolidated())).hasSize(4 * 3 / 2 * 2);
    }

    private static Set<Integer> units(GatedNetwork network, String task, int layer) {
        Set<Integer> units = new HashSet<>();
        for (int unit : network.subnetwork(task).layers().get(layer).toArray()) {
            units.add(unit);
        }
        return units;
    }

    @Test
    void undecidedGatesAreThoseBetweenOneAndNineteenTwentieths() {
        double[] logits = {-6, -3, -2.9, 0, 2.9, 3, 6};

        assertThat(GateSettings.DEFAULT.probabilities(logits, 1).count())
                .isEqualTo(new ConsolidatedTask.GateCount(7, 3));
        assertThat(GateSettings.DEFAULT.probabilities(logits, 2).count())
                .isEqualTo(new ConsolidatedTask.GateCount(7, 1));
        assertThat(GateSettings.DEFAULT.probabilities(logits, 1).histogram())
                .containsExactly(3, 0, 0, 0, 0, 1, 0, 0, 0, 3);
    }

    @Test
    void theForecastIsWhatTheFullestLayerHasRoomFor() {
        CapacityLedger ledger = new CapacityLedger(
                ImmutableMap.of("a", taken(50, 9), "b", taken(4, 0), "c", taken(2, 1), "d", taken(6, 2)),
                ImmutableList.of(100, 50),
                ImmutableList.of(19, 30),
                ImmutableList.of(100, 50));

        assertThat(ledger.moreTasks()).hasValue(4);
    }

    @Test
    void nothingIsForecastWhereTheLastTasksTookNothing() {
        assertThat(new CapacityLedger(
                                ImmutableMap.of("a", taken(0, 0)),
                                ImmutableList.of(4, 4),
                                ImmutableList.of(0, 0),
                                ImmutableList.of(4, 4))
                        .moreTasks())
                .isEmpty();
    }

    private static ImmutableList<LayerCapacity> taken(int first, int second) {
        return ImmutableList.of(layer("layer_1", first), layer("layer_2", second));
    }

    private static LayerCapacity layer(String name, int fresh) {
        return new LayerCapacity(name, 100, fresh, fresh, 0, 0, 0, ImmutableList.of(), Optional.empty());
    }
}
