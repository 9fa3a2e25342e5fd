package sluice.framework;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sluice.evaluation.AccuracyMatrix;
import sluice.framework.gates.GateSettings;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.Growth;
import sluice.framework.optimizer.TrainingSettings;
import sluice.tasks.Normalisation;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/** Many tasks, added at any time, with heads of any size. */
class LongStreamTest {
    private static Task task(String name, int classes, int examples, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] rows = new float[examples][5];
        int[] labels = new int[examples];
        for (int i = 0; i < examples; i++) {
            labels[i] = 10 + i % classes;
            for (int f = 0; f < 5; f++) {
                rows[i][f] = random.nextFloat();
            }
        }
        return Task.of(name, rows, labels, rows, labels);
    }

    @Test
    void tasksAreAddedAtAnyTimeWithHeadsOfAnySize() {
        GatedNetwork network = GatedNetwork.create(5, List.of(12, 9), Normalisation.NONE, 1);
        ContinualTrainer trainer = new ContinualTrainer().withGrowth(Growth.AUTO);
        List<Task> tasks = new ArrayList<>();
        List<float[]> logits = new ArrayList<>();

        int position = 0;
        for (int classes : new int[] {2, 17, 1, 5, 40, 3}) {
            Task task = task("task " + position++, classes, 2 * classes, position);
            trainer.train(network, TaskSequence.of("one", Normalisation.NONE, task));
            tasks.add(task);
            logits.add(network.logits(task.name(), task.test()));
            if (position == 3) {
                network.remove("task 1");
            }
        }

        for (int t = 0; t < tasks.size(); t++) {
            if (t != 1) {
                Task task = tasks.get(t);
                assertThat(network.classes(task.name())).isEqualTo(task.classes());
                assertThat(network.logits(task.name(), task.test()))
                        .isEqualTo(logits.get(t))
                        .hasSize(task.test().size() * task.classes().size());
            }
        }
    }

    @Test
    void fortyTasksAreProvenUnchangedAndEachCostsWhatItUses() {
        List<Task> tasks = new ArrayList<>();
        for (int t = 0; t < 40; t++) {
            tasks.add(task("task " + t, 2, 40, t));
        }
        GatedNetwork network = GatedNetwork.create(5, List.of(10), Normalisation.NONE, 1);

        ContinualResult result = new ContinualTrainer(
                        GateSettings.DEFAULT.withSparsity(1), TrainingSettings.DEFAULT.withEpochs(3))
                .withGrowth(Growth.AUTO)
                .withEvaluation(Evaluation.ENDS)
                .train(network, TaskSequence.of("many", Normalisation.NONE, tasks.toArray(new Task[0])));

        // samples of 40 for the first 32 tasks, then of 32, with two logits each
        assertThat(result.tasks().get(39).unchanged()).isEqualTo(2 * (32 * 40 + 7 * 32));
        for (Task task : tasks) {
            int open = network.subnetwork(task.name()).layers().get(0).size();
            assertThat(network.parts().state(task.name()).head().weights()).hasSize(2 * open);
        }
        assertThat(network.taskBytes()).isPositive();
        AccuracyMatrix matrix = result.matrix();
        assertThat(matrix.cell(3, 3)).isPresent();
        assertThat(matrix.cell(3, 2)).isEmpty();
        assertThat(matrix.cell(40, 2)).isEqualTo(matrix.cell(2, 2));
    }
}
