package sluice.framework.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.framework.Evaluation;
import sluice.framework.discriminant.InferenceSettings;
import sluice.framework.discriminant.TaskChoice;
import sluice.framework.gates.GateSettings;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.network.Growth;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TrainingListener;
import sluice.framework.result.TrainingResult;
import sluice.framework.strategy.Gates;
import sluice.framework.strategy.RandomFeatureLda;
import sluice.framework.strategy.Setup;
import sluice.framework.strategy.Strategy;
import sluice.tasks.ClassSplit;
import sluice.tasks.DataSet;
import sluice.tasks.Normalisation;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;
import sluice.tasks.digits.Digits;

/** What finds classes or tasks from sums goes on from a checkpoint as if nothing had happened. */
class DiscriminantCheckpointTest {
    private static final DataSet DIGITS = Digits.draw(600, 60, 1);
    private static final Setup SETUP = new Setup(
            ImmutableList.of(new FullyConnected(12), new FullyConnected(10)),
            new TrainingSettings(2, 16, Optimizer.adam(0.01), Double.POSITIVE_INFINITY),
            7,
            1);

    @TempDir
    private Path folder;

    private static Arguments form(Scenario scenario, double subnetworks, Growth growth) {
        return Arguments.of(
                new RandomFeatureLda(
                        new InferenceSettings(72, 0.1, 0, subnetworks),
                        GateSettings.DEFAULT,
                        growth,
                        Evaluation.ALL,
                        Optional.empty()),
                split().withScenario(scenario));
    }

    static Stream<Arguments> forms() {
        return Stream.of(
                form(Scenario.CLASS, 0, Growth.NONE),
                form(Scenario.CLASS, 0.5, Growth.NONE),
                form(Scenario.CLASS, 0.5, new Growth.Share(0.5, 0.9)),
                found(TaskChoice.AUTO, TaskSequence.permuted(DIGITS, Normalisation.UNIT_PIXELS, 3, 1), Scenario.DOMAIN),
                found(TaskChoice.DENSITY, split(), Scenario.CLASS),
                found(TaskChoice.COMBINED, split(), Scenario.CLASS));
    }

    private static TaskSequence split() {
        return TaskSequence.split(DIGITS, Normalisation.UNIT_PIXELS, ClassSplit.consecutive(DIGITS, 2));
    }

    /** Subnetworks of tasks that are found. */
    private static Arguments found(TaskChoice choice, TaskSequence sequence, Scenario scenario) {
        return Arguments.of(
                new Gates(
                        GateSettings.DEFAULT,
                        Growth.NONE,
                        Evaluation.ALL,
                        new InferenceSettings(72, 0.1, 0, 0).withTask(choice),
                        Optional.empty(),
                        Optional.empty()),
                sequence.withScenario(scenario));
    }

    private byte[] model(TrainingResult result) throws IOException {
        Path file = folder.resolve("model.sluice");
        result.saveModel(file);
        return Files.readAllBytes(file);
    }

    private static TaskSummary withoutTime(TaskSummary task) {
        return TaskSummary.of(task.task(), task.openUnits(), task.steps(), 0, task.account())
                .proven(task.digest(), task.unchanged());
    }

    @ParameterizedTest
    @MethodSource("forms")
    void goesOnWithTheSameBits(Strategy strategy, TaskSequence sequence) throws IOException {
        TrainingResult whole = strategy.learn(sequence, SETUP, TrainingListener.SILENT);
        byte[] expected = model(whole);
        int first = (int) whole.tasks().get(0).steps();
        int second = first + (int) whole.tasks().get(1).steps();
        int all = second + (int) whole.tasks().get(2).steps();
        int[] interesting = {1, first - 1, first, first + 1, second - 1, second + 2, all};
        for (int done : IntStream.of(interesting).filter(step -> step > 0).toArray()) {
            Path file = folder.resolve("checkpoint.sluice");
            KilledAfter killed = new KilledAfter(done);
            assertThatThrownBy(() -> strategy.learn(sequence, SETUP, TrainingListener.SILENT, killed))
                    .isInstanceOf(CancellationException.class);
            killed.taken().save(file);

            TrainingResult resumed =
                    strategy.learn(sequence, SETUP, TrainingListener.SILENT, new From(Checkpoint.load(file)));

            assertThat(model(resumed)).isEqualTo(expected);
            assertThat(resumed.matrix()).isEqualTo(whole.matrix());
            assertThat(resumed.tasks().stream().map(DiscriminantCheckpointTest::withoutTime))
                    .isEqualTo(whole.tasks().stream()
                            .map(DiscriminantCheckpointTest::withoutTime)
                            .toList());
        }
    }
}
