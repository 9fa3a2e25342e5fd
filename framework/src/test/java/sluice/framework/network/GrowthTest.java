package sluice.framework.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import sluice.framework.ContinualResult;
import sluice.framework.ContinualTrainer;
import sluice.framework.EveryEstimator;
import sluice.framework.SmallTasks;
import sluice.framework.account.CapacityLedger;
import sluice.framework.gates.ConsolidatedTask;
import sluice.framework.gates.GateSettings;
import sluice.framework.gates.TaskState;
import sluice.framework.layer.Layer;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TrainingListener;
import sluice.gating.GradientEstimator;
import sluice.tasks.Normalisation;
import sluice.tasks.TaskSequence;

/** A network that grows is the same network to every task that it knows. */
@Tag("slow")
@net.jqwik.api.Tag("slow")
class GrowthTest {
    private static GatedNetwork learned(int tasks, long seed, Integer... hidden) {
        TaskSequence sequence = SmallTasks.sequence(tasks, seed);
        GatedNetwork network =
                GatedNetwork.create(SmallTasks.FEATURES, List.of(hidden), sequence.normalisation(), seed);
        new ContinualTrainer().train(network, sequence);
        return network;
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void notOneBitOfAnyLogitChangesWhateverIsLearnedAfterwards(
            @ForAll long seed,
            @ForAll(supplier = EveryEstimator.class) GradientEstimator estimator,
            @ForAll boolean normalised,
            @ForAll @Size(3) List<@IntRange(max = 9) Integer> more) {
        TaskSequence sequence = SmallTasks.sequence(4, seed);
        List<Integer> hidden = List.of(5, 7, 4);
        GatedNetwork network =
                GatedNetwork.create(SmallTasks.dense(hidden, normalised), sequence.normalisation(), seed);
        ContinualTrainer trainer = new ContinualTrainer(
                EveryEstimator.served(GateSettings.DEFAULT.withEstimator(estimator), estimator),
                TrainingSettings.DEFAULT.withEpochs(1));
        trainer.train(network, SmallTasks.only(sequence, 0, 2));
        List<float[]> before = logits(network, sequence, 2);
        List<String> digests = digests(network, 2);
        List<Integer> wider = List.of(5 + more.get(0), 7 + more.get(1), 4 + more.get(2));

        network.grow(wider);
        List<float[]> grown = logits(network, sequence, 2);
        trainer.train(network, SmallTasks.only(sequence, 2, 4));

        assertThat(network.hidden()).isEqualTo(wider);
        for (int t = 0; t < 2; t++) {
            assertThat(grown.get(t)).isEqualTo(before.get(t));
            assertThat(network.fresh()
                            .logits("task " + t, sequence.tasks().get(t).test()))
                    .isEqualTo(before.get(t));
            assertThat(network.logits("task " + t, sequence.tasks().get(t).test()))
                    .isEqualTo(before.get(t));
        }
        assertThat(digests(network, 2)).isEqualTo(digests);
    }

    private static List<float[]> logits(GatedNetwork network, TaskSequence sequence, int tasks) {
        List<float[]> logits = new ArrayList<>();
        for (int t = 0; t < tasks; t++) {
            logits.add(
                    network.fresh().logits("task " + t, sequence.tasks().get(t).test()));
        }
        return logits;
    }

    private static List<String> digests(GatedNetwork network, int tasks) {
        return network.tasks().subList(0, tasks).stream()
                .map(task -> network.digest(task))
                .toList();
    }

    @Test
    void oldParametersKeepTheirPlacesAndNewOnesDependOnSeedLayerAndWidthAlone() {
        GatedNetwork one = learned(1, 3, 6, 5);
        GatedNetwork other = GatedNetwork.create(SmallTasks.FEATURES, List.of(6, 5), one.normalisation(), 3);
        Layer before = one.parts().layers().get(1).copy();

        one.grow(List.of(8, 7));
        other.grow(List.of(8, 7));

        Layer grown = one.parts().layers().get(1);
        for (int unit = 0; unit < 7; unit++) {
            for (int input = 0; input < 8; input++) {
                float weight = grown.weights()[unit * 8 + input];
                assertThat(weight)
                        .isEqualTo(
                                unit < 5 && input < 6
                                        ? before.weights()[unit * 6 + input]
                                        : other.parts().layers().get(1).weights()[unit * 8 + input]);
                assertThat(Math.abs(weight)).isGreaterThan(0);
            }
        }
        assertThat(one.consolidated().free(0))
                .isEqualTo(8 - one.consolidated().used(0).size());
    }

    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    void unusedUnitsBeginAnewAndNotOneBitOfAnyTaskChanges(@ForAll long seed) {
        GatedNetwork network = learned(2, seed, 8, 7);
        TaskSequence sequence = SmallTasks.sequence(2, seed);
        network.grow(List.of(11, 10));
        List<float[]> logits = logits(network, sequence, 2);
        List<Layer> before = network.parts().layers().stream().map(Layer::copy).toList();

        network.parts().renewUnused();

        assertThat(logits(network, sequence, 2)).containsExactlyElementsOf(logits);
        for (int l = 0; l < 2; l++) {
            Layer layer = network.parts().layers().get(l);
            for (int unit = 0; unit < layer.units(); unit++) {
                boolean used = network.consolidated().used(l).contains(unit);
                if (!used) {
                    assertThat(layer.biases()[unit]).isZero();
                }
                for (int input = 0; input < layer.inputs(); input++) {
                    boolean rests =
                            used && (l == 0 || network.consolidated().used(0).contains(input));
                    int at = unit * layer.inputs() + input;
                    assertThat(layer.weights()[at] == before.get(l).weights()[at])
                            .isEqualTo(rests);
                    double bound = Math.sqrt(6.0 / (l == 0 ? SmallTasks.FEATURES : 8));
                    assertThat(rests || Math.abs(layer.weights()[at]) <= bound).isTrue();
                }
            }
        }
    }

    @Test
    void usedUnitsStartAsRarelyOpenAsThereAreMoreOfThemThanAtFirst() {
        GatedNetwork network = GatedNetwork.create(SmallTasks.FEATURES, List.of(4), Normalisation.NONE, 1);
        network.grow(List.of(16));
        TaskState all = new TaskState(
                "all",
                ImmutableList.of(0, 1),
                FullyConnected.heUniform(2, 16, new SplittableRandom(1)),
                List.of(IntStream.range(0, 16).mapToDouble(i -> i < 12 ? 1 : -1).toArray()));
        double[] empty = initialLogits(network);

        network.parts().consolidate(ConsolidatedTask.of(all), all.subnetwork());

        double[] logits = initialLogits(network);
        for (int unit = 0; unit < 16; unit++) {
            assertThat(empty[unit] - logits[unit]).isCloseTo(unit < 12 ? Math.log(3) : 0, within(1e-12));
        }
    }

    private static double[] initialLogits(GatedNetwork network) {
        return network.parts()
                .initialState(SmallTasks.task("next", 1), GateSettings.DEFAULT, 1)
                .logits()
                .get(0);
    }

    @Test
    void aFixedShareIsAddedWhenFreeUnitsAreUnderTheThreshold() {
        Growth.Share growth = new Growth.Share(0.25, 0.3);

        assertThat(growth.widths(ledger(List.of(10, 10), List.of(3, 2)))).containsExactly(10, 13);
        assertThat(Growth.NONE.widths(ledger(List.of(10, 10), List.of(0, 0)))).containsExactly(10, 10);
    }

    @Test
    void soManyUnitsAreFreeBeforeEveryTask() {
        Growth.Units growth = new Growth.Units(3);

        assertThat(growth.widths(ledger(List.of(10, 10, 10), List.of(0, 2, 4)))).containsExactly(13, 11, 10);
        assertThatThrownBy(() -> new Growth.Units(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("growth units must be at least 1, got 0");
    }

    private static CapacityLedger ledger(List<Integer> widths, List<Integer> free) {
        return new CapacityLedger(
                ImmutableMap.of(),
                ImmutableList.copyOf(widths),
                ImmutableList.copyOf(free),
                ImmutableList.copyOf(widths));
    }

    @Test
    void autoLeavesAboutAsManyFreeUnitsAsTheFirstTaskFound() {
        CapacityLedger some = new CapacityLedger(
                ImmutableMap.of(), ImmutableList.of(40, 40), ImmutableList.of(14, 15), ImmutableList.of(20, 20));

        assertThat(Growth.AUTO.widths(some)).containsExactly(46, 40);
    }

    @Test
    void aNetworkThatNeverFillsUpLearnsEveryTaskAndAccountsForItsWidth() {
        TaskSequence sequence = SmallTasks.sequence(6, 5);
        GatedNetwork network = GatedNetwork.create(SmallTasks.FEATURES, List.of(6, 6), sequence.normalisation(), 1);
        List<List<Integer>> grown = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void networkGrown(List<Integer> before, List<Integer> now) {
                grown.add(now);
            }

            @Override
            public void warning(String message) {
                warnings.add(message);
            }
        };

        ContinualResult result = new ContinualTrainer().withGrowth(Growth.AUTO).train(network, sequence, listener);

        assertThat(grown).isNotEmpty();
        assertThat(network.hidden()).isEqualTo(grown.get(grown.size() - 1));
        assertThat(warnings).noneMatch(warning -> warning.contains("no free unit"));
        TaskSummary last = result.tasks().get(5);
        long examples =
                last.account().get(0).dense().forward() / network.hidden().get(0) / SmallTasks.FEATURES;
        assertThat(last.account().get(1).dense().forward())
                .isEqualTo(examples * network.hidden().get(0) * network.hidden().get(1));
        assertThat(last.capacity().get(0).units()).isEqualTo(network.hidden().get(0));
        assertThat(result.tasks().stream()
                        .filter(task -> !task.grown().isEmpty())
                        .mapToInt(task -> task.grown().get(0))
                        .sum())
                .isEqualTo(network.hidden().get(0) - 6);
    }

    @Test
    void aStopBeforeGrowthChangesNothing() {
        TaskSequence sequence = SmallTasks.sequence(4, 5);
        GatedNetwork straight = GatedNetwork.create(SmallTasks.FEATURES, List.of(6), sequence.normalisation(), 1);
        GatedNetwork stopped = GatedNetwork.create(SmallTasks.FEATURES, List.of(6), sequence.normalisation(), 1);
        ContinualTrainer trainer = new ContinualTrainer().withGrowth(new Growth.Share(0.5, 0.5));

        trainer.train(straight, sequence);
        for (int t = 0; t < 4; t++) {
            trainer.train(stopped, SmallTasks.only(sequence, t, t + 1));
        }

        assertThat(stopped.hidden()).isEqualTo(straight.hidden());
        assertThat(digests(stopped, 4)).isEqualTo(digests(straight, 4));
        assertThat(stopped.parts().layers().get(0).weights())
                .isEqualTo(straight.parts().layers().get(0).weights());
    }

    @Test
    void shrinkingIsRefused() {
        GatedNetwork network = GatedNetwork.create(4, List.of(6, 5), Normalisation.NONE, 1);

        assertThatThrownBy(() -> network.grow(List.of(6, 4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("hidden layer 2 has 5 units and cannot shrink to 4");
        assertThatThrownBy(() -> network.grow(List.of(6)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 hidden layers");
        assertThatThrownBy(() -> new Growth.Share(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("growth share must be above 0, got 0.0");
        assertThatThrownBy(() -> new Growth.Share(1, 1.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("growth threshold must be in [0, 1], got 1.5");
    }
}
