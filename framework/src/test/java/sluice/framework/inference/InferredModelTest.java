package sluice.framework.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.framework.ContinualTrainer;
import sluice.framework.Evaluation;
import sluice.framework.TrainingStoppedException;
import sluice.framework.checkpoint.Checkpoints;
import sluice.framework.discriminant.InferenceSettings;
import sluice.framework.discriminant.TaskChoice;
import sluice.framework.gates.GateSettings;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.Growth;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TrainingListener;
import sluice.tasks.ClassSplit;
import sluice.tasks.DataSet;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.Normalisation;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;
import sluice.tasks.digits.Digits;

/** What finds tasks and answers, trained, saved and asked from Java. */
class InferredModelTest {
    private static final DataSet DIGITS = Digits.draw(500, 100, 1);
    private static final TaskSequence SPLIT = TaskSequence.split(
                    DIGITS, Normalisation.UNIT_PIXELS, ClassSplit.consecutive(DIGITS, 2))
            .withScenario(Scenario.CLASS);

    @TempDir
    private Path folder;

    private static UntoldResult learned(TaskChoice choice, Evaluation evaluation) {
        return learned(choice, evaluation, TrainingListener.SILENT);
    }

    private static UntoldResult learned(TaskChoice choice, Evaluation evaluation, TrainingListener listener) {
        GatedNetwork network =
                GatedNetwork.create(SPLIT.features(), ImmutableList.of(24, 20), SPLIT.normalisation(), 3);
        ContinualTrainer trainer = new ContinualTrainer(
                GateSettings.DEFAULT,
                new TrainingSettings(2, 16, Optimizer.adam(0.005), Double.POSITIVE_INFINITY),
                1,
                Growth.NONE,
                evaluation,
                Optional.empty());
        return new UntoldTrainer(trainer, new InferenceSettings(108, 0.1, 0, 0).withTask(choice))
                .train(network, SPLIT, listener, Checkpoints.NONE);
    }

    /** Stops in the middle of the third task. */
    private static final class Impatient implements TrainingListener {
        private int consolidated;
        private int steps;

        @Override
        public void taskConsolidated(TaskSummary summary) {
            consolidated++;
        }

