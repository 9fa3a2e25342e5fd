package sluice.framework;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.framework.gates.GateSettings;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.NetworkShape;
import sluice.framework.optimizer.TrainingSettings;
import sluice.gating.GradientEstimator;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/** A task's logits for an example are the same bits alone, in any batch, at any place, with any number of threads. */
class SameBitsTest {
    @TempDir
    private Path folder;

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void howAnExampleIsAskedForMovesNoBit(
            @ForAll long seed,
            @ForAll(supplier = EveryEstimator.class) GradientEstimator estimator,
            @ForAll @IntRange(min = 1, max = 700) int count,
            @ForAll boolean convolutional,
            @ForAll boolean normalised,
            @ForAll @IntRange(max = 40) int growth) {
        TaskSequence sequence = SmallTasks.sequence(2, seed);
        NetworkShape shape = convolutional
                ? SmallTasks.convolutional(seed)
                : NetworkShape.dense(SmallTasks.FEATURES, List.of(9, 70));
        GatedNetwork network = GatedNetwork.create(SmallTasks.normalised(shape, normalised), Normalisation.NONE, seed);
        ContinualTrainer trainer = new ContinualTrainer(
                EveryEstimator.served(GateSettings.DEFAULT.withEstimator(estimator), estimator),
                TrainingSettings.DEFAULT.withEpochs(1));
        trainer.train(network, SmallTasks.only(sequence, 0, 1));
        float[][] rows = rows(count, seed);
        float[] together = network.logits("task 0", examples(rows));

        assertThat(reversed(network.logits("task 0", examples(reversed(rows))))).isEqualTo(together);
        for (int lanes = 1; lanes <= 3; lanes++) {
            try (Lanes shared = Lanes.start(lanes)) {
                assertThat(network.logits("task 0", examples(rows), shared)).isEqualTo(together);
            }
        }
        assertAloneAsTogether(network, rows, together);
        network.grow(network.hidden().stream().map(units -> units + growth).toList());
        trainer.train(network, SmallTasks.only(sequence, 1, 2));
        assertThat(network.logits("task 0", examples(rows))).isEqualTo(together);
        assertAloneAsTogether(network, rows, together);
        network.remove("task 1");
        assertThat(network.logits("task 0", examples(rows))).isEqualTo(together);
        network.close();
    }

    @Test
    void aWideNetworkThatWasSavedAnswersOneRowAsMany() {
        Task task = wide();
        GatedNetwork network = GatedNetwork.create(200, List.of(300, 150), Normalisation.NONE, 1);
        new ContinualTrainer(GateSettings.DEFAULT, TrainingSettings.DEFAULT.withEpochs(1))
                .train(network, TaskSequence.of("wide", Normalisation.NONE, task));
        network.save(folder.resolve("model"));
        GatedNetwork loaded = GatedNetwork.load(folder.resolve("model"));
        float[] together = network.logits("wide", task.test());

        for (int e = 0; e < task.test().size(); e++) {
            float[] alone = loaded.logits("wide", task.test().select(new int[] {e}, label -> label));

            assertThat(alone).isEqualTo(Arrays.copyOfRange(together, 2 * e, 2 * e + 2));
        }
    }

    private static Task wide() {
        SplittableRandom random = new SplittableRandom(5);
        float[][] rows = new float[600][200];
        for (float[] row : rows) {
            for (int f = 0; f < row.length; f++) {
                row[f] = (float) random.nextGaussian();
            }
        }
        int[] labels = IntStream.range(0, rows.length).map(i -> i % 2).toArray();
        return Task.of("wide", rows, labels, rows, labels);
    }

    private static void assertAloneAsTogether(GatedNetwork network, float[][] rows, float[] together) {
        int classes = together.length / rows.length;
        for (int e = 0; e < rows.length; e += 97) {
            float[] alone = network.logits("task 0", examples(new float[][] {rows[e]}));

            assertThat(alone).isEqualTo(Arrays.copyOfRange(together, e * classes, (e + 1) * classes));
        }
    }

    private static Examples examples(float[][] rows) {
        return Examples.of(rows, new int[rows.length]);
    }

    private static float[][] rows(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] rows = new float[count][SmallTasks.FEATURES];
        for (float[] row : rows) {
            for (int f = 0; f < row.length; f++) {
                row[f] = (float) random.nextGaussian();
            }
        }
        return rows;
    }

    private static float[][] reversed(float[][] rows) {
        return IntStream.range(0, rows.length)
                .mapToObj(e -> rows[rows.length - 1 - e])
                .toArray(float[][]::new);
    }

    /** Logits of two classes, the last example's first. */
    private static float[] reversed(float[] logits) {
        float[] turned = new float[logits.length];
        for (int at = 0; at < logits.length; at += 2) {
            turned[at] = logits[logits.length - 2 - at];
            turned[at + 1] = logits[logits.length - 1 - at];
        }
        return turned;
    }
}
