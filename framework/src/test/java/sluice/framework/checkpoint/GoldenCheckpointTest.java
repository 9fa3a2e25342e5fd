package sluice.framework.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import sluice.evaluation.AccuracyMatrix;
import sluice.framework.ContinualTrainer;
import sluice.framework.SmallTasks;
import sluice.framework.TrainingStoppedException;
import sluice.framework.gates.GateSettings;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.network.GatedNetwork;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.result.TrainingListener;
import sluice.framework.strategy.ExperienceReplay;
import sluice.framework.strategy.Setup;
import sluice.tasks.TaskSequence;

/**
 * Checkpoints as an earlier build wrote them are gone on from for ever, with what they know of tasks that were learned by then. What
 * is learned from them may differ in its last bits on another kind of CPU, but hardly in what it answers.
 *
 * <p>The files were written by {@link #thePresentBuildWritesThem}, run with {@code -Dsluice.test.golden=FOLDER} by the build that had
 * their format first. Whoever makes another format runs that again, puts the files beside these under names with its number, and lets
 * the tests go on from both.
 */
class GoldenCheckpointTest {
    private static final Path GOLDEN = Path.of("src/test/resources/sluice/framework/golden");
    private static final String FOLDER = "sluice.test.golden";
    private static final String GATED = "checkpoint-gated-1.sluice";
    private static final String PLAIN = "checkpoint-plain-1.sluice";

    private static final TaskSequence SEQUENCE = SmallTasks.sequence(3, 11);

    /** 120 steps of a task, six of a pass. */
    private static final TrainingSettings TRAINING =
            new TrainingSettings(20, 8, Optimizer.adam(0.01), Double.POSITIVE_INFINITY);

    /** Within a pass of the second task. */
    private static final int STEPS = 120 + 33;

    private static GatedNetwork network() {
        return GatedNetwork.create(SmallTasks.FEATURES, List.of(8), SEQUENCE.normalisation(), 11);
    }

    private static AccuracyMatrix gated(GatedNetwork network, Checkpoints checkpoints) {
        return new ContinualTrainer(GateSettings.DEFAULT, TRAINING, 1)
                .train(network, SEQUENCE, TrainingListener.SILENT, checkpoints)
                .matrix();
    }

    private static AccuracyMatrix plain(Checkpoints checkpoints) {
        Setup setup = new Setup(ImmutableList.of(new FullyConnected(8)), TRAINING, 11, 1);
        return new ExperienceReplay(20, ExperienceReplay.Kind.RESERVOIR)
                .learn(SEQUENCE, setup, TrainingListener.SILENT, checkpoints)
                .matrix();
    }

    /** Right answers of 30 in a row of the matrix, of so many tasks. */
    private static int[] right(AccuracyMatrix matrix, int row, int tasks) {
        return IntStream.rangeClosed(1, tasks)
                .map(task -> matrix.cell(row, task).orElseThrow().correct())
                .toArray();
    }

    private static void allThatIsLearnedIsRight(AccuracyMatrix matrix) {
        assertThat(right(matrix, 2, 2)).containsExactly(30, 30);
        assertThat(right(matrix, 3, 3)).containsExactly(30, 30, 30);
    }

    private static void isWhereItWasTaken(Checkpoint checkpoint) {
        assertThat(checkpoint.notes())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(Checkpoint.TASK, "task 1", Checkpoint.POSITION, "2", Checkpoint.STEPS, "33"));
    }

    @Test
    void ofAGatedNetworkOfFormat1() {
        Checkpoint checkpoint = Checkpoint.load(GOLDEN.resolve(GATED));

        isWhereItWasTaken(checkpoint);
        try (GatedNetwork network = network()) {
            AccuracyMatrix matrix = gated(network, new From(checkpoint));

            assertThat(right(matrix, 0, 3)).containsExactly(27, 12, 21);
            assertThat(right(matrix, 1, 3)).containsExactly(30, 14, 21);
            allThatIsLearnedIsRight(matrix);
            assertThat(network.tasks()).containsExactly("task 0", "task 1", "task 2");
            assertThat(network.digest("task 0"))
                    .isEqualTo("833f08634e811f2792f80d924ba11c698395f5328b6200c15a3ebbec7cb4d4e5");
        }
    }

    @Test
    void ofAPlainNetworkOfFormat1() {
        Checkpoint checkpoint = Checkpoint.load(GOLDEN.resolve(PLAIN));

        isWhereItWasTaken(checkpoint);
        AccuracyMatrix matrix = plain(new From(checkpoint));

        assertThat(right(matrix, 0, 3)).containsExactly(15, 29, 15);
        assertThat(right(matrix, 1, 3)).containsExactly(30, 30, 15);
        allThatIsLearnedIsRight(matrix);
    }

    @Test
    @EnabledIfSystemProperty(named = FOLDER, matches = ".+")
    void thePresentBuildWritesThem() throws IOException {
        Path written = Files.createDirectories(Path.of(System.getProperty(FOLDER)));
        KilledAfter gated = new KilledAfter(STEPS);
        KilledAfter plain = new KilledAfter(STEPS);
        try (GatedNetwork network = network()) {
            assertThatThrownBy(() -> gated(network, gated)).isInstanceOf(TrainingStoppedException.class);
        }
        assertThatThrownBy(() -> plain(plain)).isInstanceOf(CancellationException.class);

        gated.taken().save(written.resolve(GATED));
        plain.taken().save(written.resolve(PLAIN));
    }
}