        @Override
        public void stepDone(int epoch, double loss, double accuracy) {
            steps += consolidated == 2 ? 1 : 0;
            if (steps > 2) {
                throw new CancellationException("enough");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskChoice.class,
            names = {"AUTO", "DENSITY", "ENTROPY"})
    void whatIsLearnedWhenATrainingIsStoppedFindsItsTasks(TaskChoice choice) {
        ImmutableList<InferredModel.Answer> whole = learned(choice, Evaluation.ENDS, TrainingListener.SILENT)
                .model()
                .orElseThrow()
                .answers(SPLIT.tasks().get(1).test());

        assertThatExceptionOfType(TrainingStoppedException.class)
                .isThrownBy(() -> learned(choice, Evaluation.ENDS, new Impatient()))
                .satisfies(stopped -> {
                    UntoldResult result = (UntoldResult) stopped.result();
                    assertThat(result.matrix().cell(2, 1))
                            .as("of the last row, though it was not to be the last")
                            .isPresent();
                    assertThat(result.matrix().cell(1, 2)).isEmpty();
                    InferredModel model = result.model().orElseThrow();
                    assertThat(model.network().tasks()).hasSize(2);
                    Path file = folder.resolve("model.sluice");
                    model.save(file);
                    ImmutableList<InferredModel.Answer> answers = InferredModel.load(file)
                            .answers(SPLIT.tasks().get(1).test());
                    assertThat(answers).hasSameSizeAs(whole).allMatch(answer -> answer.likeliest() < 2);
                    assertThat(answers).anyMatch(answer -> answer.task() == 1);
                });
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskChoice.class,
            names = {"DENSITY", "ENTROPY", "GRADIENT"})
    void aTaskThatIsForgottenIsFoundNoMoreAndOthersAreAsBefore(TaskChoice choice) {
        InferredModel model = learned(choice, Evaluation.ENDS).model().orElseThrow();
        Examples asked = SPLIT.tasks().get(2).test();
        ImmutableList<InferredModel.Answer> before = model.answers(asked);
        String forgotten = SPLIT.names().get(1);

        InferredModel without = model.remove(forgotten);
        Path file = folder.resolve("model.sluice");
        without.save(file);
        ImmutableList<InferredModel.Answer> after = InferredModel.load(file).answers(asked);

        assertThat(without.network().tasks()).hasSize(4).doesNotContain(forgotten);
        int same = 0;
        for (int row = 0; row < before.size(); row++) {
            int likeliest = before.get(row).likeliest();
            assertThat(after.get(row).likeliest()).isBetween(0, 3);
            if (likeliest != 1) {
                assertThat(after.get(row).likeliest()).isEqualTo(likeliest > 1 ? likeliest - 1 : likeliest);
                assertThat(after.get(row).probabilities())
                        .isEqualTo(before.get(row).probabilities());
                same++;
            }
        }
        assertThat(same).isPositive();
    }

    @Test
    void aTaskOfADiscriminantIsNotForgotten() {
        InferredModel model =
                learned(TaskChoice.DISCRIMINANT, Evaluation.ENDS).model().orElseThrow();

        assertThatThrownBy(() -> model.remove("2-3"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("task 2-3 is part of the discriminant that finds tasks");
        assertThat(model.network().tasks()).contains("2-3");
        assertThatThrownBy(() -> model.remove("zebra"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("the network has not learned task zebra");
    }

    @ParameterizedTest
    @EnumSource(value = TaskChoice.class, mode = EnumSource.Mode.EXCLUDE, names = "GIVEN")
    void aModelIsTheSameAfterItWasSaved(TaskChoice choice) throws IOException {
        InferredModel model = learned(choice, Evaluation.ENDS).model().orElseThrow();
        Path file = folder.resolve("model.sluice");
        model.save(file);

        InferredModel loaded = InferredModel.load(file);

        Examples asked = SPLIT.tasks().get(2).test();
        ImmutableList<InferredModel.Answer> before = model.answers(asked);
        ImmutableList<InferredModel.Answer> after = loaded.answers(asked);
        assertThat(after).hasSameSizeAs(before);
        for (int row = 0; row < before.size(); row++) {
            assertThat(after.get(row).task()).isEqualTo(before.get(row).task());
            assertThat(after.get(row).taskProbability())
                    .isEqualTo(before.get(row).taskProbability());
            assertThat(after.get(row).probabilities()).isEqualTo(before.get(row).probabilities());
        }
        Path again = folder.resolve("again.sluice");
        loaded.save(again);
        assertThat(Files.readAllBytes(again)).isEqualTo(Files.readAllBytes(file));
    }

    @Test
    void aThresholdOfAShareTakesAboutThatShareOfItsOwnExamplesForStrangers() {
        InferredModel model =
                learned(TaskChoice.DENSITY, Evaluation.ENDS).model().orElseThrow();

        double unknown = 0;
        double all = 0;
        for (var task : SPLIT.tasks()) {
            for (InferredModel.Answer answer : model.withThreshold(0.1).answers(task.test())) {
                unknown += answer.task() == InferredModel.UNKNOWN ? 1 : 0;
                all++;
            }
        }

        assertThat(unknown / all).isBetween(0.02, 0.25);
        assertThat(model.answers(SPLIT.tasks().get(0).test()))
                .noneMatch(answer -> answer.task() == InferredModel.UNKNOWN);
    }

    @Test
    void everyOldTaskKeepsEveryBitWhateverFindsTheTask() {
        UntoldResult result = learned(TaskChoice.AUTO, Evaluation.ALL);

        assertThat(result.exactRetention()).contains(true);
        assertThat(result.comparedLogits().orElseThrow()).isPositive();
        assertThat(result.memoryBytes()).isGreaterThan(result.sumBytes());
    }

    @Test
    void otherModelsAreRefusedByName() {
        Path file = folder.resolve("gated.sluice");
        GatedNetwork.create(4, ImmutableList.of(3), Normalisation.NONE, 1).save(file);

        assertThatThrownBy(() -> InferredModel.load(file))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "%s is the model of a gated network, which tells classes apart: name a model that finds the task itself",
                        file);
    }

    @Test
    void aNetworkThatKnowsTasksAlreadyIsRefused() {
        UntoldResult result = learned(TaskChoice.DENSITY, Evaluation.ENDS);
        GatedNetwork network = result.told().network();
        UntoldTrainer trainer =
                new UntoldTrainer(new ContinualTrainer(), InferenceSettings.DEFAULT.withTask(TaskChoice.DENSITY));

        assertThatThrownBy(() -> trainer.train(network, SPLIT, TrainingListener.SILENT, Checkpoints.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was not told what they look like");
    }
}
