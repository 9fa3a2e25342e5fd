package sluice.framework.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Maps;
import com.google.common.io.Files;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.framework.SmallTasks;
import sluice.framework.checkpoint.Checkpoint;
import sluice.framework.checkpoint.Checkpoints;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.result.ForwardingListener;
import sluice.framework.result.LearningStoppedException;
import sluice.framework.result.TrainingListener;
import sluice.tasks.InputException;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;

/** A plain strategy goes on with what an earlier run taught, by its file. */
class LearningOnTest {
    private static final int TASKS = 4;
    private static final Setup SETUP = setup(7, Optimizer.DEFAULT);

    @TempDir
    Path folder;

    private static Setup setup(long seed, Optimizer optimizer) {
        return new Setup(
                ImmutableList.of(new FullyConnected(12), new FullyConnected(10)),
                new TrainingSettings(4, 7, optimizer, Double.POSITIVE_INFINITY),
                seed,
                1);
    }

    private static PlainStrategy strategy(Strategies.Entry entry, Scenario scenario) {
        Strategies.Conditions conditions = new Strategies.Conditions(scenario, TASKS);
        Set<String> parameters = entry.defaults().apply(conditions).keySet();
        return entry.with(parameters.contains("memory") ? Map.of("memory", 20.0) : Map.of(), conditions)
                                instanceof PlainStrategy plain
                        && Strategies.BY_NAME.get(plain.name()).family() != Strategies.Family.GENERATION
                ? plain
                : new Lwf(Lwf.DEFAULT_TEMPERATURE);
    }

    static Stream<PlainStrategy> ofDomain() {
        return Strategies.BY_NAME.values().stream()
                .filter(entry -> entry.scenarios().contains(Scenario.DOMAIN))
                .map(entry -> strategy(entry, Scenario.DOMAIN))
                .filter(PlainStrategy::learnsOn)
                .distinct();
    }

    static Stream<Arguments> all() {
        return Strategies.BY_NAME.values().stream()
                .flatMap(entry ->
                        entry.scenarios().stream().map(scenario -> Arguments.of(strategy(entry, scenario), scenario)))
                .filter(arguments -> ((PlainStrategy) arguments.get()[0]).learnsOn()
                        && ((PlainStrategy) arguments.get()[0])
                                .scenarios()
                                .contains(arguments.get()[1]))
                .distinct();
    }

    private StrategyResult learn(Strategy strategy, TaskSequence tasks, String name) {
        StrategyResult result =
                (StrategyResult) strategy.learn(tasks, SETUP, TrainingListener.SILENT, Checkpoints.NONE_BUT_LEARNER);
        folder.resolve(name).toFile().mkdir();
        result.saveLearner(folder.resolve(name).resolve(TaughtLearner.FILE));
        return result;
    }

    private LearningOn after(PlainStrategy strategy, String name) {
        return new LearningOn(strategy, new PriorLearner(folder.resolve(name)));
    }

    /** With all test examples at hand. */
    private LearningOn after(PlainStrategy strategy, String name, StrategyResult before, TaskSequence sequence) {
        return after(strategy, name)
                .asking(new EarlierTasks(Optional.of(before.matrix()), sequence.tasks(), "all are there"));
    }

    private byte[] learner(String name) throws IOException {
        return Files.toByteArray(
                folder.resolve(name).resolve(TaughtLearner.FILE).toFile());
    }

    private Map<String, ByteBuffer> remembered(String name) {
        TaughtLearner taught = TaughtLearner.load(folder.resolve(name).resolve(TaughtLearner.FILE));
        return Maps.transformValues(taught.snapshot().entries(), ByteBuffer::wrap);
    }

