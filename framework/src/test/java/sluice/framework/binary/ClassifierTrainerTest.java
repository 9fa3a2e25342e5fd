package sluice.framework.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.evaluation.AccuracyMatrix;
import sluice.framework.SmallTasks;
import sluice.framework.account.LayerAccount;
import sluice.framework.account.MultiplyAdds;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.Sgd;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.result.DivergedException;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TestAnswers;
import sluice.framework.result.TrainingListener;
import sluice.gating.BinaryNeuron;
import sluice.gating.EstimatorEntry;
import sluice.gating.Estimators;
import sluice.gating.GateActivation;
import sluice.gating.GradientEstimator;
import sluice.gating.Schedule;
import sluice.gating.StraightThrough;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

@Tag("slow")
class ClassifierTrainerTest {
    private static final TaskSequence CLOUDS = SmallTasks.sequence(1, 9);
    private static final Task TASK = CLOUDS.tasks().get(0);
    private static final int EPOCHS = 20;
    private static final TrainingSettings SETTINGS =
            new TrainingSettings(EPOCHS, 8, Optimizer.adam(0.02), Double.POSITIVE_INFINITY);

    private static ClassifierTrainer trainer(GradientEstimator estimator, GateActivation activation) {
        return new ClassifierTrainer(
                12,
                new BinaryNeuron(activation, BinaryNeuron.Sampling.STOCHASTIC),
                estimator,
                new Schedule.Exponential(1, 1.1, 2),
                SETTINGS,
                1);
    }

    private static ClassifierResult train(GradientEstimator estimator, long seed) {
        return trainer(estimator, GateActivation.SIGMOID).train(CLOUDS, seed, TrainingListener.SILENT);
    }

    static Stream<GradientEstimator> estimators() {
        return Estimators.BY_NAME.values().stream().map(EstimatorEntry::estimator);
    }

    @ParameterizedTest
    @MethodSource("estimators")
    void everyEstimatorLearnsOrSaysWhatWouldWork(GradientEstimator estimator) {
        int served = 0;
        for (GateActivation activation : GateActivation.values()) {
            ClassifierTrainer trainer;
            try {
                trainer = trainer(estimator, activation);
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageContaining(estimator.name()).hasMessageContaining("use ");
                continue;
            }
            ClassifierResult result = trainer.train(CLOUDS, 1, TrainingListener.SILENT);
            assertThat(result.accuracies().get(EPOCHS - 1))
                    .as("%s, %s", estimator.name(), activation)
                    .isGreaterThanOrEqualTo(0.9);
            served++;
        }
        // units of one layer do not choose among each other
        boolean forChoices = Estimators.BY_NAME.get(estimator.name()).needsGroups();
        assertThat(served > 0).isNotEqualTo(forChoices);
    }

    @Test
    void theSameSeedGivesTheSameBitsAndAnotherOneDoesNot() {
        String once = train(StraightThrough.DERIVATIVE, 4).task().digest();

        assertThat(train(StraightThrough.DERIVATIVE, 4).task().digest()).isEqualTo(once);
        assertThat(train(StraightThrough.DERIVATIVE, 5).task().digest()).isNotEqualTo(once);
    }

    @Test
    void theResultTellsHowTrainingWent() {
        ClassifierResult result = train(StraightThrough.DERIVATIVE, 1);

        assertThat(result.accuracies()).hasSize(EPOCHS);
        assertThat(result.losses().get(EPOCHS - 1)).isLessThan(result.losses().get(0));
        assertThat(result.task().steps()).isEqualTo(EPOCHS * 6L);
        assertThat(result.classifier().slope()).isEqualTo(2);
        assertThat(result.classifier().classes()).containsExactly(3, 8);
        assertThat(result.matrix().strategy()).isEqualTo("binary-units");
        double last = result.accuracies().get(EPOCHS - 1);
        assertThat(result.matrix().cell(1, 1).orElseThrow().accuracy()).isEqualTo(last);
        assertThat(result.classifier().accuracy(TASK.test(), result.classifier().reading()))
                .isEqualTo(last);
    }

    @Test
    void multiplyAddsAreCountedProbeByProbe() {
        long examples = 48L * EPOCHS;

        List<LayerAccount> one = train(StraightThrough.DERIVATIVE, 1).task().account();
        List<LayerAccount> two =
                train(Estimators.BY_NAME.get("disarm").estimator(), 1).task().account();

        assertThat(one)
                .containsExactly(
                        account("layer_1", examples * 12 * 6, 1, 0, 1, 0), account("head", examples * 24, 1, 1, 1, 1));
        assertThat(two)
                .containsExactly(
                        account("layer_1", examples * 12 * 6, 1, 0, 1, 0), account("head", examples * 24, 2, 0, 1, 1));
    }

    private static LayerAccount account(
            String layer, long dense, int forward, int inputGradient, int weightGradient, int denseInputGradient) {
        return new LayerAccount(
                layer,
                new MultiplyAdds(forward * dense, inputGradient * dense, weightGradient * dense),
                new MultiplyAdds(dense, denseInputGradient * dense, dense));
    }

    @Test
    void aListenerHearsOfEverythingInOrder() {
        List<String> heard = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void rowEvaluated(AccuracyMatrix matrix, int afterTask) {
                heard.add("row " + afterTask);
            }

            @Override
            public void answered(TestAnswers answers) {
                heard.add("answers to " + answers.task().name());
            }

            @Override
            public void taskStarted(String task, int position, long steps) {
                heard.add("start " + task + ", " + steps + " steps");
            }

            @Override
            public void taskConsolidated(TaskSummary summary) {
                heard.add("done " + summary.task());
            }
        };

        trainer(StraightThrough.DERIVATIVE, GateActivation.SIGMOID).train(CLOUDS, 1, listener);

        assertThat(heard)
                .containsExactly("row 0", "start task 0, 120 steps", "done task 0", "answers to task 0", "row 1");
    }

    @Test
    void severalTasksAreRefused() {
        ClassifierTrainer trainer = trainer(StraightThrough.DERIVATIVE, GateActivation.SIGMOID);

        assertThatThrownBy(() -> trainer.train(SmallTasks.sequence(2, 1), 1, TrainingListener.SILENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one task")
                .hasMessageContaining("has 2");
    }

    @Test
    void aDivergingTrainingStopsAndSaysWhere() {
        ClassifierTrainer trainer = new ClassifierTrainer(
                12,
                BinaryNeuron.STOCHASTIC_SIGMOID,
                StraightThrough.IDENTITY,
                new Schedule.Constant(1),
                new TrainingSettings(20, 8, new Sgd(1, 0, 1e9), Double.POSITIVE_INFINITY),
                1);

        assertThatThrownBy(() -> trainer.train(CLOUDS, 1, TrainingListener.SILENT))
                .isInstanceOf(DivergedException.class)
                .hasMessageContaining("task 0")
                .hasMessageContaining("epoch 1");
    }
}
