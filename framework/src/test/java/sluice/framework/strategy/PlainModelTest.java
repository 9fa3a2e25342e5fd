package sluice.framework.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.framework.SmallTasks;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.loss.Softmax;
import sluice.framework.network.GatedNetwork;
import sluice.framework.optimizer.TrainingDuration;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.plain.PlainAnswers;
import sluice.framework.plain.PlainModel;
import sluice.framework.result.TestAnswers;
import sluice.framework.result.TrainingListener;
import sluice.framework.result.TrainingResult;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.OutputLayout;
import sluice.tasks.OutputRange;
import sluice.tasks.Scenario;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/** What strategies taught a plain network is saved, and answers as it did in their last row. */
class PlainModelTest {
    private static final String OF_GENERATORS = "generative-classifier";

    private static final Setup DENSE = new Setup(
            ImmutableList.of(new FullyConnected(12), new FullyConnected(10)),
            TrainingSettings.DEFAULT.withLength(new TrainingDuration.Iterations(40)),
            7,
            1);

    private static final Setup MAPS = new Setup(
            SmallTasks.convolutional(3).layers(),
            TrainingSettings.DEFAULT.withLength(new TrainingDuration.Iterations(10)),
            7,
            1);

    @TempDir
    private Path folder;

    private static Strategy strategy(String name, Scenario scenario) {
        Map<String, Double> small = name.equals(OF_GENERATORS)
                ? Map.of("hidden", 9.0, "variables", 4.0, "iterations", 60.0, "samples", 300.0)
                : Map.of();
        return Strategies.BY_NAME.get(name).with(small, new Strategies.Conditions(scenario, 3));
    }

    static Stream<Arguments> strategies() {
        return Strategies.BY_NAME.keySet().stream()
                .flatMap(name -> Stream.of(Scenario.values()).map(scenario -> Arguments.of(name, scenario)))
                .filter(arguments -> {
                    Strategy strategy = strategy(
                            (String) arguments.get()[0], (Scenario) arguments.get()[1]);
                    return strategy instanceof PlainStrategy
                            && strategy.scenarios()
                                    .contains((Scenario) arguments.get()[1])
                            && !strategy.name().endsWith("-replay");
                });
    }

    private static TaskSequence tasks(String name, Scenario scenario, Setup setup) {
        TaskSequence plain = name.equals(OF_GENERATORS)
                ? Clouds.unit(scenario, 3)
                : SmallTasks.sequence(3, 5).withScenario(scenario);
        return setup.equals(MAPS) ? plain.withShape(SmallTasks.convolutional(3).input()) : plain;
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void answersAsInTheLastRow(String name, Scenario scenario) {
        answersAsInTheLastRow(strategy(name, scenario), tasks(name, scenario, DENSE), DENSE);
        answersAsInTheLastRow(strategy(name, scenario), tasks(name, scenario, MAPS), MAPS);
    }

    private void answersAsInTheLastRow(Strategy strategy, TaskSequence sequence, Setup setup) {
        List<TestAnswers> last = new ArrayList<>();
        TrainingListener answered = new TrainingListener() {
            @Override
            public void answered(TestAnswers answers) {
                last.add(answers);
            }
        };
        Path file = folder.resolve("model.sluice");
        strategy.learn(sequence, setup, answered).saveModel(file);
        PlainModel model = PlainModel.load(file);

        assertThat(model.names()).isEqualTo(sequence.names());
        assertThat(model.strategy()).isEqualTo(strategy.name());
        OutputLayout outputs = model.outputs();
        try (PlainAnswers network = new PlainAnswers(model)) {
            for (int t = 0; t < 3; t++) {
                Task task = sequence.tasks().get(t);
                float[] scores = network.scores(task.test(), t);
                OutputRange range = outputs.testing(t, 3);
                for (int row = 0; row < task.test().size(); row++) {
                    assertThat(outputs.label(t, range.largest(scores, row * outputs.count())))
                            .isEqualTo(last.get(t).answers()[row]);
                }
                checkProbabilities(network, task, t, last.get(t));
            }
        }
    }

    private static void checkProbabilities(PlainAnswers network, Task task, int place, TestAnswers last) {
        if (last.outputs().isEmpty()) {
            assertThatThrownBy(() -> network.probabilities(task.test(), place))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("has no probabilities");
            return;
        }
        double[][] probabilities = network.probabilities(task.test(), place);
        float[] then = last.outputs().orElseThrow().probabilities();
        int count = then.length / probabilities.length;
        for (int row = 0; row < probabilities.length; row++) {
            assertThat(probabilities[row]).hasSize(count);
            for (int o = 0; o < count; o++) {
                assertThat(probabilities[row][o]).isCloseTo(then[row * count + o], within(1e-6));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void isReadAsItWasWritten(String name, Scenario scenario) throws IOException {
        Path file = folder.resolve("model.sluice");
        Path again = folder.resolve("again.sluice");
        TrainingResult result =
                strategy(name, scenario).learn(tasks(name, scenario, DENSE), DENSE, TrainingListener.SILENT);
        result.annotated("settings", "{}").saveModel(file);
        PlainModel.load(file).save(again);

        assertThat(again).hasSameBinaryContentAs(file);
        assertThat(PlainModel.load(file).provenance()).containsEntry("settings", "{}");
    }

    @Test
    void ofGeneratorsScoresWithTheBitsOfTheRunWhateverIsAskedBeside() {
        TaskSequence sequence = Clouds.unit(Scenario.CLASS, 3);
        List<TestAnswers> last = new ArrayList<>();
        TrainingListener answered = new TrainingListener() {
            @Override
            public void answered(TestAnswers answers) {
                last.add(answers);
            }
        };
        Path file = folder.resolve("model.sluice");
        strategy(OF_GENERATORS, Scenario.CLASS).learn(sequence, DENSE, answered).saveModel(file);
        PlainModel model = PlainModel.load(file);
        int outputs = model.outputs().count();

        try (PlainAnswers network = new PlainAnswers(model)) {
            for (int t = 0; t < 3; t++) {
                Examples test = sequence.tasks().get(t).test();
                float[] together = network.scores(test, 0);
                OutputRange range = model.outputs().testing(t, 3);
                for (int row = 0; row < test.size(); row++) {
                    float[] alone = network.scores(Examples.of(new float[][] {test.row(row)}, new int[1]), t);
                    assertThat(alone).isEqualTo(Arrays.copyOfRange(together, row * outputs, (row + 1) * outputs));
                    int own = model.outputs().output(t, test.label(row));
                    assertThat(last.get(t).probabilities()[row])
                            .isEqualTo((float) Softmax.probability(alone, 0, range.from(), range.to(), own));
                }
            }
        }
    }

    @Test
    void ofAnotherKindIsRefused() throws IOException {
        Path file = folder.resolve("model.sluice");
        strategy("ewc", Scenario.TASK)
                .learn(tasks("ewc", Scenario.TASK, DENSE), DENSE, TrainingListener.SILENT)
                .saveModel(file);

        assertThatThrownBy(() -> GatedNetwork.load(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(
                        "is a plain network, without subnetworks of tasks: name the model of a gated network");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> PlainModel.load(file)).isInstanceOf(InputException.class);
    }
}
