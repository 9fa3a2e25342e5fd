package sluice.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.framework.checkpoint.Checkpoint;
import sluice.framework.checkpoint.Checkpoints;
import sluice.framework.experiment.Experiment;
import sluice.framework.experiment.RunStoppedException;
import sluice.framework.gates.GateSettings;
import sluice.framework.network.GatedNetwork;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingDuration;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.optimizer.Validation;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TrainingControl;
import sluice.framework.result.TrainingControl.Next;
import sluice.framework.result.TrainingListener;
import sluice.framework.result.ValidationScore;
import sluice.framework.strategy.Gates;
import sluice.framework.strategy.Setup;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/** Whoever controls the training of a gated network ends it, and says what becomes of the task. */
class EarlyEndTest {
    private static final TaskSequence TASKS = SmallTasks.sequence(3, 7);

    /** 48 examples in batches of 12: four steps a pass. The slope of gates is constant. */
    private static final TrainingSettings TRAINING =
            new TrainingSettings(5, 12, Optimizer.adam(0.01), Double.POSITIVE_INFINITY);

    @TempDir
    private Path folder;

    private static GatedNetwork network() {
        return GatedNetwork.create(SmallTasks.FEATURES, List.of(9, 7), TASKS.normalisation(), 3);
    }

    private static ContinualTrainer trainer(TrainingSettings training) {
        return new ContinualTrainer(GateSettings.DEFAULT, training, 1);
    }

    private static TrainingListener ending(int task, long steps, Next next) {
        TrainingControl control = (name, done) -> name.equals("task " + task) && done == steps ? next : Next.CONTINUE;
        return control.with(TrainingListener.SILENT);
    }

    private static TaskSequence first(int tasks) {
        return TaskSequence.of(
                "clouds", TASKS.normalisation(), TASKS.tasks().subList(0, tasks).toArray(new Task[0]));
    }

