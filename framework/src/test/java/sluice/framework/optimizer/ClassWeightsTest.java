package sluice.framework.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.framework.ContinualTrainer;
import sluice.framework.SmallTasks;
import sluice.framework.gates.GateSettings;
import sluice.framework.network.GatedNetwork;
import sluice.framework.result.TrainingListener;
import sluice.framework.strategy.Setup;
import sluice.framework.strategy.Strategies;
import sluice.framework.strategy.StrategyResult;
import sluice.tasks.InputException;
import sluice.tasks.Normalisation;
import sluice.tasks.Scenario;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/** Classes count as it is said, and a task's examples count 1 on average. */
class ClassWeightsTest {
    private static final TrainingSettings TRAINING =
            new TrainingSettings(6, 12, Optimizer.adam(0.01), Double.POSITIVE_INFINITY);
    private static final ClassWeights SAME = new ClassWeights.ByClass(ImmutableMap.of("3", 2.0, "8", 2.0));

    @TempDir
    private Path folder;

    /** Two clouds that overlap, so many examples of each. */
    private static TaskSequence clouds(int often, int rare) {
        SplittableRandom random = new SplittableRandom(5);
        return TaskSequence.of(
                "clouds",
                Normalisation.NONE,
                Task.of(
                        "unequal",
                        rows(often, rare, random),
                        labels(often, rare),
                        rows(60, 60, random),
                        labels(60, 60)));
    }

    private static float[][] rows(int often, int rare, SplittableRandom random) {
        float[][] rows = new float[often + rare][4];
        for (int i = 0; i < rows.length; i++) {
            for (int f = 0; f < 4; f++) {
                rows[i][f] = (float) (random.nextGaussian() + (i < often ? -0.6 : 0.6));
            }
        }
        return rows;
    }

    private static int[] labels(int often, int rare) {
        int[] labels = new int[often + rare];
        Arrays.fill(labels, 0, often, 3);
        Arrays.fill(labels, often, labels.length, 8);
        return labels;
    }

    @Property(tries = 50)
    void theMeanWeightOfTrainingExamplesIsOne(
            @ForAll @Size(3) List<@IntRange(min = 1, max = 40) Integer> counts, @ForAll @IntRange(max = 2) int kind) {
        int[] labels = new int[counts.stream().mapToInt(n -> n).sum()];
        int at = 0;
        for (int c = 0; c < 3; c++) {
            Arrays.fill(labels, at, at += counts.get(c), c);
        }
        TaskSequence tasks =
                TaskSequence.of("t", Normalisation.NONE, Task.of("t", new float[labels.length][1], labels));
        ClassWeights weights = List.of(
                        ClassWeights.none(),
                        ClassWeights.balanced(),
                        new ClassWeights.ByClass(ImmutableMap.of("1", 5.0)))
                .get(kind);

        double[] of = weights.of(tasks.tasks().get(0), tasks);

        double sum = 0;
        for (int c = 0; c < 3; c++) {
            sum += counts.get(c) * of[c];
        }
        assertThat(sum / labels.length).isCloseTo(1, within(1e-12));
        if (kind == 1) {
            assertThat(counts.get(0) * of[0]).isCloseTo(counts.get(2) * of[2], within(1e-9));
        }
        if (kind == 2) {
            assertThat(of[1] / of[0]).isCloseTo(5, within(1e-9));
        }
    }

