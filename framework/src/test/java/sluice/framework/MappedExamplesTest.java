package sluice.framework;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.framework.binary.ClassifierResult;
import sluice.framework.binary.ClassifierTrainer;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.internal.step.MiniBatches;
import sluice.framework.network.GatedNetwork;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.result.TrainingListener;
import sluice.gating.BinaryNeuron;
import sluice.gating.Schedule;
import sluice.gating.StraightThrough;
import sluice.tasks.Examples;
import sluice.tasks.FeatureMap;
import sluice.tasks.Normalisation;
import sluice.tasks.Rotation;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/** A view through a feature map trains and predicts like a copy of what it shows, bit for bit. */
class MappedExamplesTest {
    private static final FeatureMap PERMUTATION = new FeatureMap.Permutation(new int[] {3, 0, 5, 1, 2, 4});
    private static final FeatureMap ROTATION = Rotation.of(2, 3, 30);
    private static final Task TASK = SmallTasks.task("a", 1);

    private static Task through(FeatureMap map) {
        return new Task(
                "a", TASK.classes(), TASK.train().through(map), TASK.test().through(map));
    }

    private static Task copied(Task task) {
        return new Task("a", task.classes(), copied(task.train()), copied(task.test()));
    }

    private static Examples copied(Examples examples) {
        float[][] rows = new float[examples.size()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = examples.row(i);
        }
        return Examples.of(rows, examples.labels());
    }

    private static ContinualResult learned(Task task) {
        TaskSequence sequence = TaskSequence.of("one", Normalisation.standard(0.1f, 0.7f), task);
        GatedNetwork network = GatedNetwork.create(sequence.features(), List.of(9, 7), sequence.normalisation(), 3);
        return new ContinualTrainer().train(network, sequence);
    }

    @Test
    void gatedNetworksLearnAViewLikeACopy() {
        for (FeatureMap map : List.of(PERMUTATION, ROTATION)) {
            ContinualResult view = learned(through(map));
            ContinualResult copy = learned(copied(through(map)));

            assertThat(view.matrix()).isEqualTo(copy.matrix());
            assertThat(view.network().digest("a")).isEqualTo(copy.network().digest("a"));
        }
    }

    @Test
    void binaryUnitsLearnAViewLikeACopy() {
        ClassifierTrainer trainer = new ClassifierTrainer(
                8,
                BinaryNeuron.STOCHASTIC_SIGMOID,
                StraightThrough.DERIVATIVE,
                new Schedule.Constant(1),
                TrainingSettings.DEFAULT,
                1);
        Task view = through(ROTATION);

        ClassifierResult one =
                trainer.train(TaskSequence.of("one", Normalisation.NONE, view), 1, TrainingListener.SILENT);
        ClassifierResult two =
                trainer.train(TaskSequence.of("one", Normalisation.NONE, copied(view)), 1, TrainingListener.SILENT);

        assertThat(one.task().digest()).isEqualTo(two.task().digest());
        assertThat(one.accuracies()).isEqualTo(two.accuracies());
    }

    @Test
    void anInputThatTheMapLeavesZeroThroughoutIsLeftOut() {
        Examples column = Examples.of(new float[][] {{1, 2, 3}, {4, 5, 6}}, new int[] {0, 1});
        RandomStreams streams = new RandomStreams(1);

        try (MiniBatches batches = MiniBatches.asRows(
                column.through(Rotation.of(3, 1, 90)), Normalisation.NONE, 2, streams.stream("shuffling"))) {
            assertThat(batches.active()).containsExactly(1);
        }
    }
}
