package sluice.framework.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.evaluation.AccuracyMatrix;
import sluice.framework.ContinualTrainer;
import sluice.framework.SmallTasks;
import sluice.framework.gates.GateSettings;
import sluice.framework.loss.MeanSquaredError;
import sluice.framework.network.GatedNetwork;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingSettings;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;

/** The loss of the settings is the one that training makes small. */
class OwnLossTest {
    private static final TrainingSettings SQUARES = new TrainingSettings(
                    30, 8, Optimizer.adam(0.01), Double.POSITIVE_INFINITY)
            .withLoss(new MeanSquaredError());

    @Test
    void aGatedNetworkLearnsByIt() {
        TaskSequence sequence = SmallTasks.sequence(2, 21);
        AccuracyMatrix squares = gated(sequence, SQUARES);

        assertThat(accuracy(squares)).isGreaterThan(0.9);
    }

    private static double accuracy(AccuracyMatrix matrix) {
        return matrix.cell(1, 1).orElseThrow().accuracy();
    }

    private static AccuracyMatrix gated(TaskSequence sequence, TrainingSettings training) {
        GatedNetwork network = GatedNetwork.create(sequence.features(), List.of(24, 24), sequence.normalisation(), 4);
        return new ContinualTrainer(GateSettings.DEFAULT, training)
                .train(network, sequence)
                .matrix();
    }

    @Test
    void aPlainStrategyLearnsByIt() {
        FineTuning strategy = new FineTuning(Curriculum.TASK_BY_TASK);

        AccuracyMatrix squares = Clouds.result(strategy, Scenario.TASK, SQUARES).matrix();

        assertThat(accuracy(squares)).isGreaterThan(0.9);
    }
}