    @ParameterizedTest
    @MethodSource("ofDomain")
    void ofTheSameOutputsHasTheBitsOfOneRun(PlainStrategy strategy) {
        TaskSequence sequence = SmallTasks.sequence(TASKS, 5).withScenario(Scenario.DOMAIN);
        StrategyResult whole = learn(strategy, sequence, "whole");

        StrategyResult first = learn(strategy, SmallTasks.only(sequence, 0, 2), "week-1");
        StrategyResult second =
                learn(after(strategy, "week-1", first, sequence), SmallTasks.only(sequence, 2, 3), "week-2");
        StrategyResult goneOn =
                learn(after(strategy, "week-2", second, sequence), SmallTasks.only(sequence, 3, 4), "week-3");

        assertThat(goneOn.model().orElseThrow().parameters())
                .containsExactly(whole.model().orElseThrow().parameters());
        for (int task = 1; task <= TASKS; task++) {
            for (int row = task; row <= TASKS; row++) {
                assertThat(goneOn.matrix().cell(row, task))
                        .isEqualTo(whole.matrix().cell(row, task));
            }
        }
        assertThat(goneOn.matrix().cell(0, 4)).isEmpty();
        assertThat(remembered("week-3")).isEqualTo(remembered("whole"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void learnsTasksOfOtherClasses(PlainStrategy strategy, Scenario scenario) {
        TaskSequence alike = SmallTasks.sequence(3, 5).withScenario(scenario);
        TaskSequence sequence = scenario == Scenario.CLASS ? WideningTest.withClassesOfTheirOwn(alike) : alike;
        StrategyResult before = learn(strategy, SmallTasks.only(sequence, 0, 2), "week-1");

        StrategyResult goneOn =
                learn(after(strategy, "week-1", before, sequence), SmallTasks.only(sequence, 2, 3), "week-2");

        assertThat(goneOn.matrix().tasks()).containsExactly("task 0", "task 1", "task 2");
        assertThat(goneOn.matrix().cell(2, 1)).isEqualTo(before.matrix().cell(2, 1));
        assertThat(goneOn.matrix().cell(3, 1)).isPresent();
        assertThat(goneOn.matrix().cell(3, 3)).isPresent();
        if (strategy instanceof PackNet
                || strategy instanceof Supermasks
                || strategy instanceof WinningSubnetworks
                || strategy instanceof WeightGates) {
            assertThat(goneOn.matrix().cell(3, 1)).isEqualTo(before.matrix().cell(2, 1));
            assertThat(goneOn.matrix().cell(3, 2)).isEqualTo(before.matrix().cell(2, 2));
        }
        assertThat(goneOn.model().orElseThrow().names()).containsExactly("task 0", "task 1", "task 2");
        assertThat(goneOn.tasks()).hasSize(1);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        TaskSequence sequence = SmallTasks.sequence(3, 5);
        learn(new ExperienceReplay(20, ExperienceReplay.Kind.RESERVOIR), SmallTasks.only(sequence, 0, 2), "er");
        TaskSequence next = SmallTasks.only(sequence, 2, 3);
        LearningOn goesOn = after(new ExperienceReplay(20, ExperienceReplay.Kind.RESERVOIR), "er");

        assertRefused(after(new AGem(20), "er"), next, SETUP, "was taught by strategy er");
        assertRefused(
                after(new ExperienceReplay(30, ExperienceReplay.Kind.RESERVOIR), "er"),
                next,
                SETUP,
                "has a memory of 20");
        assertRefused(goesOn, next, setup(8, Optimizer.DEFAULT), "has seed 7");
        assertRefused(goesOn, next, setup(7, Optimizer.sgd(0.1)), "was trained by optimizer adam");
        assertRefused(goesOn, next.withScenario(Scenario.DOMAIN), SETUP, "learned in scenario task");
        assertRefused(goesOn, SmallTasks.only(sequence, 1, 2), SETUP, "has learned task 'task 1'");
        assertRefused(
                goesOn,
                next,
                new Setup(ImmutableList.of(new FullyConnected(12)), SETUP.training(), 7, 1),
                "has hidden layers [12, 10]");
        assertRefused(after(new AGem(20), "nowhere"), next, SETUP, "holds no learner.sluice");
    }

    private static void assertRefused(LearningOn strategy, TaskSequence tasks, Setup setup, String why) {
        assertThatThrownBy(() -> strategy.next(tasks, setup))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(why);
    }

    @Test
    void aParameterThatIsAnotherIsTold() {
        TaskSequence sequence = SmallTasks.sequence(3, 5);
        learn(new Mas(1), SmallTasks.only(sequence, 0, 2), "mas");
        List<String> warnings = new ArrayList<>();

        after(new Mas(2), "mas")
                .learn(SmallTasks.only(sequence, 2, 3), SETUP, new ForwardingListener(TrainingListener.SILENT) {
                    @Override
                    public void warning(String line) {
                        warnings.add(line);
                    }
                });

        assertThat(warnings).anyMatch(line -> line.contains("was taught with lambda 1.0, now 2.0"));
    }

    @Test
    void aDamagedLearnerIsRefused() throws IOException {
        TaskSequence sequence = SmallTasks.sequence(3, 5);
        learn(new AGem(20), SmallTasks.only(sequence, 0, 2), "a-gem");
        byte[] bytes = learner("a-gem");
        bytes[bytes.length / 2] ^= 1;
        Files.write(bytes, folder.resolve("a-gem").resolve(TaughtLearner.FILE).toFile());

        assertThatThrownBy(() -> learn(after(new AGem(20), "a-gem"), SmallTasks.only(sequence, 2, 3), "next"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("cannot be gone on with");
    }

    @Test
    void aFileOfAnyNameIsGoneOnFrom() {
        TaskSequence sequence = SmallTasks.sequence(3, 5);
        StrategyResult first = learn(new AGem(20), SmallTasks.only(sequence, 0, 2), "a-gem");
        Path file = folder.resolve("mine.sluice");
        first.learner().orElseThrow().save(file);

        LearningOn strategy = new LearningOn(new AGem(20), new PriorLearner(file));

        assertThat(learn(strategy, SmallTasks.only(sequence, 2, 3), "next")
                        .matrix()
                        .tasks())
                .hasSize(3);
    }

    /** Kills a training after so many steps of those that it sees, and keeps its checkpoint. */
    private static final class Kill implements Checkpoints {
        private final Optional<Checkpoint> from;
        private int left;
        private Checkpoint taken;

        Kill(Optional<Checkpoint> from, int steps) {
            this.from = from;
            this.left = steps;
        }

        @Override
        public Optional<Checkpoint> start() {
            return from;
        }

        @Override
        public boolean due() {
            return --left == 0;
        }

        @Override
        public void take(Checkpoint checkpoint) {
            taken = checkpoint;
            throw new CancellationException("killed");
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void goesOnFromACheckpointOfItsOwn(PlainStrategy strategy, Scenario scenario) {
        TaskSequence alike = SmallTasks.sequence(4, 5).withScenario(scenario);
        TaskSequence sequence = scenario == Scenario.CLASS ? WideningTest.withClassesOfTheirOwn(alike) : alike;
        StrategyResult before = learn(strategy, SmallTasks.only(sequence, 0, 2), "week-1");
        LearningOn goesOn = after(strategy, "week-1", before, sequence);
        TaskSequence next = SmallTasks.only(sequence, 2, 4);
        StrategyResult whole = learn(goesOn, next, "week-2");

        for (int step : new int[] {3, 28, 40}) {
            Kill kill = new Kill(Optional.empty(), step);
            assertThatThrownBy(() -> goesOn.learn(next, SETUP, TrainingListener.SILENT, kill))
                    .isInstanceOfSatisfying(
                            LearningStoppedException.class,
                            stopped -> assertThat(stopped.rows().cell(2, 1))
                                    .isEqualTo(before.matrix().cell(2, 1)));
            StrategyResult resumed = (StrategyResult) goesOn.learn(
                    next, SETUP, TrainingListener.SILENT, new Kill(Optional.of(kill.taken), Integer.MAX_VALUE));

            assertThat(resumed.matrix()).isEqualTo(whole.matrix());
            assertThat(resumed.model().orElseThrow().parameters())
                    .containsExactly(whole.model().orElseThrow().parameters());
        }
    }
}
