package sluice.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.framework.binary.ClassifierResult;
import sluice.framework.binary.ClassifierTrainer;
import sluice.framework.gates.GateSettings;
import sluice.framework.network.GatedNetwork;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingDuration;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.result.TrainingListener;
import sluice.gating.BinaryNeuron;
import sluice.gating.Schedule;
import sluice.gating.StraightThrough;
import sluice.tasks.TaskSequence;

class TrainingLengthTest {
    private static final TaskSequence CLOUDS = SmallTasks.sequence(1, 9);

    /** Six steps per epoch. */
    private static final TrainingSettings WHOLE =
            new TrainingSettings(3, 8, Optimizer.adam(0.01), Double.POSITIVE_INFINITY);

    /** Counts steps as they are done and as they were told. */
    private static final class Counting implements TrainingListener {
        private final List<Integer> epochs = new ArrayList<>();
        private long told;

        @Override
        public void taskStarted(String task, int position, long steps) {
            told = steps;
        }

        @Override
        public void stepDone(int epoch, double loss, double accuracy) {
            epochs.add(epoch);
        }
    }

    private static ContinualResult gates(TrainingSettings training, TrainingListener listener) {
        GatedNetwork network = GatedNetwork.create(CLOUDS.features(), List.of(9, 7), CLOUDS.normalisation(), 2);
        return new ContinualTrainer(GateSettings.DEFAULT, training).train(network, CLOUDS, listener);
    }

    private static ClassifierResult units(TrainingSettings training, Schedule slope, TrainingListener listener) {
        return new ClassifierTrainer(8, BinaryNeuron.STOCHASTIC_SIGMOID, StraightThrough.DERIVATIVE, slope, training, 1)
                .train(CLOUDS, 2, listener);
    }

    private static TrainingSettings iterations(int count) {
        return WHOLE.withLength(new TrainingDuration.Iterations(count));
    }

    @Test
    void gatedNetworksTakeExactlySoManySteps() {
        Counting counting = new Counting();

        ContinualResult result = gates(iterations(8), counting);

        assertThat(counting.told).isEqualTo(8);
        assertThat(counting.epochs).containsExactly(1, 1, 1, 1, 1, 1, 2, 2);
        assertThat(result.tasks().get(0).steps()).isEqualTo(8);
    }

    @Test
    void binaryUnitsTakeExactlySoManySteps() {
        Counting counting = new Counting();

        ClassifierResult result = units(iterations(13), new Schedule.Constant(1), counting);

        assertThat(counting.told).isEqualTo(13);
        assertThat(counting.epochs).hasSize(13);
        assertThat(result.task().steps()).isEqualTo(13);
        assertThat(result.accuracies()).hasSize(3);
        assertThat(result.losses()).hasSize(3);
    }

    @Test
    void schedulesEndAtTheLastStep() {
        assertThat(units(iterations(8), new Schedule.Cosine(1, 4), TrainingListener.SILENT)
                        .classifier()
                        .slope())
                .isEqualTo(4);
        assertThat(units(iterations(3), new Schedule.Hat(50), TrainingListener.SILENT)
                        .classifier()
                        .slope())
                .isEqualTo(50);
    }

    @Test
    void iterationsOfWholeEpochsGiveTheBitsOfThoseEpochs() {
        TrainingSettings cosine = WHOLE.withLearningRateFactor(new Schedule.Cosine(1, 0.1));

        ContinualResult epochs = gates(cosine, TrainingListener.SILENT);
        ContinualResult steps = gates(cosine.withLength(new TrainingDuration.Iterations(18)), TrainingListener.SILENT);

        assertThat(steps.network().digest("task 0")).isEqualTo(epochs.network().digest("task 0"));
    }

    @Test
    void noStepIsNoLength() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrainingDuration.Iterations(0))
                .withMessage("iterations must be at least 1, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WHOLE.withEpochs(0))
                .withMessage("epochs must be at least 1, got 0");
    }
}
