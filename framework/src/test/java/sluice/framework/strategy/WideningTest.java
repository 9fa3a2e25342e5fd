package sluice.framework.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Maps;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.framework.SmallTasks;
import sluice.framework.generator.ReplayForm;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.internal.state.Snapshot;
import sluice.framework.internal.state.State;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.plain.Batch;
import sluice.tasks.Examples;
import sluice.tasks.OutputLayout;
import sluice.tasks.Scenario;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/**
 * What strategies remember finds its place in a network with more outputs: of a training that has outputs for three tasks from the start,
 * all that belongs to the third is forgotten after the second, and it goes on with the same bits.
 */
class WideningTest {
    private static final int TASKS = 3;
    private static final int KNOWN = 2;
    private static final ReplayForm FORM = new ReplayForm(8, 3, 4, 30, 0.01);
    private static final int BATCH = 7;
    private static final Setup SETUP = new Setup(
            ImmutableList.of(new FullyConnected(12), new FullyConnected(10)),
            new TrainingSettings(4, BATCH, Optimizer.DEFAULT, Double.POSITIVE_INFINITY),
            7,
            1);

    /** A strategy at work, that learns tasks when it is told to. */
    private static final class Training implements AutoCloseable {
        private final TaskSequence sequence;
        private final Lanes lanes = Lanes.start(1);
        private final RandomGenerator shuffling = new RandomStreams(SETUP.seed()).stream("shuffling");
        private final Batch batch;
        private final Batch testBatch;
        private final PlainTraining training;
        private final TaskLearner learner;

        Training(PlainStrategy strategy, TaskSequence sequence) {
            this.sequence = sequence;
            this.batch = new Batch(BATCH + strategy.extraRows(BATCH), sequence.features());
            this.testBatch = new Batch(64, sequence.features());
            this.training = new PlainTraining(sequence, SETUP, 64, lanes, true);
            this.learner = strategy.begin(training);
        }

        private TaskFeed feed(Examples examples, int task, Batch into) {
            return new TaskFeed(
                    new Examples[] {examples}, new int[] {task}, sequence.normalisation(), training.outputs(), into);
        }

        void learn(int task) {
            Examples train = sequence.tasks().get(task).train();
            LearnedTask learned =
                    new LearnedTask(task, SETUP.training().steps(train.size()), BATCH, feed(train, task, batch));
            training.begin(task);
            learner.begin(learned);
            for (long step = 0; step < learned.steps(); step++) {
                learner.step(learned.next(shuffling));
            }
            learner.end(learned);
        }

        void state(State state) {
            training.state(state.part("training"));
            learner.state(state.part("learner"));
            learner.drawn(state.part("drawn"));
            state.random("shuffling", shuffling);
        }

        float[] ask(int task) {
            float[][] scores = new float[1][];
            feed(sequence.tasks().get(task).test(), task, testBatch)
                    .forEachBatch(
                            64, asked -> scores[0] = learner.scores(asked, task).clone());
            return scores[0];
        }

        @Override
        public void close() {
            training.close();
            lanes.close();
        }
    }

    /** With memories that are too small for all examples. */
    private static Strategy strategy(Strategies.Entry entry, Scenario scenario) {
        Strategies.Conditions conditions = new Strategies.Conditions(scenario, TASKS);
        Set<String> parameters = entry.defaults().apply(conditions).keySet();
        return entry.with(parameters.contains("memory") ? Map.of("memory", 20.0) : Map.of(), conditions);
    }

    static Stream<Arguments> strategies() {
        Stream<Arguments> byName = Strategies.BY_NAME.values().stream()
                .flatMap(entry ->
                        entry.scenarios().stream().map(scenario -> Arguments.of(strategy(entry, scenario), scenario)))
                .filter(arguments -> arguments.get()[0] instanceof PlainStrategy plain
                        && plain.learnsOn()
                        && Strategies.BY_NAME.get(plain.name()).family() != Strategies.Family.GENERATION);
        return Stream.concat(
                byName,
                Stream.of(
                        Arguments.of(new ContextGating(0.5, 0.5), Scenario.TASK),
                        Arguments.of(new PackNet(0.5, 0), Scenario.TASK),
                        Arguments.of(new GenerativeClassifier(FORM, 5), Scenario.CLASS),
                        Arguments.of(new GenerativeReplay(FORM, 0), Scenario.DOMAIN),
                        Arguments.of(new GenerativeReplay(FORM, 2), Scenario.TASK),
                        Arguments.of(new GenerativeReplay(FORM, 2), Scenario.CLASS),
                        Arguments.of(new GatedReplay(FORM, 1), Scenario.TASK),
                        Arguments.of(new GatedReplay(FORM, 1), Scenario.CLASS)));
    }

