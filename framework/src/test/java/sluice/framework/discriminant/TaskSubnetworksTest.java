package sluice.framework.discriminant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.framework.ContinualTrainer;
import sluice.framework.Evaluation;
import sluice.framework.gates.GateSettings;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.network.GatedNetwork;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.result.TaskAgnosticResult;
import sluice.framework.result.TrainingListener;
import sluice.tasks.ClassSplit;
import sluice.tasks.DataSet;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.Normalisation;
import sluice.tasks.Scenario;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;
import sluice.tasks.digits.Digits;

@Tag("slow")
@net.jqwik.api.Tag("slow")
class TaskSubnetworksTest {
    private static final DataSet DIGITS = Digits.draw(1000, 200, 1);
    private static final float[][] ROWS = {{0, 1}, {1, 0}, {0, 1}, {1, 0}};
    private static final int[] LABELS = {0, 1, 0, 1};

    /** Two tasks of two classes; the components are their classes in another order. */
    private static final ImmutableList<TaskSubnetworks.Place> PLACES = ImmutableList.of(
            new TaskSubnetworks.Place(1, 1),
            new TaskSubnetworks.Place(0, 0),
            new TaskSubnetworks.Place(1, 0),
            new TaskSubnetworks.Place(0, 1));

    private static final GatedNetwork NETWORK = learned();

    private static GatedNetwork learned() {
        GatedNetwork network = GatedNetwork.create(2, List.of(8), Normalisation.NONE, 1);
        new ContinualTrainer(GateSettings.DEFAULT, TrainingSettings.DEFAULT, 1)
                .train(
                        network,
                        TaskSequence.of(
                                "two",
                                Normalisation.NONE,
                                Task.of("a", ROWS, LABELS, ROWS, LABELS),
                                Task.of("b", ROWS, LABELS, ROWS, LABELS)));
        return network;
    }

    private static double[] mixed(double weight, double[] components, float[][] logits) {
        double[] mixed = components.clone();
        new TaskSubnetworks(NETWORK, weight, PLACES).mix(logits, 0, mixed);
        return mixed;
    }

    @Property(tries = 100)
    void howLikelyTasksAreDoesNotChange(
            @ForAll @DoubleRange(min = 0.01, max = 1) double weight,
            @ForAll @Size(4) List<@DoubleRange(min = 0.01, max = 1) Double> weights,
            @ForAll @Size(4) List<@FloatRange(min = -20, max = 20) Float> z) {
        double sum = weights.stream().mapToDouble(w -> w).sum();
        double[] components = weights.stream().mapToDouble(w -> w / sum).toArray();

        double[] mixed = mixed(weight, components, new float[][] {{z.get(0), z.get(1)}, {z.get(2), z.get(3)}});

        assertThat(mixed[1] + mixed[3]).isCloseTo(components[1] + components[3], within(1e-12));
        assertThat(mixed[0] + mixed[2]).isCloseTo(components[0] + components[2], within(1e-12));
        // of two classes of one task, the ratio is the weighted geometric mean of both ratios
        assertThat(Math.log(mixed[1] / mixed[3]))
                .isCloseTo(
                        weight * (z.get(0) - z.get(1)) + (1 - weight) * Math.log(components[1] / components[3]),
                        within(1e-4));
    }

    @Test
    void atFullWeightTheSubnetworksAloneTellTheClassesOfATask() {
        double[] mixed = mixed(1, new double[] {0.2, 0.5, 0.2, 0.1}, new float[][] {{0, 1}, {0, 0}});

        double second = 1 / (1 + Math.exp(-1));
        assertThat(mixed[3]).isCloseTo(0.6 * second, within(1e-6));
        assertThat(mixed[0]).isCloseTo(0.2, within(1e-12));
    }

    private static TaskAgnosticResult train(TaskSequence sequence, double weight) {
        InferenceSettings inference = new InferenceSettings(180, 0.001, 0, weight);
        ContinualTrainer trainer =
                new ContinualTrainer(GateSettings.DEFAULT, TrainingSettings.DEFAULT, 1).withEvaluation(Evaluation.ENDS);
        return new DiscriminantTrainer(
                        inference,
                        GateSettings.DEFAULT,
                        1,
                        1,
                        Evaluation.ALL,
                        weight > 0
                                ? Optional.of(new SubnetworkTrainer(trainer, ImmutableList.of(new FullyConnected(60))))
                                : Optional.empty())
                .train(sequence, "gates", TrainingListener.SILENT);
    }

    private static TaskSequence digits(Scenario scenario) {
        return TaskSequence.split(DIGITS, Normalisation.UNIT_PIXELS, ClassSplit.consecutive(DIGITS, 5))
                .withScenario(scenario);
    }

    @Test
    void whatSubnetworksSayIsMixedInAndSavedWithTheModel(@TempDir Path folder) {
        float[][] asked = new float[50][];
        Arrays.setAll(asked, DIGITS.test()::row);
        for (Scenario scenario : List.of(Scenario.CLASS, Scenario.DOMAIN)) {
            DiscriminantModel alone =
                    (DiscriminantModel) train(digits(scenario), 0).model();
            TaskAgnosticResult result = train(digits(scenario), 0.5);
            DiscriminantModel model = (DiscriminantModel) result.model();
            model.save(folder.resolve("model.sluice"));
            DiscriminantModel loaded = DiscriminantModel.load(folder.resolve("model.sluice"));

            assertThat(loaded.probabilities(asked)).isDeepEqualTo(model.probabilities(asked));
            assertThat(model.probabilities(asked)).isNotEqualTo(alone.probabilities(asked));
            for (double[] row : model.probabilities(asked)) {
                assertThat(Arrays.stream(row).sum()).isCloseTo(1, within(1e-9));
            }
            assertThat(model.multiplyAdds()).isGreaterThan(alone.multiplyAdds());
            assertThat(result.account()).hasSize(2 + 2);
            int right = 0;
            for (int j = 1; j <= 2; j++) {
                right += result.matrix().cell(2, j).orElseThrow().correct();
            }
            assertThat(right).isGreaterThan(150);
        }
    }

    @Test
    void aClassOfTwoTasksIsRefused() {
        Examples all = Examples.of(ROWS, LABELS);
        TaskSequence sequence = new TaskSequence(
                "twice",
                ImmutableList.of(Task.of("a", all, all), Task.of("b", all, all)),
                Scenario.CLASS,
                Normalisation.NONE,
                ImmutableSortedMap.of());

        assertThatThrownBy(() -> train(sequence, 0.5))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "class 0 is in task a and in task b, so that their subnetworks cannot share the answer: write inference: {subnetworks: 0}");
    }
}
