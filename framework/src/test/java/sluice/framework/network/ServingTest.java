package sluice.framework.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.Uninterruptibles;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.framework.ContinualTrainer;
import sluice.framework.Evaluation;
import sluice.framework.SmallTasks;
import sluice.framework.conditional.EarlyExits;
import sluice.framework.conditional.ExitLayer;
import sluice.framework.conditional.GaterTarget;
import sluice.framework.conditional.View;
import sluice.framework.discriminant.DiscriminantModel;
import sluice.framework.discriminant.DiscriminantTrainer;
import sluice.framework.discriminant.InferenceSettings;
import sluice.framework.gates.ConsolidatedTask;
import sluice.framework.gates.GateSettings;
import sluice.framework.gates.InputGates;
import sluice.framework.gates.TaskState;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.result.TrainingListener;
import sluice.gating.StraightThrough;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;

/** Models that answer threads while another thread teaches them, takes tasks from them, or puts the next version in their place. */
class ServingTest {
    private static final TaskSequence ALL = SmallTasks.sequence(5, 3);
    private static final TaskSequence FIRST = SmallTasks.only(ALL, 0, 2);
    private static final TaskSequence LATER = SmallTasks.only(ALL, 2, 5);
    private static final Examples ASKED = ALL.tasks().get(0).test();
    private static final float[][] ROWS = rows(ASKED);
    private static final ContinualTrainer TRAINER = new ContinualTrainer(
            GateSettings.DEFAULT, new TrainingSettings(5, 8, Optimizer.adam(0.01), Double.POSITIVE_INFINITY), 1);

    @TempDir
    private Path folder;

    /** Two threads that ask again and again, until this is closed, which says what they did not like. */
    private static final class Askers implements AutoCloseable {
        private final AtomicLong answers = new AtomicLong();
        private final AtomicReference<Throwable> failure = new AtomicReference<>();
        private final List<Thread> threads;
        private volatile boolean ended;

        Askers(Runnable ask) {
            threads = Stream.generate(() -> new Thread(() -> askAgainAndAgain(ask)))
                    .limit(2)
                    .toList();
            threads.forEach(Thread::start);
        }

        private void askAgainAndAgain(Runnable ask) {
            try {
                while (!ended) {
                    ask.run();
                    answers.incrementAndGet();
                }
            } catch (RuntimeException | Error wrong) {
                failure.compareAndSet(null, wrong);
            }
        }

        /** Goes on when they have been answered some more times. */
        void awaitMore() {
            long enough = answers.get() + 3;
            while (answers.get() < enough && failure.get() == null) {
                Thread.onSpinWait();
            }
        }

        @Override
        public void close() {
            ended = true;
            threads.forEach(Uninterruptibles::joinUninterruptibly);
            assertThat(failure.get()).isNull();
        }
    }

    /** What models said of tasks when they were first asked: labels, and bits of logits. */
    private static final class Remembered {
        private final Map<String, int[]> answers = new ConcurrentHashMap<>();

        void check(GatedNetwork network, String task) {
            int[] labels = network.predict(task, ROWS);
            int[] now = Arrays.copyOf(labels, 3 * labels.length);
            float[] logits = network.logits(task, ASKED);
            for (int i = 0; i < logits.length; i++) {
                now[labels.length + i] = Float.floatToRawIntBits(logits[i]);
            }
            int[] before = answers.putIfAbsent(task, now);
            if (before != null) {
                assertThat(now).as(task).isEqualTo(before);
            }
        }
    }

    private static float[][] rows(Examples examples) {
        float[][] rows = new float[examples.size()][];
        Arrays.setAll(rows, examples::row);
        return rows;
    }

    private static GatedNetwork network() {
        return GatedNetwork.create(SmallTasks.FEATURES, List.of(8, 6), ALL.normalisation(), 1);
    }

    static Stream<ContinualTrainer> trainers() {
        InputGates gater = new InputGates(ImmutableList.of(3), 1, 0.5, new GaterTarget.Budget(), 5);
        EarlyExits exits = new EarlyExits(ImmutableList.of(new ExitLayer(3, 0.1, View.BELOW, false)), 0.1, 0.3, 100);
        GateSettings looking =
                GateSettings.DEFAULT.withEstimator(StraightThrough.DERIVATIVE).withGater(gater);
        return Stream.of(TRAINER, new ContinualTrainer(looking, TRAINER.training(), 2).withExits(exits));
    }