    private byte[] bytes(GatedNetwork network) throws IOException {
        Path file = folder.resolve("model.sluice");
        network.save(file);
        return Files.readAllBytes(file);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 7, 20})
    void whatIsConsolidatedEarlyHasTheBitsOfATrainingOfThatLength(int steps) throws IOException {
        GatedNetwork ended = network();
        GatedNetwork shorter = network();

        ContinualResult result = trainer(TRAINING).train(ended, TASKS, ending(0, steps, Next.CONSOLIDATE));
        trainer(TRAINING.withLength(new TrainingDuration.Iterations(steps))).train(shorter, first(1));

        assertThat(bytes(ended)).isEqualTo(bytes(shorter));
        assertThat(ended.tasks()).containsExactly("task 0");
        assertThat(result.tasks()).extracting(TaskSummary::steps).containsExactly((long) steps);
        assertThat(result.matrix().cell(1, 1)).isPresent();
        assertThat(result.matrix().cell(2, 2)).isEmpty();
    }

    @Test
    void whatIsRolledBackLeavesTheNetworkOfTheTasksBefore() throws IOException {
        GatedNetwork ended = network();
        GatedNetwork before = network();

        ContinualResult result = trainer(TRAINING).train(ended, TASKS, ending(1, 9, Next.ROLL_BACK));
        trainer(TRAINING).train(before, first(1));

        assertThat(bytes(ended)).isEqualTo(bytes(before));
        assertThat(result.tasks()).extracting(TaskSummary::task).containsExactly("task 0");
        assertThat(result.matrix().cell(2, 2)).isEmpty();
    }

    @Test
    void theFirstTaskRolledBackLeavesNothing() throws IOException {
        GatedNetwork ended = network();

        ContinualResult result = trainer(TRAINING).train(ended, TASKS, ending(0, 3, Next.ROLL_BACK));

        assertThat(bytes(ended)).isEqualTo(bytes(network()));
        assertThat(result.tasks()).isEmpty();
        assertThat(result.comparedLogits()).hasValue(0);
        assertThat(result.account()).isEmpty();
    }

    /** And a task rolled back can be learned again, as if nothing had been. */
    @Test
    void earlierTasksKeepTheirBitsAndLaterOnesAreLearnedAsEver() throws IOException {
        GatedNetwork ended = network();
        GatedNetwork whole = network();
        trainer(TRAINING).train(whole, TASKS);

        trainer(TRAINING).train(ended, TASKS, ending(2, 1, Next.ROLL_BACK));
        String digest = ended.digest("task 1");
        trainer(TRAINING)
                .train(
                        ended,
                        TaskSequence.of(
                                "clouds", TASKS.normalisation(), TASKS.tasks().get(2)));

        assertThat(digest).isEqualTo(whole.digest("task 1"));
        assertThat(ended.digest("task 2")).isEqualTo(whole.digest("task 2"));
        for (String task : TASKS.names()) {
            assertThat(ended.logits(task, TASKS.tasks().get(0).test()))
                    .isEqualTo(whole.logits(task, TASKS.tasks().get(0).test()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONSOLIDATE", "ROLL_BACK"})
    void beforeItsFirstStepATaskIsNotBegun(Next next) {
        GatedNetwork ended = network();
        List<String> begun = new ArrayList<>();
        TrainingControl control = (name, done) -> name.equals("task 1") ? next : Next.CONTINUE;

        ContinualResult result = trainer(TRAINING).train(ended, TASKS, control.with(new TrainingListener() {
            @Override
            public void taskStarted(String task, int position, long steps) {
                begun.add(task);
            }
        }));

        assertThat(begun).containsExactly("task 0");
        assertThat(result.tasks()).hasSize(1);
    }

    /** The pass that is cut short is judged as the others, and none that was better is lost. */
    @Test
    void theBestPassIsKeptWhereExamplesAreHeldOut() {
        TrainingSettings held = TRAINING.withEpochs(40).withValidation(new Validation(0.25, 40));
        List<Double> losses = new ArrayList<>();
        TrainingControl control = (name, done) -> done == 31 ? Next.CONSOLIDATE : Next.CONTINUE;

        ContinualResult result = trainer(held).train(network(), first(1), control.with(new TrainingListener() {
            @Override
            public void validated(int pass, ValidationScore score) {
                losses.add(score.loss());
            }
        }));

        TaskSummary learned = result.tasks().get(0);
        // 36 examples in batches of 12: ten passes and a step
        assertThat(losses).hasSize(11);
        assertThat(learned.chosen().orElseThrow().trained()).isEqualTo(11);
        assertThat(learned.chosen().orElseThrow().score().loss())
                .isEqualTo(losses.get(learned.chosen().orElseThrow().pass() - 1));
        assertThat(learned.steps()).isEqualTo(31);
    }

    /** A checkpoint that was taken before goes on as if nobody had ended anything. */
    @Test
    void checkpointsGoOnToTheEnd() throws IOException {
        LastOf checkpoints = new LastOf(Optional.empty());
        trainer(TRAINING).train(network(), TASKS, ending(1, 9, Next.CONSOLIDATE), checkpoints);
        GatedNetwork resumed = network();
        GatedNetwork whole = network();

        trainer(TRAINING).train(resumed, TASKS, TrainingListener.SILENT, new LastOf(Optional.of(checkpoints.last)));
        trainer(TRAINING).train(whole, TASKS);

        assertThat(checkpoints.last.steps()).isEqualTo(9);
        assertThat(bytes(resumed)).isEqualTo(bytes(whole));
    }

    @Test
    void anExperimentTellsOfTheTasksThatWereLearned() {
        Experiment experiment = Experiment.of(
                TASKS, new Gates(GateSettings.DEFAULT), Setup.dense(ImmutableList.of(9, 7), TRAINING, 3, 1));

        assertThatExceptionOfType(RunStoppedException.class)
                .isThrownBy(() -> experiment.run(ending(1, 6, Next.CONSOLIDATE)))
                .satisfies(stopped -> assertThat(
                                stopped.learned().orElseThrow().training().tasks())
                        .extracting(TaskSummary::steps)
                        .containsExactly(20L, 6L));
    }

    /** Takes one after each step. */
    private static final class LastOf implements Checkpoints {
        private final Optional<Checkpoint> from;
        Checkpoint last;

        LastOf(Optional<Checkpoint> from) {
            this.from = from;
        }

        @Override
        public Optional<Checkpoint> start() {
            return from;
        }

        @Override
        public boolean due() {
            return true;
        }

        @Override
        public void take(Checkpoint checkpoint) {
            last = checkpoint;
        }
    }
}
