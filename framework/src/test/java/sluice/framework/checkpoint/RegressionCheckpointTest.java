package sluice.framework.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.optimizer.Validation;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TrainingListener;
import sluice.framework.result.TrainingResult;
import sluice.framework.strategy.Setup;
import sluice.framework.strategy.Strategies;
import sluice.framework.strategy.Strategy;
import sluice.tasks.Normalisation;
import sluice.tasks.Scenario;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/** A training that predicts numbers goes on from a checkpoint with the same bits. */
class RegressionCheckpointTest {
    private static final int EXAMPLES = 48;
    private static final int FEATURES = 3;

    private static final TaskSequence TASKS =
            TaskSequence.of("numbers", Normalisation.NONE, task("a", 1), task("b", 2), task("c", 3));

    private static Task task(String name, long seed) {
        Random random = new Random(seed);
        return Task.regression(name, rows(random), targets(random), rows(random), targets(random));
    }

    private static float[][] rows(Random random) {
        float[][] rows = new float[EXAMPLES][FEATURES];
        for (float[] row : rows) {
            for (int i = 0; i < FEATURES; i++) {
                row[i] = random.nextFloat();
            }
        }
        return rows;
    }

    private static double[] targets(Random random) {
        return random.doubles(EXAMPLES, -5, 20).toArray();
    }

    private static TrainingResult learn(String name, boolean holdsOut, Checkpoints checkpoints) {
        TrainingSettings plain = new TrainingSettings(6, 7, Optimizer.DEFAULT, Double.POSITIVE_INFINITY);
        Setup setup =
                Setup.dense(List.of(12, 10), holdsOut ? plain.withValidation(new Validation(0.25, 3)) : plain, 7, 1);
        Strategy strategy = Strategies.BY_NAME
                .get(name)
                .with(
                        Map.of(),
                        new Strategies.Conditions(Scenario.TASK, TASKS.tasks().size()));
        return strategy.learn(TASKS, setup, TrainingListener.SILENT, checkpoints);
    }

    @ParameterizedTest
    @CsvSource({
        "gates, 60, false",
        "gates, 40, true",
        "er, 60, false",
        "er, 25, true",
        "der++, 80, false",
        "ewc, 60, false",
        "fine-tuning, 3, false"
    })
    void itHasTheErrorsOfOneThatNobodyKilled(String strategy, int steps, boolean holdsOut) {
        TrainingResult whole = learn(strategy, holdsOut, Checkpoints.NONE);
        KilledAfter killed = new KilledAfter(steps);
        assertThat(catchThrowable(() -> learn(strategy, holdsOut, killed))).isInstanceOf(CancellationException.class);
        TrainingResult resumed = learn(strategy, holdsOut, new From(killed.taken()));
        assertThat(resumed.errors()).isPresent().isEqualTo(whole.errors());
        assertThat(resumed.tasks().stream().map(TaskSummary::chosen))
                .isEqualTo(whole.tasks().stream().map(TaskSummary::chosen).toList());
    }
}
