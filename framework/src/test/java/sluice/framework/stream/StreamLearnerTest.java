package sluice.framework.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.evaluation.MetricValue;
import sluice.framework.ContinualTrainer;
import sluice.framework.gates.GateSettings;
import sluice.framework.inference.InferredModel;
import sluice.framework.inference.StreamBorder;
import sluice.framework.network.GatedNetwork;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.result.TrainingListener;
import sluice.framework.stream.StreamSettings.Borders;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.Normalisation;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;
import sluice.tasks.digits.Digits;

/** Learns from streams, and notices their borders. */
class StreamLearnerTest {
    private static final TaskSequence TASKS = TaskSequence.permuted(
                    Digits.draw(3000, 200, 1), Normalisation.UNIT_PIXELS, 3, 1)
            .withScenario(Scenario.DOMAIN);
    private static final List<Integer> CLASSES = IntStream.range(0, 10).boxed().toList();
    private static final int MINI_BATCH = 32;
    private static final StreamSettings HIDDEN =
            new StreamSettings(Borders.HIDDEN).withHorizon(80).repeating("1");

    private static ContinualTrainer trainer() {
        return new ContinualTrainer(
                GateSettings.DEFAULT,
                new TrainingSettings(1, MINI_BATCH, TrainingSettings.DEFAULT.optimizer(), 1e9),
                1);
    }

    private static GatedNetwork network() {
        return GatedNetwork.create(TASKS.features(), List.of(60, 60), TASKS.normalisation(), 1);
    }

    /** Feeds mini-batches of a stream, and tells what came of each. */
    private static List<StreamStep> fed(StreamLearner learner, int batches, BiConsumer<Integer, StreamStep> each) {
        StreamOrder order = StreamOrder.of(TASKS, HIDDEN, 1);
        List<StreamStep> steps = new ArrayList<>();
        for (int b = 0; b < batches; b++) {
            Examples batch = order.examples(b * MINI_BATCH, Math.min(order.size(), (b + 1) * MINI_BATCH));
            steps.add(learner.learn(batch));
            each.accept(b, steps.get(b));
        }
        return steps;
    }

    private static int[] bits(float[] logits) {
        return IntStream.range(0, logits.length)
                .map(i -> Float.floatToRawIntBits(logits[i]))
                .toArray();
    }

    @Test
    void aLearnerThatIsGivenRowsAndLabelsFindsTasksKeepsThemBitForBitAndRecognisesOne() {
        Examples asked = TASKS.tasks().get(0).test();
        List<int[]> first = new ArrayList<>();
        try (GatedNetwork network = network();
                StreamLearner learner = new StreamLearner(network, trainer(), 80, CLASSES)) {
            learner.whenConsolidated(task -> first.add(bits(network.logits("found-1", asked))));
            int batches = 9000 / MINI_BATCH;
            List<StreamBorder> borders = new ArrayList<>();
            List<Integer> learned = new ArrayList<>();
            fed(learner, batches, (b, step) -> {
                step.border().ifPresent(borders::add);
                learned.add(step.learned());
            });
            learner.finish();

            assertThat(borders)
                    .containsExactly(
                            new StreamBorder(0, true),
                            new StreamBorder(1, true),
                            new StreamBorder(2, true),
                            new StreamBorder(0, false));
            assertThat(network.tasks()).containsExactly("found-1", "found-2", "found-3");
            // what has come back is frozen, and not learned again
            assertThat(learned.subList(batches - 5, batches)).containsOnly(0);
            assertThat(first).hasSize(3);
            assertThat(first.get(1)).isEqualTo(first.get(0));
            assertThat(first.get(2)).isEqualTo(first.get(0));
            assertThat(bits(network.logits("found-1", asked))).isEqualTo(first.get(0));
            try (InferredModel model = learner.model(0)) {
                assertThat(model.find(asked).tasks()).containsOnly(0);
            }
        }
    }

