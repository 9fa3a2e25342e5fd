package sluice.framework.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.framework.SmallTasks;
import sluice.framework.binary.ClassifierResult;
import sluice.framework.binary.ClassifierTrainer;
import sluice.framework.conditional.ExitLayer;
import sluice.framework.conditional.ExitTrainer;
import sluice.framework.conditional.Gater;
import sluice.framework.conditional.GaterLearning;
import sluice.framework.conditional.GaterTarget;
import sluice.framework.conditional.View;
import sluice.framework.optimizer.Optimizers;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TrainingListener;
import sluice.framework.result.TrainingResult;
import sluice.gating.BinaryNeuron;
import sluice.gating.Estimators;
import sluice.gating.GateActivation;
import sluice.gating.GradientEstimator;
import sluice.gating.Schedule;
import sluice.tasks.TaskSequence;

/** Networks that learn one task go on from a checkpoint as if nothing had happened. */
class OneTaskCheckpointTest {
    private static final TaskSequence CLOUDS = SmallTasks.sequence(1, 11);

    @TempDir
    private Path folder;

    private interface Training {
        TrainingResult learn(TrainingListener listener, Checkpoints checkpoints);
    }

    private static TrainingSettings settings(String optimizer) {
        return new TrainingSettings(
                4, 7, Optimizers.BY_NAME.get(optimizer).of(0.01, 0.9, 0.01), Double.POSITIVE_INFINITY);
    }

    private static GradientEstimator estimator(String name) {
        return Estimators.BY_NAME.get(name).estimator();
    }

    private static Training exits(String optimizer, Optional<GradientEstimator> neurons, ExitLayer... layers) {
        ExitTrainer trainer = new ExitTrainer(
                ImmutableList.copyOf(layers), 0.1, 0.25, ExitTrainer.NO_BUDGET, neurons, settings(optimizer));
        return (listener, checkpoints) -> trainer.train(CLOUDS, 3, listener, checkpoints);
    }

    private static ExitLayer gated(String estimator, GaterTarget target) {
        Gater gater = new Gater(
                ImmutableList.of(3), 4, 0.5, Gater.Experts.RELU, new GaterLearning(estimator(estimator), target, 2));
        return new ExitLayer(8, 0.1, View.BELOW, Optional.of(gater), false);
    }

    private static Training binary(String estimator, String optimizer, int threads) {
        ClassifierTrainer trainer = new ClassifierTrainer(
                12,
                new BinaryNeuron(GateActivation.SIGMOID, BinaryNeuron.Sampling.STOCHASTIC),
                estimator(estimator),
                new Schedule.Exponential(1, 1.1, 2),
                settings(optimizer),
                threads);
        return (listener, checkpoints) -> trainer.train(CLOUDS, 3, listener, checkpoints);
    }

    static Stream<Arguments> trainings() {
        ExitLayer first = new ExitLayer(5, 0.1, View.BELOW, true);
        ExitLayer above = new ExitLayer(4, 0.1, new View(View.Sees.BOTH, 1, 0.1), true);
        ExitLayer top = new ExitLayer(7, 0.1, View.BELOW, false);
        GaterTarget budget = new GaterTarget.Budget();
        return Stream.of(
                Arguments.of("exits, adam", exits("adam", Optional.empty(), first, above, top)),
                Arguments.of("exits, sgd", exits("sgd", Optional.empty(), first, above, top)),
                Arguments.of("exits, neurons", exits("adam", Optional.of(estimator("unbiased")), first, above, top)),
                Arguments.of("exits, gater", exits("adam", Optional.empty(), gated("st-sigmoid", budget), first, top)),
                Arguments.of(
                        "exits, gater with running state",
                        exits("adam", Optional.empty(), first, gated("relax", new GaterTarget.L1(0.1)), top)),
                Arguments.of("binary units, adam", binary("st-sigmoid", "adam", 1)),
                Arguments.of("binary units, sgd, two threads", binary("unbiased", "sgd", 2)),
                Arguments.of("binary units, relax", binary("relax", "adam", 1)),
                Arguments.of("binary units, muprop", binary("muprop", "amsgrad", 1)),
                Arguments.of("binary units, centred", binary("centred", "rmsprop", 1)));
    }

    private byte[] model(TrainingResult result) throws IOException {
        Path file = folder.resolve("model.sluice");
        Files.deleteIfExists(file);
        result.saveModel(file);
        return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    }

    private static TaskSummary withoutTime(TrainingResult result) {
        TaskSummary task = result.tasks().get(0);
        return TaskSummary.of(task.task(), task.openUnits(), task.steps(), 0, task.account())
                .proven(task.digest(), 0);
    }

    private static Object ofEpochs(TrainingResult result) {
        return result instanceof ClassifierResult binary
                ? ImmutableList.of(binary.losses(), binary.accuracies())
                : ImmutableList.of();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("trainings")
    void goesOnWithTheSameBits(String name, Training training) throws IOException {
        TrainingResult whole = training.learn(TrainingListener.SILENT, Checkpoints.NONE);
        byte[] expected = model(whole);
        int steps = (int) whole.tasks().get(0).steps();
        for (int done : new int[] {1, 7, steps / 3, steps / 2 + 3, steps - 1, steps}) {
            Path file = folder.resolve("checkpoint.sluice");
            KilledAfter killed = new KilledAfter(done);
            assertThatThrownBy(() -> training.learn(TrainingListener.SILENT, killed))
                    .isInstanceOf(CancellationException.class);
            killed.taken().save(file);

            TrainingResult resumed = training.learn(TrainingListener.SILENT, new From(Checkpoint.load(file)));

            assertThat(model(resumed)).isEqualTo(expected);
            assertThat(resumed.matrix()).isEqualTo(whole.matrix());
            assertThat(withoutTime(resumed)).isEqualTo(withoutTime(whole));
            assertThat(ofEpochs(resumed)).isEqualTo(ofEpochs(whole));
        }
    }
}