    @Test
    void aNameThatNoClassHasIsRefused() {
        TaskSequence tasks = clouds(5, 5);
        ClassWeights weights = new ClassWeights.ByClass(ImmutableMap.of("33", 2.0));
        GatedNetwork network = GatedNetwork.create(4, List.of(6), Normalisation.NONE, 1);

        assertThatThrownBy(() -> new ContinualTrainer(GateSettings.DEFAULT, TRAINING.withClassWeights(weights), 1)
                        .train(network, tasks))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no task has a class '33', of which a weight is given: ");
        assertThatThrownBy(() -> new ClassWeights.ByClass(ImmutableMap.of("3", 0.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the weight of class 3 must be above 0 and finite, got 0.0");
    }

    private byte[] gated(TrainingSettings training, TaskSequence tasks) throws IOException {
        GatedNetwork network = GatedNetwork.create(tasks.features(), List.of(12, 10), tasks.normalisation(), 1);
        new ContinualTrainer(GateSettings.DEFAULT, training, 1).train(network, tasks);
        Path file = folder.resolve("gated.sluice");
        network.save(file);
        return Files.readAllBytes(file);
    }

    private byte[] plain(String name, TrainingSettings training, TaskSequence tasks) throws IOException {
        Path file = folder.resolve("plain.sluice");
        learn(name, training, tasks).saveModel(file);
        return Files.readAllBytes(file);
    }

    private static StrategyResult learn(String name, TrainingSettings training, TaskSequence tasks) {
        return (StrategyResult) Strategies.BY_NAME
                .get(name)
                .with(
                        ImmutableMap.of(),
                        new Strategies.Conditions(
                                tasks.scenario(), tasks.tasks().size()))
                .learn(tasks, Setup.dense(ImmutableList.of(12, 10), training, 3, 1), TrainingListener.SILENT);
    }

    @Test
    void equalWeightsKeepAllBits() throws IOException {
        TaskSequence tasks = SmallTasks.sequence(2, 5);
        TrainingSettings same = TRAINING.withClassWeights(SAME);

        assertThat(gated(same, tasks)).isEqualTo(gated(TRAINING, tasks));
        for (String name : List.of("er", "ewc", "joint", "der++", "packnet")) {
            assertThat(plain(name, same, tasks)).as(name).isEqualTo(plain(name, TRAINING, tasks));
        }
        TaskSequence classes = tasks.withScenario(Scenario.DOMAIN);
        assertThat(plain("er", same, classes)).isEqualTo(plain("er", TRAINING, classes));
    }

    /** Right answers to each class, of 60. */
    private static int[] right(GatedNetwork network, Task task) {
        int[] right = new int[2];
        float[] logits = network.logits(task.name(), task.test());
        for (int i = 0; i < task.test().size(); i++) {
            int answer = logits[2 * i + 1] > logits[2 * i] ? 1 : 0;
            right[task.test().label(i)] += answer == task.test().label(i) ? 1 : 0;
        }
        return right;
    }

    @Test
    void aRareClassIsAnsweredMoreOftenWhereItCountsMore() {
        TaskSequence tasks = clouds(190, 10);
        int[][] right = new int[3][];
        List<ClassWeights> all = List.of(
                ClassWeights.none(), ClassWeights.balanced(), new ClassWeights.ByClass(ImmutableMap.of("8", 100.0)));
        for (int w = 0; w < 3; w++) {
            GatedNetwork network = GatedNetwork.create(4, List.of(12), Normalisation.NONE, 1);
            new ContinualTrainer(GateSettings.DEFAULT, TRAINING.withClassWeights(all.get(w)), 1).train(network, tasks);
            right[w] = right(network, tasks.tasks().get(0));
        }

        assertThat(right[1][1]).isGreaterThan(right[0][1] + 10);
        assertThat(right[1][0] + right[1][1]).isGreaterThan(right[0][0] + right[0][1]);
        assertThat(right[2][1]).isGreaterThanOrEqualTo(right[1][1]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"er", "ewc", "joint", "fine-tuning", "packnet", "supermasks", "lwf", "der++"})
    void strategiesAnswerMoreOfARareClassToo(String name) {
        TaskSequence tasks = clouds(190, 10);
        TrainingSettings training = TRAINING.withEpochs(12);

        int none =
                learn(name, training, tasks).matrix().cell(1, 1).orElseThrow().correct();
        int balanced = learn(name, training.withClassWeights(ClassWeights.balanced()), tasks)
                .matrix()
                .cell(1, 1)
                .orElseThrow()
                .correct();

        assertThat(balanced).isGreaterThan(none);
    }
}