    @ParameterizedTest
    @MethodSource("trainers")
    void itAnswersAsBeforeWhileItLearnsAndGrows(ContinualTrainer trainer) {
        GatedNetwork network = network();
        trainer.train(network, FIRST);
        Remembered remembered = new Remembered();
        FIRST.names().forEach(task -> remembered.check(network, task));
        AtomicLong steps = new AtomicLong();

        try (Askers askers = new Askers(() -> network.tasks().forEach(task -> remembered.check(network, task)))) {
            trainer.withGrowth(new Growth.Share(0.5, 1)).train(network, LATER, new TrainingListener() {
                @Override
                public void stepDone(int epoch, double loss, double accuracy) {
                    if (steps.incrementAndGet() % 10 == 0) {
                        // so that they are answered from layers as they are now
                        network.close();
                        askers.awaitMore();
                    }
                }
            });
            askers.awaitMore();
        }

        assertThat(network.hidden()).isNotEqualTo(List.of(8, 6));
        assertThat(remembered.answers.keySet()).containsExactlyInAnyOrderElementsOf(ALL.names());
        network.tasks().forEach(task -> remembered.check(network, task));
    }

    @Test
    void whatItHoldsIsWholeWheneverAnybodyLooks() {
        GatedNetwork network = network();
        TaskState state = network.parts().initialState(ALL.tasks().get(0), GateSettings.DEFAULT, 0);

        try (Askers askers = new Askers(() -> {
            network.tasks().forEach(task -> assertThat(network.classes(task)).hasSize(2));
            assertThat(network.capacity().tasks().size())
                    .isLessThanOrEqualTo(network.tasks().size());
            assertThat(network.provenance()).hasSizeLessThanOrEqualTo(300);
        })) {
            for (int t = 0; t < 300; t++) {
                TaskState named = new TaskState("task " + t, state.classes(), state.head(), state.logits());
                network.annotate("task." + t, "learned");
                network.parts().consolidate(ConsolidatedTask.of(named), named.subnetwork());
                if (t % 30 == 0) {
                    askers.awaitMore();
                }
            }
        }

        assertThat(network.tasks()).hasSize(300);
    }

    @Test
    void oneOfWhichATaskIsRemovedAnswersForOthersAsBefore() {
        GatedNetwork network = network();
        TRAINER.train(network, ALL);
        Remembered remembered = new Remembered();
        ALL.names().forEach(task -> remembered.check(network, task));

        try (Askers askers = new Askers(() -> ALL.names().forEach(task -> {
            try {
                remembered.check(network, task);
            } catch (InputException removed) {
                assertThat(network.tasks()).doesNotContain(task);
            }
        }))) {
            for (String task : LATER.names()) {
                network.close();
                network.remove(task);
                askers.awaitMore();
            }
        }

        assertThat(network.tasks()).isEqualTo(FIRST.names());
        FIRST.names().forEach(task -> remembered.check(network, task));
    }

    @Test
    void theNextVersionTakesThePlaceOfOneThatAnswers() {
        GatedNetwork first = network();
        TRAINER.train(first, FIRST);
        Remembered remembered = new Remembered();
        FIRST.names().forEach(task -> remembered.check(first, task));
        AtomicReference<GatedNetwork> serving = new AtomicReference<>(first);

        try (Askers askers = new Askers(() -> {
            GatedNetwork network = serving.get();
            network.tasks().forEach(task -> remembered.check(network, task));
        })) {
            for (int t = 2; t < 5; t++) {
                Path file = folder.resolve("version-" + t);
                serving.get().save(file);
                GatedNetwork next = GatedNetwork.load(file);
                TRAINER.train(next, SmallTasks.only(ALL, t, t + 1));
                next.save(file);
                GatedNetwork former = serving.getAndSet(GatedNetwork.load(file));
                former.close();
                askers.awaitMore();
            }
        }

        assertThat(serving.get().tasks()).isEqualTo(ALL.names());
        assertThat(remembered.answers).hasSize(5);
    }

    @Test
    void discriminantsTakeEachOthersPlace() {
        List<DiscriminantModel> versions = ImmutableList.of(discriminant(1), discriminant(2));
        List<double[][]> right =
                versions.stream().map(model -> model.probabilities(ROWS)).toList();
        AtomicReference<DiscriminantModel> serving = new AtomicReference<>(versions.get(0));

        try (Askers askers = new Askers(() -> {
            DiscriminantModel model = serving.get();
            assertThat(model.probabilities(ROWS)).isDeepEqualTo(right.get(versions.indexOf(model)));
        })) {
            for (int swap = 1; swap <= 20; swap++) {
                serving.getAndSet(versions.get(swap % 2)).close();
                askers.awaitMore();
            }
        }

        assertThat(Arrays.deepEquals(right.get(0), right.get(1))).isFalse();
    }

    private static DiscriminantModel discriminant(int seed) {
        return (DiscriminantModel) new DiscriminantTrainer(
                        new InferenceSettings(36, 0.001, 0, 0), GateSettings.DEFAULT, seed, 1, Evaluation.ALL)
                .train(FIRST.withScenario(Scenario.DOMAIN), "lda", TrainingListener.SILENT)
                .model();
    }
}
