package sluice.framework.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Maps;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.framework.checkpoint.Checkpoints;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.optimizer.Validation;
import sluice.framework.result.ChosenPass;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TrainingListener;
import sluice.tasks.Normalisation;
import sluice.tasks.Scenario;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/** What held-out examples say of a plain strategy's training decides which pass is kept, with all that it remembered then. */
class ValidationTest {
    private static final Map<String, Double> SMALL = Map.of("memory", 20.0);

    private static final Validation WAITING = new Validation(0.3, 1000);

    @TempDir
    Path folder;

    /** Clouds that overlap, so that passes are now better, now worse. */
    private static TaskSequence overlapping(Scenario scenario, int tasks) {
        return TaskSequence.of(
                        "overlapping",
                        Normalisation.NONE,
                        IntStream.range(0, tasks)
                                .mapToObj(t -> overlapping("task " + t, 5 + t))
                                .toArray(Task[]::new))
                .withScenario(scenario);
    }

    private static Task overlapping(String name, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return Task.of(name, rows(60, random), labels(60), rows(20, random), labels(20));
    }

    private static float[][] rows(int count, SplittableRandom random) {
        float[][] rows = new float[count][5];
        for (int i = 0; i < count; i++) {
            for (int f = 0; f < 5; f++) {
                rows[i][f] = (float) ((i % 2 == 0 ? 0.4 : -0.4) + random.nextGaussian());
            }
        }
        return rows;
    }

    private static int[] labels(int count) {
        return IntStream.range(0, count).map(i -> i % 2).toArray();
    }

    private static Setup setup(int epochs, Validation validation) {
        return new Setup(
                ImmutableList.of(new FullyConnected(12), new FullyConnected(10)),
                new TrainingSettings(epochs, 7, Optimizer.adam(0.02), Double.POSITIVE_INFINITY)
                        .withValidation(validation),
                7,
                1);
    }

    private static StrategyResult learn(Strategy strategy, TaskSequence sequence, Setup setup) {
        return (StrategyResult) strategy.learn(sequence, setup, TrainingListener.SILENT, Checkpoints.NONE_BUT_LEARNER);
    }

    private static Map<String, ByteBuffer> remembered(StrategyResult result) {
        return Maps.transformValues(result.learner().orElseThrow().snapshot().entries(), ByteBuffer::wrap);
    }

    static Stream<Arguments> strategies() {
        return Strategies.BY_NAME.values().stream()
                .flatMap(entry -> entry.scenarios().stream().map(scenario -> {
                    Strategies.Conditions conditions = new Strategies.Conditions(scenario, 2);
                    Set<String> parameters = entry.defaults().apply(conditions).keySet();
                    return Arguments.of(entry.with(Maps.filterKeys(SMALL, parameters::contains), conditions), scenario);
                }))
                .filter(arguments -> arguments.get()[0] instanceof PlainStrategy plain
                        && plain.traits().takes(StrategyTraits.Setting.VALIDATION));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void keepsAllThatThereWasAfterTheBestPass(PlainStrategy strategy, Scenario scenario) {
        TaskSequence sequence = overlapping(scenario, 2);
        TaskSequence one = sequence.withTasks(sequence.tasks().subList(0, 1));

        StrategyResult stopped = learn(strategy, one, setup(12, new Validation(0.3, 2)));

        TaskSummary task = stopped.tasks().get(0);
        ChosenPass chosen = task.chosen().orElseThrow();
        assertThat(chosen.score().examples()).isEqualTo(18);
        assertThat(chosen.trained()).isEqualTo(Math.min(12, chosen.pass() + 2));
        // 42 examples are left, in batches of 7
        assertThat(task.steps()).isEqualTo(6L * chosen.trained());
        StrategyResult upToThere = learn(strategy, one, setup(chosen.pass(), WAITING));
        assertThat(upToThere.tasks().get(0).chosen().orElseThrow().pass()).isEqualTo(chosen.pass());
        if (strategy.learnsOn()) {
            assertThat(remembered(stopped)).isEqualTo(remembered(upToThere));
        }
        assertThat(stopped.matrix()).isEqualTo(upToThere.matrix());
        TaskSummary then = upToThere.tasks().get(0);
        assertThat(task.denseMultiplyAdds() * then.steps())
                .as("what was done after the best pass stays counted")
                .isEqualTo(then.denseMultiplyAdds() * task.steps());
        assertThat(task.multiplyAdds() > then.multiplyAdds()).isEqualTo(chosen.trained() > chosen.pass());
    }

    /** What is remembered of the first task is there when the second goes back. */
    @ParameterizedTest
    @MethodSource("strategies")
    void keepsThatOfEarlierTasks(PlainStrategy strategy, Scenario scenario) {
        if (!strategy.learnsOn()) {
            return;
        }
        TaskSequence sequence = overlapping(scenario, 2);
        learn(strategy, sequence.withTasks(sequence.tasks().subList(0, 1)), setup(12, new Validation(0.3, 2)))
                .saveLearner(folder.resolve(TaughtLearner.FILE));
        TaskSequence two = sequence.withTasks(sequence.tasks().subList(1, 2));
        LearningOn on = new LearningOn(strategy, new PriorLearner(folder));

        StrategyResult stopped = learn(on, two, setup(12, new Validation(0.3, 2)));

        int pass = stopped.tasks().get(0).chosen().orElseThrow().pass();
        assertThat(remembered(stopped)).isEqualTo(remembered(learn(on, two, setup(pass, WAITING))));
    }

    @Test
    void goesBackNowAndThen() {
        List<Integer> after = strategies()
                .map(arguments -> learn(
                                (Strategy) arguments.get()[0],
                                overlapping((Scenario) arguments.get()[1], 2),
                                setup(12, new Validation(0.3, 2)))
                        .tasks())
                .flatMap(List::stream)
                .map(task -> task.chosen().orElseThrow())
                .map(chosen -> chosen.trained() - chosen.pass())
                .toList();

        assertThat(after).contains(0, 2);
    }

    @Test
    void refusesTasksTooSmallForAnyToBeHeldOut() {
        TaskSequence sequence = overlapping(Scenario.TASK, 1);

        assertThatThrownBy(() ->
                        learn(new FineTuning(Curriculum.TASK_BY_TASK), sequence, setup(2, new Validation(0.01, 2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "none of the 60 training examples of task task 0 is held out by a share of 0.01: raise it (up to 0.5), or hold nothing out");
    }
}
