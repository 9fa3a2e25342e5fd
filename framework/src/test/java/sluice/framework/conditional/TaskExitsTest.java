package sluice.framework.conditional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.evaluation.MetricValue;
import sluice.framework.ContinualResult;
import sluice.framework.ContinualTrainer;
import sluice.framework.SmallTasks;
import sluice.framework.gates.GateSettings;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.NetworkExits;
import sluice.framework.network.NetworkShape;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingSettings;
import sluice.tasks.ClassSplit;
import sluice.tasks.DataSet;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;
import sluice.tasks.TaskSequence;
import sluice.tasks.digits.Digits;

/** Exits before the subnetworks of tasks. */
class TaskExitsTest {
    /** 784 additions for 49 means, 49 x 4 + 4 x 2 multiply-adds to the first exit, 784 x 8 + 8 x 2 more to the second. */
    private static final long FIRST = 784 + 49 * 4 + 4 * 2;

    private static final long SECOND = FIRST + 784 * 8 + 8 * 2;
    private static final EarlyExits EXITS = new EarlyExits(
            ImmutableList.of(
                    new ExitLayer(4, 0.1, new View(View.Sees.INPUT, 4, 0), true),
                    new ExitLayer(8, 0.1, View.INPUT, false)),
            0.1,
            0.2,
            ExitTrainer.NO_BUDGET);

    private static TaskSequence sequence;
    private static GatedNetwork network;
    private static ContinualResult result;
    private static ExitAnswers afterFirst;

    @TempDir
    private Path folder;

    @BeforeAll
    static void learn() {
        DataSet digits = Digits.draw(600, 300, 1);
        sequence = TaskSequence.split(digits, Normalisation.UNIT_PIXELS, ClassSplit.consecutive(digits, 2));
        TaskSequence first = part(0, 1);
        network = GatedNetwork.create(NetworkShape.dense(784, ImmutableList.of(30, 20)), Normalisation.UNIT_PIXELS, 3);
        ContinualTrainer trainer =
                new ContinualTrainer(GateSettings.DEFAULT, TrainingSettings.DEFAULT.withEpochs(4), 1).withExits(EXITS);
        trainer.train(network, first);
        afterFirst = answer("0-1", network, 0);
        result = trainer.train(network, part(1, 3));
    }

    private static TaskSequence part(int from, int to) {
        return SmallTasks.only(sequence, from, to).withShape(sequence.shape());
    }

    private static ExitAnswers answer(String task, GatedNetwork asked, int index) {
        NetworkExits exits = NetworkExits.of(asked, task).orElseThrow();
        return exits.answer(sequence.tasks().get(index).test(), exits.exits().rule());
    }

    @Test
    void laterTasksMoveNoBitOfWhatExitsSay() {
        ExitAnswers now = answer("0-1", network, 0);

        assertThat(now.probabilities()).isEqualTo(afterFirst.probabilities());
        assertThat(now.exits()).isEqualTo(afterFirst.exits());
        assertThat(now.classes()).isEqualTo(afterFirst.classes());
        assertThat(result.comparedLogits().orElse(0)).isPositive();
    }

    @Test
    void anExampleTakesWhatItsExitCosts() {
        ExitAnswers answers = answer("2-3", network, 1);
        long ofSubnetwork = network.multiplyAdds("2-3");

        assertThat(Arrays.stream(answers.exits()).distinct().count()).isGreaterThan(1);
        for (int i = 0; i < answers.exits().length; i++) {
            long expected =
                    switch (answers.exits()[i]) {
                        case 0 -> FIRST;
                        case 1 -> SECOND;
                        default -> SECOND + ofSubnetwork;
                    };
            assertThat(answers.multiplyAdds()[i]).isEqualTo(expected);
        }
    }

    @Test
    void whatNoExitIsSureOfIsTheSubnetworks() {
        NetworkExits exits = NetworkExits.of(network, "4-5").orElseThrow();
        Examples test = sequence.tasks().get(2).test();
        ExitAnswers all = exits.answer(test, exits.exits().noRule());
        float[] logits = network.logits("4-5", test);

        assertThat(all.exits()).containsOnly(2);
        assertThat(all.multiplyAdds()).containsOnly(SECOND + network.multiplyAdds("4-5"));
        for (int i = 0; i < test.size(); i++) {
            assertThat(all.classes()[i]).isEqualTo(logits[2 * i] >= logits[2 * i + 1] ? 0 : 1);
        }
    }

