package sluice.framework.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.framework.ContinualTrainer;
import sluice.framework.SmallTasks;
import sluice.framework.conditional.EarlyExits;
import sluice.framework.conditional.ExitLayer;
import sluice.framework.conditional.View;
import sluice.framework.gates.GateSettings;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.predict.ModelLoader;
import sluice.framework.predict.SavedNetwork;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.TaskSequence;

/** A copy is a network of its own; probabilities are the softmax of logits, wherever they are asked for. */
class CopyTest {
    private static final TaskSequence ALL = SmallTasks.sequence(4, 3);
    private static final TaskSequence FIRST = SmallTasks.only(ALL, 0, 2);
    private static final TaskSequence LATER = SmallTasks.only(ALL, 2, 4);
    private static final Examples ASKED = ALL.tasks().get(0).test();
    private static final ContinualTrainer TRAINER = new ContinualTrainer(
            GateSettings.DEFAULT, new TrainingSettings(5, 8, Optimizer.adam(0.01), Double.POSITIVE_INFINITY), 1);

    @TempDir
    private Path folder;

    private static GatedNetwork taught() {
        GatedNetwork network = GatedNetwork.create(SmallTasks.FEATURES, List.of(8, 6), ALL.normalisation(), 1);
        TRAINER.train(network, FIRST);
        return network;
    }

    private byte[] bytes(GatedNetwork network) throws IOException {
        Path file = folder.resolve("bytes.sluice");
        network.save(file);
        return Files.readAllBytes(file);
    }

    private static float[][] rows() {
        float[][] rows = new float[ASKED.size()][];
        Arrays.setAll(rows, ASKED::row);
        return rows;
    }

    @Test
    void whateverHappensToOneTheOtherStaysAsItIs() throws IOException {
        GatedNetwork network = taught();
        byte[] before = bytes(network);
        float[] logits = network.logits("task 1", ASKED);

        GatedNetwork copy = network.copy();
        assertThat(bytes(copy)).isEqualTo(before);
        TRAINER.train(copy, LATER);
        copy.grow(List.of(10, 10));
        copy.remove("task 0");
        copy.annotate("mine", "yes");
        assertThat(bytes(network)).isEqualTo(before);
        assertThat(copy.logits("task 1", ASKED)).isEqualTo(logits);

        GatedNetwork other = network.copy();
        network.remove("task 1");
        TRAINER.train(network, LATER);
        assertThat(bytes(other)).isEqualTo(before);
        network.close();
        assertThat(other.logits("task 1", ASKED)).isEqualTo(logits);
    }

    @Test
    void aCopyLearnsAsItsOriginalWould() throws IOException {
        GatedNetwork network = taught();
        GatedNetwork copy = network.copy();

        TRAINER.train(copy, LATER);
        TRAINER.train(network, LATER);

        assertThat(bytes(copy)).isEqualTo(bytes(network));
    }

    @Test
    void probabilitiesAreTheSoftmaxOfLogitsHereAndInASavedModel() {
        GatedNetwork network = taught();
        Path file = folder.resolve("model.sluice");
        network.save(file);
        float[] logits = network.logits("task 1", ASKED);

        double[][] probabilities = network.probabilities("task 1", rows());

        assertThat(probabilities).hasNumberOfRows(ASKED.size());
        for (int i = 0; i < probabilities.length; i++) {
            double larger = 1 / (1 + Math.exp((double) logits[2 * i + 1] - logits[2 * i]));
            assertThat(probabilities[i][0]).isCloseTo(larger, within(1e-12));
            assertThat(probabilities[i][0] + probabilities[i][1]).isCloseTo(1, within(1e-12));
            int answer = probabilities[i][0] >= probabilities[i][1] ? 0 : 1;
            assertThat(network.predict("task 1", rows())[i])
                    .isEqualTo(network.classes("task 1").get(answer));
        }
        assertThat(((SavedNetwork) ModelLoader.load(file)).probabilities("task 1", rows()))
                .isDeepEqualTo(probabilities);
        assertThat(network.probabilities("task 1", new float[0][])).isEmpty();
        assertThatThrownBy(() -> network.probabilities("no task", rows()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("has not learned task no task");
        assertThatThrownBy(() -> network.probabilities("task 1", new float[1][3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has 6 inputs, got 3");
    }

    @Test
    void atExitsTheyAreThoseOfTheAnswer() {
        GatedNetwork network = GatedNetwork.create(SmallTasks.FEATURES, List.of(8, 6), ALL.normalisation(), 1);
        EarlyExits exits = new EarlyExits(ImmutableList.of(new ExitLayer(3, 0.1, View.BELOW, false)), 0.1, 0.3, 100);
        TRAINER.withExits(exits).train(network, FIRST);

        double[][] probabilities = network.probabilities("task 0", rows());
        int[] labels = network.predict("task 0", rows());

        for (int i = 0; i < labels.length; i++) {
            assertThat(probabilities[i][0] + probabilities[i][1]).isCloseTo(1, within(1e-6));
            assertThat(labels[i])
                    .isEqualTo(network.classes("task 0").get(probabilities[i][0] >= probabilities[i][1] ? 0 : 1));
        }
    }
}
