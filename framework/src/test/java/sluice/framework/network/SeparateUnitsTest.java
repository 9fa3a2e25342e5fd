package sluice.framework.network;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.framework.ContinualResult;
import sluice.framework.ContinualTrainer;
import sluice.framework.Evaluation;
import sluice.framework.EveryEstimator;
import sluice.framework.SmallTasks;
import sluice.framework.gates.GateSettings;
import sluice.framework.gates.SeparateUnits;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.predict.ModelLoader;
import sluice.framework.predict.SavedNetwork;
import sluice.gating.GradientEstimator;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/** Tasks that take their units out of the layers that others learn in. */
class SeparateUnitsTest {
    private static final ContinualTrainer TRAINER = new ContinualTrainer(
                    GateSettings.DEFAULT, TrainingSettings.DEFAULT.withEpochs(2))
            .withGrowth(Growth.SEPARATE);

    @TempDir
    private Path folder;

    private static GatedNetwork network(NetworkShape shape, long seed) {
        return GatedNetwork.create(shape, SmallTasks.sequence(1, seed).normalisation(), seed);
    }

    private static GatedNetwork learned(int tasks, long seed) {
        GatedNetwork network = network(SmallTasks.dense(List.of(8, 7), false), seed);
        TRAINER.train(network, SmallTasks.sequence(tasks, seed));
        return network;
    }

    private static List<float[]> logits(GatedNetwork network, TaskSequence sequence) {
        List<float[]> logits = new ArrayList<>();
        for (Task task : sequence.tasks()) {
            logits.add(network.logits(task.name(), task.test()));
        }
        return logits;
    }

