package sluice.framework.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.framework.ContinualTrainer;
import sluice.framework.SmallTasks;
import sluice.framework.conditional.GaterTarget;
import sluice.framework.gates.GateSettings;
import sluice.framework.gates.InputGates;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingSettings;
import sluice.gating.StraightThrough;
import sluice.tasks.InputException;
import sluice.tasks.TaskSequence;

/** Single rows get the bits of the network's answers, from any thread, and nothing is allocated for them. */
class RowPredictorTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final TaskSequence ALL = SmallTasks.sequence(2, 3);
    private static final String TASK = ALL.names().get(0);
    private static final float[][] ROWS =
            IntStream.range(0, 30).mapToObj(ALL.tasks().get(0).test()::row).toArray(float[][]::new);
    private static final TrainingSettings TRAINING =
            new TrainingSettings(3, 8, Optimizer.adam(0.01), Double.POSITIVE_INFINITY);

    static Stream<NetworkShape> shapes() {
        return Stream.of(
                SmallTasks.dense(List.of(9, 7), false),
                SmallTasks.dense(List.of(12), true),
                SmallTasks.convolutional(3));
    }

    private static GatedNetwork learned(NetworkShape shape, GateSettings gates) {
        GatedNetwork network = GatedNetwork.create(shape, ALL.normalisation(), 4);
        new ContinualTrainer(gates, TRAINING, 1).train(network, ALL);
        return network;
    }

    private static float[] logits(RowPredictor predictor, float[] row) {
        float[] logits = new float[predictor.classes().size()];
        predictor.logits(row, logits);
        return logits;
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aRowHasTheBitsOfTheNetworksAnswerFromEveryThread(NetworkShape shape) {
        try (GatedNetwork network = learned(shape, GateSettings.DEFAULT)) {
            float[] expected = network.logits(TASK, ALL.tasks().get(0).test());
            int[] labels = network.predict(TASK, ROWS);
            RowPredictor predictor = RowPredictor.of(network, TASK);

            int[] same = IntStream.range(0, 40 * ROWS.length)
                    .parallel()
                    .map(i -> i % ROWS.length)
                    .filter(i ->
                            Arrays.equals(logits(predictor, ROWS[i]), Arrays.copyOfRange(expected, 2 * i, 2 * i + 2))
                                    && predictor.label(ROWS[i]) == labels[i])
                    .toArray();

            assertThat(same).hasSize(40 * ROWS.length);
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aThousandRowsAllocateNothing(NetworkShape shape) {
        try (GatedNetwork network = learned(shape, GateSettings.DEFAULT)) {
            RowPredictor predictor = RowPredictor.of(network, TASK);
            float[] logits = new float[2];
            // until everything is compiled
            for (int i = 0; i < 20_000; i++) {
                predictor.logits(ROWS[i % ROWS.length], logits);
            }
            long before = THREADS.getCurrentThreadAllocatedBytes();

            for (int i = 0; i < 1000; i++) {
                predictor.logits(ROWS[i % ROWS.length], logits);
            }

            // the count itself takes some
            assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(1000);
        }
    }

    @Test
    void itKeepsWhatTheNetworkForgets() {
        try (GatedNetwork network = learned(SmallTasks.dense(List.of(8), false), GateSettings.DEFAULT)) {
            RowPredictor predictor = RowPredictor.of(network, TASK);
            float[] before = logits(predictor, ROWS[0]);

            network.parts().remove(TASK);

            assertThat(logits(predictor, ROWS[0])).isEqualTo(before);
            assertThatThrownBy(() -> RowPredictor.of(network, TASK)).isInstanceOf(InputException.class);
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        try (GatedNetwork network = learned(SmallTasks.dense(List.of(8), false), GateSettings.DEFAULT)) {
            RowPredictor predictor = RowPredictor.of(network, TASK);
            float[] infinite = ROWS[0].clone();
            infinite[2] = Float.POSITIVE_INFINITY;

            assertThatThrownBy(() -> predictor.label(new float[2]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the network has 6 inputs, got 2");
            assertThatThrownBy(() -> predictor.logits(ROWS[0], new float[3]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("there are 2 classes, got room for 3");
            assertThatThrownBy(() -> predictor.label(infinite))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a feature must be finite, got Infinity");
        }
    }

    @Test
    void gatersAreRefused() {
        InputGates gater = new InputGates(ImmutableList.of(3), 1, 0.5, new GaterTarget.Budget(), 5);
        GateSettings gates =
                GateSettings.DEFAULT.withEstimator(StraightThrough.DERIVATIVE).withGater(gater);
        try (GatedNetwork network = learned(SmallTasks.dense(List.of(8), false), gates)) {
            assertThatThrownBy(() -> RowPredictor.of(network, TASK))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("gaters choose among the units of task task 0 by the row: ask the network");
        }
    }
}
