package sluice.framework.discriminant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableSet;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.evaluation.AccuracyMatrix;
import sluice.framework.Evaluation;
import sluice.framework.checkpoint.Checkpoint;
import sluice.framework.checkpoint.Checkpoints;
import sluice.framework.gates.GateSettings;
import sluice.framework.result.TaskAgnosticResult;
import sluice.framework.result.TrainingListener;
import sluice.tasks.ClassSplit;
import sluice.tasks.DataSet;
import sluice.tasks.InputException;
import sluice.tasks.Normalisation;
import sluice.tasks.Scenario;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;
import sluice.tasks.digits.Digits;

class KeptSumsTest {
    private static final DataSet DIGITS = Digits.draw(900, 100, 1);

    @TempDir
    private Path folder;

    private static TaskSequence sequence(Scenario scenario, int from, int to) {
        TaskSequence all = TaskSequence.split(DIGITS, Normalisation.NONE, ClassSplit.consecutive(DIGITS, 2));
        return TaskSequence.of(
                        "some",
                        Normalisation.NONE,
                        all.tasks().subList(from, to).toArray(new Task[0]))
                .withShape(all.shape())
                .withScenario(scenario);
    }

    private static DiscriminantTrainer trainer(Evaluation evaluation, InferenceSettings.Known known) {
        return new DiscriminantTrainer(
                new InferenceSettings(
                        54, 0.001, 0, 0, InferenceSettings.Sums.KEEP, known, Optional.empty(), ImmutableSet.of()),
                GateSettings.DEFAULT,
                1,
                1,
                evaluation);
    }

    private KeptSums kept(TaskAgnosticResult result) {
        result.saveSums(folder.resolve("sums"));
        return KeptSums.load(folder.resolve("sums"));
    }

    private byte[] bytes(TaskAgnosticResult result) {
        return kept(result).snapshot().entries().entrySet().stream()
                .map(entry -> entry.getKey() + Arrays.hashCode(entry.getValue()))
                .reduce("", String::concat)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Takes one after every step, and goes on from one of them. */
    private static final class Each implements Checkpoints {
        private final Optional<Checkpoint> start;
        private final List<Checkpoint> taken = new ArrayList<>();

        Each(Optional<Checkpoint> start) {
            this.start = start;
        }

        @Override
        public Optional<Checkpoint> start() {
            return start;
        }

        @Override
        public boolean due() {
            return true;
        }

        @Override
        public void take(Checkpoint checkpoint) {
            taken.add(checkpoint);
        }
    }

    @ParameterizedTest
    @EnumSource(Evaluation.class)
    void aRunThatGoesOnMayBeGoneOnWithFromAnyStep(Evaluation evaluation) {
        DiscriminantTrainer trainer = trainer(evaluation, InferenceSettings.Known.REFUSE);
        TaskSequence week1 = sequence(Scenario.CLASS, 0, 2);
        TaskSequence week2 = sequence(Scenario.CLASS, 2, 5);
        TaskAgnosticResult whole = trainer.train(sequence(Scenario.CLASS, 0, 5), "lda", TrainingListener.SILENT);
        Optional<KeptSums> prior = Optional.of(
                kept(trainer.train(week1, "lda", TrainingListener.SILENT)).asking(week1.tasks()));
        Each each = new Each(Optional.empty());

        TaskAgnosticResult undisturbed = trainer.train(week2, prior, "lda", TrainingListener.SILENT, each);

        assertThat(bytes(undisturbed)).isEqualTo(bytes(whole));
        assertThat(cells(undisturbed.matrix(), 3))
                .isEqualTo(cells(whole.matrix(), 3))
                .isNotEmpty();
        assertThat(each.taken).hasSizeGreaterThanOrEqualTo(3);
        for (Checkpoint checkpoint : each.taken) {
            TaskAgnosticResult resumed =
                    trainer.train(week2, prior, "lda", TrainingListener.SILENT, new Each(Optional.of(checkpoint)));
            assertThat(resumed.matrix()).isEqualTo(undisturbed.matrix());
            assertThat(bytes(resumed)).isEqualTo(bytes(undisturbed));
            assertThat(resumed.measured()).isEqualTo(undisturbed.measured());
        }
    }

    private static List<String> cells(AccuracyMatrix matrix, int fromRow) {
        List<String> cells = new ArrayList<>();
        for (int row = fromRow; row <= matrix.tasks().size(); row++) {
            for (int task = 1; task <= matrix.tasks().size(); task++) {
                cells.add("%d %d %s".formatted(row, task, matrix.cell(row, task)));
            }
        }
        return cells;
    }

    @ParameterizedTest
    @EnumSource(
            value = Scenario.class,
            names = {"CLASS", "DOMAIN"})
    void moreExamplesCountAsThoseOfOneTaskThatHasThemAll(Scenario scenario) {
        DiscriminantTrainer trainer = trainer(Evaluation.ALL, InferenceSettings.Known.ADD);
        Task all = sequence(scenario, 0, 1).tasks().get(0);
        int half = all.train().size() / 2;
        int[] first = IntStream.range(0, half).toArray();
        int[] rest = IntStream.range(half, all.train().size()).toArray();
        KeptSums whole = kept(trainer.train(of(all, scenario), "lda", TrainingListener.SILENT));
        KeptSums part = kept(trainer.train(
                of(new Task(all.name(), all.classes(), all.train().select(first, l -> l), all.test()), scenario),
                "lda",
                TrainingListener.SILENT));

        KeptSums both = kept(trainer.train(
                of(new Task(all.name(), all.classes(), all.train().select(rest, l -> l), all.test()), scenario),
                Optional.of(part),
                "lda",
                TrainingListener.SILENT,
                Checkpoints.NONE));

        for (String count : List.of("examples", "components", "count-0", "count-1")) {
            assertThat(both.snapshot().entries().get("sums." + count))
                    .as(count)
                    .isEqualTo(whole.snapshot().entries().get("sums." + count))
                    .isNotNull();
        }
        assertThat(both.taught().taskNames()).containsExactly("0-1", "0-1 (2)");
        assertThat(both.taught().classNames()).containsExactly("0", "1");
    }

    private static TaskSequence of(Task task, Scenario scenario) {
        return TaskSequence.of("one", Normalisation.NONE, task)
                .withShape(DIGITS.shape())
                .withScenario(scenario);
    }

    @Test
    void whatIsKnownIsRefusedUnlessItIsToBeAdded() {
        DiscriminantTrainer trainer = trainer(Evaluation.ALL, InferenceSettings.Known.REFUSE);
        TaskSequence week1 = sequence(Scenario.CLASS, 0, 1);
        KeptSums prior = kept(trainer.train(week1, "lda", TrainingListener.SILENT));

        assertThatThrownBy(() ->
                        trainer.train(week1, Optional.of(prior), "lda", TrainingListener.SILENT, Checkpoints.NONE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("has learned task '0-1': give it another name, or add its examples")
                .hasMessageContaining("inference.known: add");
    }

    @Test
    void aCheckpointOfARunHoldsNoSums() {
        Each each = new Each(Optional.empty());
        trainer(Evaluation.ALL, InferenceSettings.Known.REFUSE)
                .train(sequence(Scenario.CLASS, 0, 1), "lda", TrainingListener.SILENT, each);
        each.taken.get(0).save(folder.resolve("checkpoint"));

        assertThat(KeptSums.areIn(folder.resolve("checkpoint"))).isFalse();
        assertThatThrownBy(() -> KeptSums.load(folder.resolve("checkpoint")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("holds no sums of a discriminant");
    }
}
