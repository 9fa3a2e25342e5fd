package sluice.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import sluice.evaluation.AccuracyMatrix;
import sluice.framework.binary.ClassifierTrainer;
import sluice.framework.discriminant.DiscriminantTrainer;
import sluice.framework.discriminant.InferenceSettings;
import sluice.framework.discriminant.SubnetworkTrainer;
import sluice.framework.gates.GateSettings;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.Growth;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.result.InterimModel;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TestAnswers;
import sluice.framework.result.TrainingListener;
import sluice.framework.strategy.Setup;
import sluice.framework.strategy.Strategies;
import sluice.gating.BinaryNeuron;
import sluice.gating.GateActivation;
import sluice.gating.Schedule;
import sluice.gating.StraightThrough;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;

/** Whatever is trained, a listener is told of the same things in the same order. */
class ListenerOrderTest {
    /** 48 examples in batches of 24: two epochs of two steps. */
    private static final TrainingSettings TRAINING =
            new TrainingSettings(2, 24, Optimizer.adam(0.01), Double.POSITIVE_INFINITY);

    private static final TaskSequence TASKS = SmallTasks.sequence(2, 7);

    /** Writes down every event in a word; a row of the matrix ends a line. */
    private static final class Recorder implements TrainingListener {
        final StringBuilder events = new StringBuilder();

        private void note(String event) {
            events.append(event).append(' ');
        }

        @Override
        public void rowEvaluated(AccuracyMatrix matrix, int afterTask) {
            events.append("row:").append(afterTask).append('\n');
        }

        @Override
        public void taskStarted(String task, int position, long steps) {
            note("start:%d:%d".formatted(position, steps));
        }

        @Override
        public void networkGrown(List<Integer> before, List<Integer> now) {
            note("grown");
        }

        @Override
        public void stepDone(int epoch, double loss, double accuracy) {
            note((Double.isNaN(loss) ? "pass:" : "step:") + epoch);
        }

        @Override
        public void betweenSteps(long steps, InterimModel model) {
            note("between:" + steps);
        }

        @Override
        public void taskConsolidated(TaskSummary summary) {
            note("end");
        }

        @Override
        public void answered(TestAnswers answers) {
            note("answered:" + answers.task().name().substring(5));
        }

        @Override
        public void warning(String message) {
            note("warning");
        }

        @Override
        public String toString() {
            return events.toString();
        }
    }

    private static String strategy(String name) {
        Recorder told = new Recorder();
        Strategies.BY_NAME
                .get(name)
                .with(ImmutableMap.of(), new Strategies.Conditions(Scenario.TASK, 2))
                .learn(TASKS, Setup.dense(ImmutableList.of(9, 7), TRAINING, 3, 1), told);
        return told.toString();
    }

    @Test
    void ofGatesWithAllBetweenSteps() {
        Recorder told = new Recorder();
        GatedNetwork network = GatedNetwork.create(SmallTasks.FEATURES, List.of(9, 7), TASKS.normalisation(), 3);

        new ContinualTrainer(GateSettings.DEFAULT, TRAINING, 1).train(network, TASKS, told);

        assertThat(told).hasToString("""
                row:0
                start:1:4 between:0 step:1 between:1 step:1 between:2 step:2 between:3 step:2 warning between:4 end row:1
                warning warning start:2:4 between:0 step:1 between:1 step:1 between:2 step:2 between:3 step:2 between:4 end answered:0 answered:1 row:2
                """);
    }

    @Test
    void ofLayersThatGrow() {
        Recorder told = new Recorder();
        GatedNetwork network = GatedNetwork.create(SmallTasks.FEATURES, List.of(9, 7), TASKS.normalisation(), 3);

        new ContinualTrainer(GateSettings.DEFAULT, TRAINING, 1)
                .withGrowth(Growth.AUTO)
                .train(network, TASKS, told);

        assertThat(told).hasToString("""
                row:0
                start:1:4 between:0 step:1 between:1 step:1 between:2 step:2 between:3 step:2 warning between:4 end grown row:1
                start:2:4 between:0 step:1 between:1 step:1 between:2 step:2 between:3 step:2 between:4 end answered:0 answered:1 row:2
                """);
    }

    /** What was consolidated by then is learned: a model that was half rolled back would be none. */
    @Test
    void whoeverStopsWhenATaskIsConsolidatedHasLearnedIt() {
        GatedNetwork network = GatedNetwork.create(SmallTasks.FEATURES, List.of(9, 7), TASKS.normalisation(), 3);
        TrainingListener impatient = new TrainingListener() {
            @Override
            public void betweenSteps(long steps, InterimModel model) {
                if (steps == 4) {
                    throw new CancellationException("enough");
                }
            }
        };

        assertThatExceptionOfType(TrainingStoppedException.class)
                .isThrownBy(
                        () -> new ContinualTrainer(GateSettings.DEFAULT, TRAINING, 1).train(network, TASKS, impatient))
                .satisfies(stopped -> assertThat(stopped.learned().tasks())
                        .extracting(TaskSummary::task, TaskSummary::digest)
                        .containsExactly(tuple("task 0", network.digest("task 0"))));
        assertThat(network.tasks()).containsExactly("task 0");
    }

    @Test
    void ofAPlainStrategy() {
        assertThat(strategy("fine-tuning")).isEqualTo("""
                row:0
                start:1:4 between:0 step:1 between:1 step:1 between:2 step:2 between:3 step:2 between:4 end row:1
                start:2:4 between:0 step:1 between:1 step:1 between:2 step:2 between:3 step:2 between:4 end answered:0 answered:1 row:2
                """);
    }

    @Test
    void ofAllTasksAtOnceWithNothingBetweenSteps() {
        assertThat(strategy("joint")).isEqualTo("""
                row:0
                start:2:8 step:1 step:1 step:1 step:1 step:2 step:2 step:2 step:2 end answered:0 answered:1 row:2
                """);
    }

    @Test
    void ofADiscriminantWithSubnetworksBesideIt() {
        Recorder told = new Recorder();

        new DiscriminantTrainer(
                        new InferenceSettings(180, 0.001, 0, 0.5),
                        GateSettings.DEFAULT,
                        3,
                        1,
                        Evaluation.LEARNED,
                        Optional.of(new SubnetworkTrainer(
                                new ContinualTrainer(GateSettings.DEFAULT, TRAINING, 1),
                                ImmutableList.of(new FullyConnected(9)))))
                .train(TASKS.withScenario(Scenario.DOMAIN), "gates", told);

        assertThat(told).hasToString("""
                row:0
                start:1:5 step:1 step:1 step:2 step:2 warning pass:1 end row:1
                start:2:5 warning step:1 step:1 step:2 step:2 pass:1 warning end answered:0 answered:1 row:2
                """);
    }

    @Test
    void ofBinaryUnits() {
        Recorder told = new Recorder();

        new ClassifierTrainer(
                        12,
                        new BinaryNeuron(GateActivation.SIGMOID, BinaryNeuron.Sampling.STOCHASTIC),
                        StraightThrough.DERIVATIVE,
                        new Schedule.Constant(1),
                        TRAINING,
                        1)
                .train(SmallTasks.sequence(1, 7), 3, told);

        assertThat(told).hasToString("""
                row:0
                start:1:4 step:1 step:1 step:2 step:2 end answered:0 row:1
                """);
    }
}
