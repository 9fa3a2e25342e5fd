package sluice.framework.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
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
import sluice.framework.optimizer.TrainingDuration;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TrainingListener;
import sluice.framework.result.TrainingResult;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;

/** Strategies that train one plain network go on from a checkpoint with the same bits. */
class PlainCheckpointTest {
    /** Those with networks that generate. */
    private static final Set<String> BEGIN_ANEW = Set.of("generative-replay", "gated-replay", "generative-classifier");

    private static final Setup SETUP = new Setup(
            ImmutableList.of(new FullyConnected(12), new FullyConnected(10)),
            TrainingSettings.DEFAULT.withLength(new TrainingDuration.Iterations(40)),
            7,
            1);

    /** Takes a checkpoint at a step, of all tasks, and goes on; or goes on from one. */
    private static final class One implements Checkpoints {
        private final Optional<Checkpoint> from;
        private final int step;
        private int asked;
        private Checkpoint taken;

        One(Optional<Checkpoint> from, int step) {
            this.from = from;
            this.step = step;
        }

        @Override
        public Optional<Checkpoint> start() {
            return from;
        }

        @Override
        public boolean due() {
            return ++asked == step;
        }

        @Override
        public void take(Checkpoint checkpoint) {
            taken = checkpoint;
            throw new CancellationException("killed");
        }
    }

    private static TaskSummary withoutTime(TaskSummary task) {
        return TaskSummary.of(task.task(), task.openUnits(), task.steps(), 0, task.account());
    }

    private static Strategy strategy(String name, Scenario scenario) {
        return Strategies.BY_NAME.get(name).with(Map.of(), new Strategies.Conditions(scenario, 3));
    }

    private static void goesOn(String name, Scenario scenario) {
        TaskSequence sequence = SmallTasks.sequence(3, 5).withScenario(scenario);
        Strategy strategy = strategy(name, scenario);
        TrainingResult whole = strategy.learn(sequence, SETUP, TrainingListener.SILENT);
        for (int step : new int[] {1, 40, 55, 79, 80, 119}) {
            One killed = new One(Optional.empty(), step);
            assertThatThrownBy(() -> strategy.learn(sequence, SETUP, TrainingListener.SILENT, killed))
                    .isInstanceOf(CancellationException.class);
            TrainingResult resumed =
                    strategy.learn(sequence, SETUP, TrainingListener.SILENT, new One(Optional.of(killed.taken), 0));

            assertThat(resumed.matrix()).isEqualTo(whole.matrix());
            assertThat(resumed.tasks().stream().map(PlainCheckpointTest::withoutTime))
                    .isEqualTo(whole.tasks().stream()
                            .map(PlainCheckpointTest::withoutTime)
                            .toList());
        }
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
                            && !BEGIN_ANEW.contains(strategy.name());
                });
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void goesOnWithTheSameBits(String name, Scenario scenario) {
        goesOn(name, scenario);
    }
}