    private static List<String> digests(GatedNetwork network) {
        return network.tasks().stream().map(network::digest).toList();
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void aTaskThatLeavesKeepsTheBitsThatItHasWhereItStays(
            @ForAll long seed,
            @ForAll(supplier = EveryEstimator.class) GradientEstimator estimator,
            @ForAll boolean maps,
            @ForAll boolean normalised) {
        NetworkShape shape = maps
                ? SmallTasks.normalised(SmallTasks.convolutional(seed), normalised)
                : SmallTasks.dense(List.of(5, 7, 4), normalised);
        TaskSequence plain = SmallTasks.sequence(3, seed);
        TaskSequence sequence = maps ? plain.withShape(shape.input()) : plain;
        ContinualTrainer stays = new ContinualTrainer(
                EveryEstimator.served(GateSettings.DEFAULT.withEstimator(estimator), estimator),
                TrainingSettings.DEFAULT.withEpochs(1));
        TaskSequence first = SmallTasks.only(sequence, 0, 1);
        GatedNetwork shared = network(shape, seed);
        // which renews unused units too, and widens nothing before the first task
        stays.withGrowth(Growth.AUTO).train(shared, first);
        GatedNetwork separate = network(shape, seed);
        stays.withGrowth(Growth.SEPARATE).train(separate, first);
        List<float[]> before = logits(separate, first);

        assertThat(before).containsExactlyElementsOf(logits(shared, first));
        assertThat(digests(separate)).isEqualTo(digests(shared));
        assertThat(separate.subnetwork("task 0")).isEqualTo(shared.subnetwork("task 0"));
        assertThat(separate.multiplyAdds("task 0")).isEqualTo(shared.multiplyAdds("task 0"));

        stays.withGrowth(Growth.SEPARATE).train(separate, SmallTasks.only(sequence, 1, 3));

        assertThat(logits(separate, first)).containsExactlyElementsOf(before);
        assertThat(separate.digest("task 0")).isEqualTo(shared.digest("task 0"));
        assertThat(separate.hidden()).isEqualTo(shared.hidden());
        for (int l = 0; l < separate.hidden().size(); l++) {
            assertThat(separate.consolidated().used(l).size()).isZero();
        }
    }

    @Test
    void everyTaskFindsAllUnitsFreeAndNewOnes() {
        ContinualResult result = TRAINER.withEvaluation(Evaluation.ENDS)
                .train(network(SmallTasks.dense(List.of(8, 7), false), 2), SmallTasks.sequence(40, 2));
        GatedNetwork network = result.network();

        assertThat(network.capacity().free()).containsExactly(8, 7);
        assertThat(network.capacity().moreTasks()).isEmpty();
        assertThat(result.lines()).anyMatch(line -> line.startsWith("room              any number of tasks"));
        assertThat(network.capacity().tasks().values())
                .allSatisfy(layers -> assertThat(layers).allSatisfy(layer -> {
                    assertThat(layer.reusedUnits()).isZero();
                    assertThat(layer.newUnits()).isEqualTo(layer.openUnits());
                }));
        assertThat(network.parts()
                        .state("task 3")
                        .separate()
                        .orElseThrow()
                        .layers()
                        .get(0)
                        .weights())
                .isNotEqualTo(network.parts()
                        .state("task 4")
                        .separate()
                        .orElseThrow()
                        .layers()
                        .get(0)
                        .weights());
        assertThat(result.exactRetention()).contains(true);
        long separate = network.tasks().stream()
                .mapToLong(task -> network.parts()
                        .state(task)
                        .separate()
                        .map(SeparateUnits::bytes)
                        .orElseThrow())
                .sum();
        assertThat(network.parts().separateBytes()).isEqualTo(separate);
        assertThat(network.taskBytes()).isGreaterThan(separate);
    }

    @Test
    void aModelHasThemAndLearnsOnAsTheNetworkWould() {
        TaskSequence sequence = SmallTasks.sequence(3, 5);
        GatedNetwork network = learned(2, 5);
        Path file = folder.resolve("model.sluice");

        network.save(file);
        GatedNetwork loaded = GatedNetwork.load(file);
        TaskSequence last = SmallTasks.only(sequence, 2, 3);
        TRAINER.train(network, last);
        TRAINER.train(loaded, last);

        assertThat(logits(loaded, sequence)).containsExactlyElementsOf(logits(network, sequence));
        assertThat(digests(loaded)).isEqualTo(digests(network));
        assertThat(loaded.taskBytes()).isEqualTo(network.taskBytes());
    }

    @Test
    void theModulePredictAnswersForThem() throws IOException {
        GatedNetwork network = learned(2, 5);
        Path file = folder.resolve("model.sluice");
        network.save(file);
        float[][] rows = {{1, 2, 3, 4, 5, 6}, {-1, 0.5f, 0, 2, 1, -3}};

        SavedNetwork alone = (SavedNetwork) ModelLoader.load(file);

        for (String task : network.tasks()) {
            assertThat(alone.probabilities(task, rows)).isDeepEqualTo(network.probabilities(task, rows));
        }
    }

    @Test
    void aLayerWithoutAnOpenUnitIsKeptToo() throws IOException {
        GatedNetwork network = network(SmallTasks.dense(List.of(8, 7), false), 3);
        TaskSequence sequence = SmallTasks.sequence(1, 3);
        new ContinualTrainer(GateSettings.DEFAULT.withSparsity(1000), TrainingSettings.DEFAULT.withEpochs(150))
                .withGrowth(Growth.SEPARATE)
                .train(network, sequence);
        assertThat(network.subnetwork("task 0").layers()).allMatch(layer -> layer.size() == 0);
        Path file = folder.resolve("model.sluice");

        network.save(file);

        assertThat(logits(GatedNetwork.load(file), sequence)).containsExactlyElementsOf(logits(network, sequence));
        float[][] rows = {{1, 2, 3, 4, 5, 6}};
        assertThat(((SavedNetwork) ModelLoader.load(file)).probabilities("task 0", rows))
                .isDeepEqualTo(network.probabilities("task 0", rows));
    }

    @Test
    void whatIsForgottenTakesNothingFromOthers() {
        TaskSequence sequence = SmallTasks.sequence(3, 5);
        GatedNetwork network = learned(3, 5);
        long before = network.parts().separateBytes();
        List<float[]> logits = logits(network, sequence);
        float[] layer = network.parts().layers().get(0).weights().clone();

        network.remove("task 1");

        assertThat(network.tasks()).containsExactly("task 0", "task 2");
        assertThat(network.logits("task 0", sequence.tasks().get(0).test())).isEqualTo(logits.get(0));
        assertThat(network.logits("task 2", sequence.tasks().get(2).test())).isEqualTo(logits.get(2));
        assertThat(network.parts().separateBytes()).isLessThan(before);
        assertThat(network.parts().layers().get(0).weights()).isEqualTo(layer);
    }

    @Test
    void theyMayStandBesideTasksThatShareLayers() {
        TaskSequence sequence = SmallTasks.sequence(4, 6);
        GatedNetwork network = network(SmallTasks.dense(List.of(8, 7), false), 6);
        ContinualTrainer shares = new ContinualTrainer();
        shares.train(network, SmallTasks.only(sequence, 0, 1));
        float[] first = network.logits("task 0", sequence.tasks().get(0).test());
        TRAINER.train(network, SmallTasks.only(sequence, 1, 3));
        shares.train(network, SmallTasks.only(sequence, 3, 4));
        Path file = folder.resolve("model.sluice");

        network.save(file);

        assertThat(network.logits("task 0", sequence.tasks().get(0).test())).isEqualTo(first);
        assertThat(logits(GatedNetwork.load(file), sequence)).containsExactlyElementsOf(logits(network, sequence));
    }

    @Test
    void aBitThatMovedIsFound() {
        TaskSequence sequence = SmallTasks.sequence(2, 5);
        GatedNetwork network = learned(2, 5);
        Retention retention = new Retention(network);
        sequence.tasks().forEach(retention::record);
        retention.verifyAll();
        float[] weights = network.parts()
                .state("task 1")
                .separate()
                .orElseThrow()
                .layers()
                .get(1)
                .weights();

        weights[0] = Math.nextUp(weights[0]);

        assertThatThrownBy(retention::verify)
                .isInstanceOf(RetentionException.class)
                .hasMessage("frozen parameters of task task 1 changed");
    }

    @Test
    void aBitOfATaskOfAnEarlierRunThatMovedIsFoundInTheEnd() {
        GatedNetwork network = learned(2, 5);
        Retention retention = new Retention(network);
        retention.verifyAll();
        float[] weights = network.parts()
                .state("task 0")
                .separate()
                .orElseThrow()
                .layers()
                .get(0)
                .weights();

        weights[0] = Math.nextUp(weights[0]);

        assertThatThrownBy(retention::verifyAll)
                .isInstanceOf(RetentionException.class)
                .hasMessage("frozen parameters of task task 0 changed");
    }

    @Test
    void modelsOfNetworksWithoutThemAreThoseThatEarlierBuildsRead() {
        GatedNetwork network = network(SmallTasks.dense(List.of(8, 7), false), 3);
        new ContinualTrainer().train(network, SmallTasks.sequence(1, 3));

        assertThat(new String(network.content().description(), UTF_8))
                .contains("\"format\" : 4")
                .doesNotContain("separate");
    }
}
