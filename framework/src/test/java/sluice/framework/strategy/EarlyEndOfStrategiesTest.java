package sluice.framework.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.framework.SmallTasks;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.optimizer.TrainingDuration;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.plain.PlainAnswers;
import sluice.framework.plain.PlainModel;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TrainingControl;
import sluice.framework.result.TrainingControl.Next;
import sluice.framework.result.TrainingListener;
import sluice.tasks.OutputRange;
import sluice.tasks.Scenario;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/** Whoever controls the training of a plain network ends it, and says what becomes of the task. */
class EarlyEndOfStrategiesTest {
    private static final Setup SETUP = new Setup(
            ImmutableList.of(new FullyConnected(12), new FullyConnected(10)),
            TrainingSettings.DEFAULT.withLength(new TrainingDuration.Iterations(40)),
            7,
            1);

    @TempDir
    private Path folder;

    static Stream<Arguments> strategies() {
        return Strategies.BY_NAME.keySet().stream()
                .flatMap(name -> Stream.of(Scenario.TASK, Scenario.CLASS).map(scenario -> Arguments.of(name, scenario)))
                .filter(arguments -> {
                    Strategy strategy = strategy(
                            (String) arguments.get()[0], (Scenario) arguments.get()[1]);
                    return strategy instanceof PlainStrategy plain
                            && plain.curriculum() == Curriculum.TASK_BY_TASK
                            && strategy.scenarios()
                                    .contains((Scenario) arguments.get()[1])
                            && !strategy.name().startsWith("generative")
                            && !strategy.name().endsWith("-replay");
                });
    }

    private static Strategy strategy(String name, Scenario scenario) {
        return Strategies.BY_NAME.get(name).with(ImmutableMap.of(), new Strategies.Conditions(scenario, 3));
    }

    private static TaskSequence tasks(Scenario scenario) {
        return SmallTasks.sequence(3, 5).withScenario(scenario);
    }

    private StrategyResult learn(Strategy strategy, TaskSequence tasks, Setup setup, TrainingControl control) {
        return (StrategyResult) strategy.learn(tasks, setup, control.with(TrainingListener.SILENT));
    }

    private byte[] bytes(StrategyResult result) throws IOException {
        Path file = folder.resolve("model.sluice");
        result.saveModel(file);
        return Files.readAllBytes(file);
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void whatIsRolledBackLeavesTheModelOfTheTasksBefore(String name, Scenario scenario) throws IOException {
        Strategy strategy = strategy(name, scenario);
        StrategyResult before = learn(
                strategy,
                tasks(scenario),
                SETUP,
                (task, done) -> task.equals("task 2") ? Next.ROLL_BACK : Next.CONTINUE);
        StrategyResult rolled = learn(
                strategy,
                tasks(scenario),
                SETUP,
                (task, done) -> task.equals("task 2") && done == 11 ? Next.ROLL_BACK : Next.CONTINUE);

        assertThat(rolled.tasks()).extracting(TaskSummary::task).containsExactly("task 0", "task 1");
        assertThat(bytes(rolled)).isEqualTo(bytes(before));
        assertThat(rolled.matrix()).isEqualTo(before.matrix());
        assertThat(rolled.memoryBytes()).isEqualTo(before.memoryBytes());
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void aModelThatWasEndedEarlyAnswersAsInItsLastRow(String name, Scenario scenario) {
        TaskSequence tasks = tasks(scenario);
        StrategyResult ended = learn(
                strategy(name, scenario),
                tasks,
                SETUP,
                (task, done) -> task.equals("task 1") && done == 25 ? Next.CONSOLIDATE : Next.CONTINUE);
        Path file = folder.resolve("model.sluice");
        ended.saveModel(file);
        PlainModel model = PlainModel.load(file);

        assertThat(ended.tasks()).extracting(TaskSummary::steps).containsExactly(40L, 25L);
        assertThat(model.names()).containsExactly("task 0", "task 1");
        assertThat(model.provenance()).containsOnlyKeys("task.task 0.sequence", "task.task 1.sequence");
        try (PlainAnswers network = new PlainAnswers(model)) {
            for (int t = 0; t < 2; t++) {
                Task task = tasks.tasks().get(t);
                float[] scores = network.scores(task.test(), t);
                OutputRange range = model.outputs().testing(t, 2);
                int correct = 0;
                for (int row = 0; row < task.test().size(); row++) {
                    int answer = range.largest(scores, row * model.outputs().count());
                    correct += answer == model.outputs().output(t, task.test().label(row)) ? 1 : 0;
                }
                assertThat(correct)
                        .isEqualTo(ended.matrix().cell(2, t + 1).orElseThrow().correct());
            }
        }
    }

    @Test
    void whatIsConsolidatedEarlyHasTheBitsOfATrainingOfThatLength() throws IOException {
        for (String name : Arrays.asList("fine-tuning", "er", "ewc", "joint", "si")) {
            TaskSequence one = SmallTasks.sequence(1, 5);
            Setup shorter =
                    new Setup(SETUP.layers(), SETUP.training().withLength(new TrainingDuration.Iterations(13)), 7, 1);

            StrategyResult ended = learn(
                    strategy(name, Scenario.TASK),
                    one,
                    SETUP,
                    (task, done) -> done == 13 ? Next.CONSOLIDATE : Next.CONTINUE);
            byte[] model = bytes(ended);

            assertThat(model)
                    .as(name)
                    .isEqualTo(
                            bytes(learn(strategy(name, Scenario.TASK), one, shorter, (task, done) -> Next.CONTINUE)));
            assertThat(ended.tasks().get(0).steps()).isEqualTo(13);
        }
    }

    @Test
    void theFirstTaskRolledBackLeavesNoModel() {
        StrategyResult ended = learn(
                strategy("er", Scenario.CLASS),
                tasks(Scenario.CLASS),
                SETUP,
                (task, done) -> done == 3 ? Next.ROLL_BACK : Next.CONTINUE);

        assertThat(ended.model()).isEmpty();
        assertThat(ended.tasks()).isEmpty();
        assertThat(ended.matrix().cell(0, 1)).isPresent();
    }
}
