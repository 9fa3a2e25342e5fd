package sluice.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.framework.gates.GateSettings;
import sluice.framework.layer.Layer;
import sluice.framework.network.GatedNetwork;
import sluice.framework.optimizer.TrainingSettings;
import sluice.gating.ConsolidatedSubnetworks;
import sluice.gating.GradientEstimator;
import sluice.tasks.InputException;
import sluice.tasks.TaskSequence;

/** A task that is forgotten on purpose leaves nothing behind, and no other task notices. */
@Tag("slow")
@net.jqwik.api.Tag("slow")
class RemovalTest {
    private static final List<Integer> HIDDEN = List.of(9, 8);

    @TempDir
    private Path folder;

    private static GatedNetwork learned(TaskSequence sequence, long seed, ContinualTrainer trainer) {
        GatedNetwork network = GatedNetwork.create(SmallTasks.FEATURES, HIDDEN, sequence.normalisation(), seed);
        trainer.train(network, sequence);
        return network;
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void notOneBitOfAnotherTasksLogitsChanges(
            @ForAll long seed,
            @ForAll(supplier = EveryEstimator.class) GradientEstimator estimator,
            @ForAll boolean normalised,
            @ForAll @IntRange(max = 2) int gone) {
        TaskSequence sequence = SmallTasks.sequence(4, seed);
        ContinualTrainer trainer = new ContinualTrainer(
                EveryEstimator.served(GateSettings.DEFAULT.withEstimator(estimator), estimator),
                TrainingSettings.DEFAULT.withEpochs(1));
        GatedNetwork network =
                GatedNetwork.create(SmallTasks.dense(HIDDEN, normalised), sequence.normalisation(), seed);
        trainer.train(network, SmallTasks.only(sequence, 0, 3));
        float[][] before = new float[3][];
        for (int t = 0; t < 3; t++) {
            before[t] = network.logits("task " + t, sequence.tasks().get(t).test());
        }

        network.remove("task " + gone);
        trainer.train(network, SmallTasks.only(sequence, 3, 4));
        trainer.train(network, SmallTasks.only(sequence, gone, gone + 1));

        for (int t = 0; t < 3; t++) {
            if (t != gone) {
                assertThat(network.fresh()
                                .logits("task " + t, sequence.tasks().get(t).test()))
                        .isEqualTo(before[t]);
                assertThat(network.logits("task " + t, sequence.tasks().get(t).test()))
                        .isEqualTo(before[t]);
            }
        }
    }

    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    void whatOnlyTheTaskUsedIsFreeAndBeginsAnew(@ForAll long seed, @ForAll @IntRange(max = 2) int gone) {
        TaskSequence sequence = SmallTasks.sequence(3, seed);
        GatedNetwork network = learned(sequence, seed, new ContinualTrainer());
        ConsolidatedSubnetworks before = network.consolidated();
        List<Layer> weights = network.parts().layers().stream().map(Layer::copy).toList();

        network.remove("task " + gone);

        ConsolidatedSubnetworks after = network.consolidated();
        for (int l = 0; l < HIDDEN.size(); l++) {
            Layer then = weights.get(l);
            Layer now = network.parts().layers().get(l);
            for (int j = 0; j < then.units(); j++) {
                boolean biasFreed = before.biasFrozen(l, j) && !after.biasFrozen(l, j);
                assertThat(now.biases()[j]).isEqualTo(biasFreed ? 0 : then.biases()[j]);
                for (int i = 0; i < then.inputs(); i++) {
                    int at = j * then.inputs() + i;
                    boolean freed = before.weightFrozen(l, j, i) && !after.weightFrozen(l, j, i);
                    assertThat(now.weights()[at] != then.weights()[at]).isEqualTo(freed);
                }
            }
        }
    }

    @Test
    void aTaskIsReplacedUnderItsName() {
        TaskSequence sequence = SmallTasks.sequence(2, 7);
        GatedNetwork network = learned(sequence, 7, new ContinualTrainer());
        TaskSequence other = TaskSequence.of("other", sequence.normalisation(), SmallTasks.task("task 0", 99));

        network.remove("task 0");
        ContinualResult result = new ContinualTrainer(GateSettings.DEFAULT, TrainingSettings.DEFAULT.withEpochs(40))
                .train(network, other);

        assertThat(network.tasks()).containsExactly("task 1", "task 0");
        assertThat(network.provenance()).containsEntry("task.task 0.sequence", "other");
        assertThat(result.matrix().cell(1, 1).orElseThrow().accuracy()).isGreaterThan(0.9);
    }

    @Test
    void aRemovedTaskIsUnknownAndInNoFile() {
        TaskSequence sequence = SmallTasks.sequence(2, 7);
        GatedNetwork network = learned(sequence, 7, new ContinualTrainer());
        network.remove("task 0");
        network.save(folder.resolve("model"));

        GatedNetwork loaded = GatedNetwork.load(folder.resolve("model"));

        assertThat(loaded.tasks()).containsExactly("task 1");
        assertThat(loaded.provenance().keySet()).noneMatch(key -> key.contains("task 0"));
        assertThat(loaded.parts().learned()).isEqualTo(2);
        assertThat(loaded.consolidated().used(0))
                .isEqualTo(network.consolidated().used(0));
        assertThatThrownBy(
                        () -> network.logits("task 0", sequence.tasks().get(0).test()))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("task 0", "[task 1]");
        assertThatThrownBy(() -> network.remove("task 0")).isInstanceOf(InputException.class);
    }

    @Test
    void aNetworkThatWasSavedAfterRemovalLearnsOnLikeTheOneThatWasNot() {
        TaskSequence sequence = SmallTasks.sequence(3, 7);
        GatedNetwork network = learned(SmallTasks.only(sequence, 0, 2), 7, new ContinualTrainer());
        network.grow(List.of(12, 11));
        network.remove("task 0");
        network.save(folder.resolve("model"));
        GatedNetwork loaded = GatedNetwork.load(folder.resolve("model"));

        new ContinualTrainer().train(network, SmallTasks.only(sequence, 2, 3));
        new ContinualTrainer().train(loaded, SmallTasks.only(sequence, 2, 3));

        assertThat(loaded.digest("task 2")).isEqualTo(network.digest("task 2"));
        assertThat(loaded.digest("task 1")).isEqualTo(network.digest("task 1"));
    }
}
