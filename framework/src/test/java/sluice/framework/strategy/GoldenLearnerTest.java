package sluice.framework.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.evaluation.AccuracyMatrix;
import sluice.framework.SmallTasks;
import sluice.framework.checkpoint.Checkpoints;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.result.TrainingListener;
import sluice.tasks.TaskSequence;

/**
 * What strategies remembered in an earlier build is gone on from for ever. The files were written by {@link #thePresentBuildWritesThem}, run
 * with {@code -Dsluice.test.golden=FOLDER} by the build that had their format first.
 */
class GoldenLearnerTest {
    private static final Path GOLDEN = Path.of("src/test/resources/sluice/framework/golden");
    private static final String FOLDER = "sluice.test.golden";
    private static final TaskSequence SEQUENCE = SmallTasks.sequence(3, 11);
    private static final Setup SETUP = new Setup(
            ImmutableList.of(new FullyConnected(8)),
            new TrainingSettings(20, 8, Optimizer.adam(0.01), Double.POSITIVE_INFINITY),
            11,
            1);

    static Stream<PlainStrategy> strategies() {
        return Stream.of(
                new ExperienceReplay(20, ExperienceReplay.Kind.BALANCED),
                new SynapticIntelligence(1, 0.1),
                new Supermasks(0.5),
                new NearestMean(20, 2));
    }

    private static String file(PlainStrategy strategy) {
        return "learner-%s-1.sluice".formatted(strategy.name());
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void ofFormat1(PlainStrategy strategy) {
        Path file = GOLDEN.resolve(file(strategy));
        assertThat(TaughtLearner.load(file).taskNames()).containsExactly("task 0", "task 1");
        LearningOn goesOn = new LearningOn(strategy, new PriorLearner(file))
                .asking(new EarlierTasks(Optional.empty(), SEQUENCE.tasks(), ""));

        AccuracyMatrix matrix = goesOn.learn(
                        SmallTasks.only(SEQUENCE, 2, 3), SETUP, TrainingListener.SILENT, Checkpoints.NONE)
                .matrix();

        assertThat(IntStream.rangeClosed(1, 3)
                        .map(task -> matrix.cell(3, task).orElseThrow().correct()))
                .allMatch(right -> right >= 29);
    }

    @Test
    @EnabledIfSystemProperty(named = FOLDER, matches = ".+")
    void thePresentBuildWritesThem() throws IOException {
        Path written = Files.createDirectories(Path.of(System.getProperty(FOLDER)));
        strategies().forEach(strategy -> {
            StrategyResult result = (StrategyResult) strategy.learn(
                    SmallTasks.only(SEQUENCE, 0, 2), SETUP, TrainingListener.SILENT, Checkpoints.NONE_BUT_LEARNER);
            result.saveLearner(written.resolve(file(strategy)));
        });
    }
}