    @Test
    void aBudgetIsKeptToOnHeldOutExamplesAndNearlySoOnOthers() {
        TaskExits exits = NetworkExits.of(network, "2-3").orElseThrow().exits();
        NetworkExits asked = NetworkExits.of(network, "2-3").orElseThrow();
        Examples test = sequence.tasks().get(1).test();
        double before = 0;
        for (long budget : new long[] {FIRST, SECOND, SECOND + network.multiplyAdds("2-3")}) {
            double mean = Arrays.stream(asked.answer(test, exits.within(budget)).multiplyAdds())
                    .average()
                    .orElseThrow();
            assertThat(mean).isGreaterThanOrEqualTo(before).isLessThan(1.5 * budget);
            before = mean;
        }
        assertThatThrownBy(() -> exits.within(FIRST - 1))
                .hasMessageContaining("a budget of 987 multiply-adds is below");
    }

    @Test
    void predictionsGoThroughExits() {
        Examples test = sequence.tasks().get(1).test();
        float[][] rows = IntStream.range(0, test.size())
                .mapToObj(i -> {
                    float[] row = new float[test.features()];
                    test.read(i, row);
                    return row;
                })
                .toArray(float[][]::new);
        int[] classes = answer("2-3", network, 1).classes();

        assertThat(network.predict("2-3", rows))
                .isEqualTo(Arrays.stream(classes).map(c -> c + 2).toArray());
    }

    @Test
    void theyAreSavedAndLoadedBitForBit() {
        Path file = folder.resolve("model.sluice");
        Path again = folder.resolve("again.sluice");
        network.save(file);
        try (GatedNetwork loaded = GatedNetwork.load(file)) {
            assertThat(answer("4-5", loaded, 2).probabilities())
                    .isEqualTo(answer("4-5", network, 2).probabilities());
            assertThat(loaded.digest("4-5")).isEqualTo(network.digest("4-5"));
            loaded.save(again);
            assertThat(again).hasSameBinaryContentAs(file);

            loaded.remove("2-3");
            assertThat(answer("4-5", loaded, 2).exits())
                    .isEqualTo(answer("4-5", network, 2).exits());
        }
    }

    @Test
    void theResultTellsWhatExamplesTake() {
        assertThat(result.work().uses())
                .hasSize(2)
                .allSatisfy(use -> assertThat(use.shares()).hasSize(3));
        assertThat(result.figures().keySet()).contains("macs_prediction", "macs_prediction_all_open");
        assertThat(result.figures().get("macs_prediction_all_open"))
                .isEqualTo(MetricValue.of(784 * 30 + 30 * 20 + 20 * 2.0));
        assertThat(result.budgets()).isNotEmpty();
        assertThat(result.budgets().get(0).budget()).isEqualTo(FIRST);
        assertThat(result.account().stream().map(layer -> layer.layer()))
                .containsExactly("layer_1", "layer_2", "head", "exits");
        assertThat(network.taskBytes())
                .isGreaterThan(3L * Float.BYTES * (49 * 4 + 4 + 4 * 2 + 2 + 784 * 8 + 8 + 8 * 2 + 2));
    }

    @Test
    void tasksWithoutExitsHaveNone() {
        GatedNetwork plain = GatedNetwork.create(784, ImmutableList.of(10), Normalisation.UNIT_PIXELS, 1);
        ContinualResult learned = new ContinualTrainer(GateSettings.DEFAULT, TrainingSettings.DEFAULT.withEpochs(1), 1)
                .train(plain, part(0, 1));

        assertThat(NetworkExits.of(plain, "0-1")).isEmpty();
        assertThat(learned.budgets()).isEmpty();
        assertThat(learned.figures().get("macs_prediction"))
                .isEqualTo(MetricValue.of((double) plain.multiplyAdds("0-1")));
    }

    @Test
    void whatCannotServeTheTasksIsSaid() {
        EarlyExits small = new EarlyExits(EXITS.layers(), 0, 0.2, 100);

        assertThat(small.misfit(sequence).orElseThrow())
                .contains("a budget of 100 multiply-adds is below the 988", "task 0-1");
        assertThat(EXITS.misfit(sequence)).isEmpty();
        assertThat(EXITS.misfit(sequence.withShape(new sluice.tasks.Shape.Vector(784)))
                        .orElseThrow())
                .contains("pool 4 is of squares of pixels");
        assertThatThrownBy(() -> new ContinualTrainer(
                                GateSettings.DEFAULT,
                                new TrainingSettings(1, 1, Optimizer.DEFAULT, Double.POSITIVE_INFINITY),
                                1)
                        .withExits(EXITS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("batchSize");
    }
}
