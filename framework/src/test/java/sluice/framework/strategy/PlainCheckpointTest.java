package sluice.framework.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Maps;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.framework.SmallTasks;
import sluice.framework.checkpoint.Checkpoint;
import sluice.framework.checkpoint.Checkpoints;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.optimizer.Validation;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TrainingListener;
import sluice.framework.result.TrainingResult;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;

/** Strategies that train one plain network go on from a checkpoint with the same bits. */
class PlainCheckpointTest {
    /** Those with networks that generate. */
    private static final Set<String> GENERATE = Set.of("generative-replay", "gated-replay", "generative-classifier");

    private static final Map<String, Double> SMALL =
            Map.of("memory", 20.0, "hidden", 12.0, "variables", 3.0, "choices", 3.0, "iterations", 40.0);

    private static final int TASKS = 3;
    private static final int STEPS_PER_PASS = 7;
    private static final int STEPS_PER_TASK = 6 * STEPS_PER_PASS;
    private static final int STEPS = TASKS * STEPS_PER_TASK;

    /** 48 examples of a task: the last step of a pass has one fewer. */
    private static final Setup SETUP = new Setup(
            ImmutableList.of(new FullyConnected(12), new FullyConnected(10)),
            new TrainingSettings(STEPS_PER_TASK / STEPS_PER_PASS, 7, Optimizer.DEFAULT, Double.POSITIVE_INFINITY),
            7,
            1);

    /** Takes one checkpoint, after so many of the steps that it sees. */
    private static final class One implements Checkpoints {
        private final Optional<Checkpoint> from;
        private final int steps;
        private final Runnable afterwards;
        private int asked;
        private Checkpoint taken;

        One(Optional<Checkpoint> from, int steps, Runnable afterwards) {
            this.from = from;
            this.steps = steps;
            this.afterwards = afterwards;
        }

        static One thenKilled(int steps) {
            return new One(Optional.empty(), steps, () -> {
                throw new CancellationException("killed");
            });
        }

        static One ofAllSteps() {
            return new One(Optional.empty(), STEPS, () -> {});
        }

        /** The last step of all, of a training that goes on from another's checkpoint. */
        static One ofAllSteps(One killed) {
            return new One(Optional.of(killed.taken), STEPS - killed.steps, () -> {});
        }

        @Override
        public Optional<Checkpoint> start() {
            return from;
        }

        @Override
        public boolean due() {
            return ++asked == steps;
        }

        @Override
        public void take(Checkpoint checkpoint) {
            taken = checkpoint;
            afterwards.run();
        }

        /** All entries but those that have seconds in them. */
        Map<String, ByteBuffer> state() {
            return Maps.transformValues(
                    Maps.filterKeys(
                            taken.snapshot().entries(), name -> !name.startsWith("time.") && !name.startsWith("loop.")),
                    ByteBuffer::wrap);
        }
    }

    private static TaskSummary withoutTime(TaskSummary task) {
        TaskSummary without = TaskSummary.of(task.task(), task.openUnits(), task.steps(), 0, task.account());
        return task.chosen().map(chosen -> without.chosen(chosen, task.steps())).orElse(without);
    }

    /** With a memory that has no room for all examples, and generators that are quickly trained, if it has some. */
    private static Strategy strategy(Strategies.Entry entry, Scenario scenario) {
        Strategies.Conditions conditions = new Strategies.Conditions(scenario, TASKS);
        Set<String> parameters = entry.defaults().apply(conditions).keySet();
        return entry.with(Maps.filterKeys(SMALL, parameters::contains), conditions);
    }

    static Stream<Arguments> strategies() {
        Stream<Arguments> byName = Strategies.BY_NAME.values().stream()
                .flatMap(entry ->
                        entry.scenarios().stream().map(scenario -> Arguments.of(strategy(entry, scenario), scenario)))
                .filter(arguments -> arguments.get()[0] instanceof PlainStrategy);
        return Stream.concat(byName, Stream.of(Arguments.of(new ContextGating(0.5, 0.5), Scenario.TASK)));
    }

    /** As many steps, with a quarter of the examples held out. */
    private static final Setup HELD_OUT = new Setup(
            SETUP.layers(),
            new TrainingSettings(7, 6, Optimizer.DEFAULT, Double.POSITIVE_INFINITY)
                    .withValidation(new Validation(0.25, 100)),
            7,
            1);

    @ParameterizedTest
    @MethodSource("strategies")
    void goesOnWithTheSameBits(Strategy strategy, Scenario scenario) {
        goesOnWithTheSameBits(strategy, scenario, SETUP);
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void goesOnWithTheSameBitsAndThePassThatWasBest(Strategy strategy, Scenario scenario) {
        if (strategy.traits().takes(StrategyTraits.Setting.VALIDATION)
                && ((PlainStrategy) strategy).curriculum() == Curriculum.TASK_BY_TASK) {
            goesOnWithTheSameBits(strategy, scenario, HELD_OUT);
        }
    }

    private static void goesOnWithTheSameBits(Strategy strategy, Scenario scenario, Setup setup) {
        TaskSequence sequence = GENERATE.contains(strategy.name())
                ? Clouds.unit(scenario, TASKS)
                : SmallTasks.sequence(TASKS, 5).withScenario(scenario);
        One undisturbed = One.ofAllSteps();
        TrainingResult whole = strategy.learn(sequence, setup, TrainingListener.SILENT, undisturbed);
        int second = STEPS_PER_TASK;
        int third = 2 * STEPS_PER_TASK;
        for (int step : new int[] {1, STEPS_PER_PASS - 1, STEPS_PER_PASS, second, second + 17, third - 1, third + 5}) {
            One killed = One.thenKilled(step);
            assertThatThrownBy(() -> strategy.learn(sequence, setup, TrainingListener.SILENT, killed))
                    .isInstanceOf(CancellationException.class);
            One goingOn = One.ofAllSteps(killed);

            TrainingResult resumed = strategy.learn(sequence, setup, TrainingListener.SILENT, goingOn);

            assertThat(Maps.difference(goingOn.state(), undisturbed.state()).areEqual())
                    .as(() -> "entries that differ: "
                            + Maps.difference(goingOn.state(), undisturbed.state())
                                    .entriesDiffering()
                                    .keySet())
                    .isTrue();
            assertThat(resumed.matrix()).isEqualTo(whole.matrix());
            assertThat(resumed.tasks().stream().map(PlainCheckpointTest::withoutTime))
                    .isEqualTo(whole.tasks().stream()
                            .map(PlainCheckpointTest::withoutTime)
                            .toList());
        }
    }
}