    /** In scenario class each has classes of its own, in domain all have the same. */
    private static TaskSequence tasks(Scenario scenario) {
        TaskSequence alike = with(
                SmallTasks.sequence(TASKS, 5).withScenario(scenario),
                task -> new Task(task.name(), task.classes(), withinUnit(task.train()), withinUnit(task.test())));
        return scenario == Scenario.CLASS ? withClassesOfTheirOwn(alike) : alike;
    }

    /** As generators want them. */
    private static Examples withinUnit(Examples examples) {
        float[][] rows = new float[examples.size()][];
        int[] labels = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = examples.row(i);
            labels[i] = examples.label(i);
            for (int f = 0; f < rows[i].length; f++) {
                rows[i][f] = (float) (1 / (1 + Math.exp(-rows[i][f])));
            }
        }
        return Examples.of(rows, labels);
    }

    static TaskSequence withClassesOfTheirOwn(TaskSequence alike) {
        return with(alike, task -> {
            int first = 2 * alike.tasks().indexOf(task);
            return new Task(task.name(), ImmutableList.of(first, first + 1), task.train(), task.test());
        });
    }

    private static TaskSequence with(TaskSequence sequence, UnaryOperator<Task> change) {
        return new TaskSequence(
                sequence.name(),
                sequence.tasks().stream().map(change).collect(ImmutableList.toImmutableList()),
                sequence.scenario(),
                sequence.normalisation(),
                sequence.checksums());
    }

    /** The same tasks without examples of those that were learned. */
    private static TaskSequence withoutExamples(TaskSequence sequence) {
        Examples none = Examples.of(new float[1][sequence.features()], new int[1]);
        return with(
                sequence,
                task -> sequence.tasks().indexOf(task) < KNOWN
                        ? new Task(task.name(), task.classes(), none, task.test())
                        : task);
    }

    private static TaskSequence first(TaskSequence sequence) {
        return SmallTasks.only(sequence, 0, KNOWN);
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void goesOnAsIfOutputsHadBeenThere(PlainStrategy strategy, Scenario scenario) {
        TaskSequence sequence = tasks(scenario);
        TaskSequence known = first(sequence);
        int outputs = OutputLayout.of(known).count();
        try (Training whole = new Training(strategy, sequence);
                Training narrow = new Training(strategy, known);
                Training goingOn = new Training(strategy, withoutExamples(sequence))) {
            for (int t = 0; t < KNOWN; t++) {
                whole.learn(t);
                narrow.learn(t);
            }
            int parameters = whole.training.network().parameters().length;
            Snapshot kept =
                    Snapshot.of(state -> whole.state(new NarrowState(state, false, parameters, outputs, KNOWN)));
            Snapshot form = Snapshot.of(narrow::state);
            assertThat(lengths(kept)).isEqualTo(lengths(form));

            goingOn.training.begin(KNOWN - 1);
            kept.restoreWider(goingOn::state, outputs);
            for (int t = 0; t < KNOWN; t++) {
                assertThat(known(goingOn.ask(t), outputs, sequence))
                        .containsExactly(known(whole.ask(t), outputs, sequence));
            }
            whole.learn(KNOWN);
            goingOn.learn(KNOWN);

            for (int t = 0; t < TASKS; t++) {
                assertThat(goingOn.ask(t)).as("task %s", t).containsExactly(whole.ask(t));
            }
            assertThat(goingOn.training.network().parameters())
                    .containsExactly(whole.training.network().parameters());
        }
    }

    /** But for those of the moments of parameters that a task keeps, which may be some more in one network than in another. */
    private static Map<String, Integer> lengths(Snapshot snapshot) {
        return Maps.transformValues(
                Maps.filterKeys(snapshot.entries(), name -> !name.startsWith("learner.optimizer.moment")),
                bytes -> bytes.length);
    }

    /** Scores of the outputs that there were. */
    private static float[] known(float[] scores, int outputs, TaskSequence sequence) {
        int all = OutputLayout.of(sequence).count();
        float[] known = new float[scores.length / all * outputs];
        for (int row = 0; row < scores.length / all; row++) {
            System.arraycopy(
                    Arrays.copyOfRange(scores, row * all, row * all + outputs), 0, known, row * outputs, outputs);
        }
        return known;
    }
}