    @Test
    void whatIsLearnedOfABeginningIsTheSameWhateverComesAfterIt() {
        int part = 40;
        try (GatedNetwork whole = network();
                GatedNetwork beginning = network();
                StreamLearner all = new StreamLearner(whole, trainer(), 80, CLASSES);
                StreamLearner some = new StreamLearner(beginning, trainer(), 80, CLASSES)) {
            List<StreamStep> long_ = fed(all, 120, (b, step) -> {});
            List<StreamStep> short_ = fed(some, part, (b, step) -> {});

            for (int b = 0; b < part; b++) {
                assertThat(short_.get(b).answers()).isEqualTo(long_.get(b).answers());
                assertThat(short_.get(b).loss()).isEqualTo(long_.get(b).loss());
            }
        }
    }

    @Test
    void schedulesStayAtTheirEndAfterTheHorizon() {
        try (GatedNetwork network = network();
                StreamLearner learner = new StreamLearner(network, trainer(), 5, CLASSES)) {
            List<StreamStep> steps = fed(learner, 60, (b, step) -> {});
            learner.finish();

            assertThat(steps).extracting(StreamStep::loss).allMatch(Double::isFinite);
            assertThat(network.tasks()).containsExactly("found-1");
        }
    }

    @Test
    void whatALearnerCannotTakeIsRefused() {
        try (GatedNetwork network = network();
                StreamLearner learner = new StreamLearner(network, trainer(), 5, List.of(0, 1))) {
            Examples label = Examples.of(new float[784], 784, new int[] {2});
            Examples narrow = Examples.of(new float[3], 3, new int[] {0});

            assertThatThrownBy(() -> learner.learn(label)).hasMessage("label must be in [0, 2), got 2");
            assertThatThrownBy(() -> learner.learn(narrow)).hasMessage("the network has 784 inputs, got 3");
            assertThatThrownBy(() -> learner.find(narrow)).hasMessage("nothing was learned yet");
        }
    }

    private static StreamResult trained(StreamSettings stream, GatedNetwork network) {
        return new StreamTrainer(trainer(), stream, 0).train(network, TASKS, TrainingListener.SILENT);
    }

    private static double metric(StreamResult result, String name) {
        MetricValue value = result.figures().get(name);
        return value.number().orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(Borders.class)
    void bordersOfEveryKindAreFoundAndTheAccuracyIsNearThatOfToldOnes(Borders borders) {
        StreamSettings stream = new StreamSettings(borders).withHorizon(80).repeating("2");
        try (GatedNetwork network = network();
                GatedNetwork other = network()) {
            StreamResult result = trained(stream, network);
            StreamResult told =
                    trained(new StreamSettings(Borders.TOLD).withHorizon(80).repeating("2"), other);

            assertThat(metric(result, "borders_found")).isEqualTo(1);
            assertThat(metric(result, "borders_false")).isZero();
            assertThat(metric(result, "tasks_recognised")).isEqualTo(1);
            assertThat(metric(result, "border_delay")).isLessThanOrEqualTo(20);
            assertThat(metric(result, "task_found")).isGreaterThan(0.99);
            assertThat(result.exactRetention()).contains(true);
            assertThat(accuracy(result)).isGreaterThan(accuracy(told) - 0.06);
            assertThat(metric(result, "prequential_accuracy")).isBetween(0.2, accuracy(result) + 0.1);
        }
    }

    private static double accuracy(StreamResult result) {
        return IntStream.rangeClosed(1, 3)
                .mapToDouble(task -> result.matrix().accuracy(3, task).number().orElseThrow())
                .average()
                .orElseThrow();
    }

    @Test
    void theSameSeedHasTheSameBits() {
        Examples asked = TASKS.tasks().get(1).test();
        List<int[]> all = new ArrayList<>();
        for (int time = 0; time < 2; time++) {
            try (GatedNetwork network = network()) {
                trained(HIDDEN, network);
                all.add(bits(network.logits("found-3", asked)));
            }
        }

        assertThat(all.get(1)).isEqualTo(all.get(0));
    }

    @Test
    void tasksOfAnotherScenarioAreNoStream() {
        try (GatedNetwork network = network()) {
            StreamTrainer trainer = new StreamTrainer(trainer(), HIDDEN, 0);
            TaskSequence apart = TASKS.withScenario(Scenario.CLASS);

            assertThatThrownBy(() -> trainer.train(network, apart, TrainingListener.SILENT))
                    .isInstanceOf(InputException.class)
                    .hasMessage(
                            "nobody tells a learner of a stream how many tasks there are, so that they share their outputs: write scenario: domain");
        }
    }
}
