package sluice.framework;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.framework.gates.GateSettings;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.NetworkShape;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.optimizer.Validation;
import sluice.framework.result.ChosenPass;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TrainingListener;
import sluice.framework.result.ValidationScore;
import sluice.gating.Estimators;
import sluice.tasks.TaskSequence;

/** Held-out examples say which pass of a gated network's training is kept, gates and all. */
class GatedValidationTest {
    private static final int MOST = 15;
    private static final Validation WAITING = new Validation(0.25, 1000);

    @TempDir
    Path folder;

    private record Trained(byte[] model, ContinualResult result, List<ValidationScore> scores) {}

    private Trained train(String estimator, TaskSequence sequence, int epochs, Validation validation)
            throws IOException {
        List<ValidationScore> scores = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void validated(int pass, ValidationScore score) {
                scores.add(score);
            }
        };
        NetworkShape shape = SmallTasks.dense(ImmutableList.of(9, 8), true);
        ContinualTrainer trainer = new ContinualTrainer(
                GateSettings.DEFAULT.withEstimator(
                        Estimators.BY_NAME.get(estimator).estimator()),
                new TrainingSettings(epochs, 9, Optimizer.adam(0.1), Double.POSITIVE_INFINITY)
                        .withValidation(validation),
                1);
        Path file = folder.resolve("model.sluice");
        try (GatedNetwork network = GatedNetwork.create(shape, sequence.normalisation(), 3)) {
            ContinualResult result = trainer.train(network, sequence, listener);
            network.save(file);
            return new Trained(Files.readAllBytes(file), result, scores);
        }
    }

    /** Wherever slopes and temperatures stay, a training of so many passes has their bits. */
    @ParameterizedTest
    @ValueSource(strings = {"centred", "unbiased", "concrete", "muprop"})
    void keepsTheBitsOfTheBestPass(String estimator) throws IOException {
        TaskSequence one = SmallTasks.sequence(1, 5);

        Trained stopped = train(estimator, one, MOST, new Validation(0.25, 3));

        TaskSummary task = stopped.result.tasks().get(0);
        ChosenPass chosen = task.chosen().orElseThrow();
        assertThat(chosen.trained()).isEqualTo(Math.min(MOST, chosen.pass() + 3));
        assertThat(stopped.scores).hasSize(chosen.trained());
        assertThat(chosen.score()).isEqualTo(stopped.scores.get(chosen.pass() - 1));
        assertThat(stopped.scores).noneMatch(score -> score.isBetterThan(chosen.score()));
        assertThat(chosen.score().examples()).isEqualTo(12);
        // 36 examples are left, in batches of 9
        assertThat(task.steps()).isEqualTo(4L * chosen.trained());
        Trained upToThere = train(estimator, one, chosen.pass(), WAITING);
        assertThat(upToThere.scores).isEqualTo(stopped.scores.subList(0, chosen.pass()));
        assertThat(stopped.model).isEqualTo(upToThere.model);
        assertThat(task.denseMultiplyAdds() / chosen.trained())
                .isEqualTo(upToThere.result.tasks().get(0).denseMultiplyAdds() / chosen.pass());
    }

    @Test
    void tasksAfterOneThatWentBackFindItUnchanged() throws IOException {
        Trained trained = train("centred", SmallTasks.sequence(4, 5), MOST, new Validation(0.25, 2));

        assertThat(trained.result.tasks())
                .extracting(task -> task.chosen().orElseThrow().trained()
                        - task.chosen().orElseThrow().pass())
                .contains(2);
        assertThat(trained.result.comparedLogits().orElseThrow()).isPositive();
        for (int row = 1; row <= 4; row++) {
            assertThat(trained.result.matrix().cell(4, row))
                    .isEqualTo(trained.result.matrix().cell(row, row));
        }
    }

    @Test
    void examplesHeldOutAreThoseOfThePlaceAmongAllTasks() throws IOException {
        TaskSequence two = SmallTasks.sequence(2, 5);
        Validation validation = new Validation(0.25, 2);
        Trained whole = train("centred", two, MOST, validation);
        NetworkShape shape = SmallTasks.dense(ImmutableList.of(9, 8), true);
        ContinualTrainer trainer = new ContinualTrainer(
                GateSettings.DEFAULT.withEstimator(
                        Estimators.BY_NAME.get("centred").estimator()),
                new TrainingSettings(MOST, 9, Optimizer.adam(0.1), Double.POSITIVE_INFINITY).withValidation(validation),
                1);
        Path file = folder.resolve("on.sluice");
        try (GatedNetwork network = GatedNetwork.create(shape, two.normalisation(), 3)) {
            trainer.train(network, two.withTasks(two.tasks().subList(0, 1)));
            trainer.train(network, two.withTasks(two.tasks().subList(1, 2)));
            network.save(file);

            assertThat(Files.readAllBytes(file)).isEqualTo(whole.model);
        }
    }
}
