package sluice.framework.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.plain.ParameterBlock;
import sluice.tasks.Scenario;

class PackNetTest {
    private static final Optimizer ADAM = Optimizer.adam(0.01);

    @Test
    void everyTaskKeepsItsShareOfWhatIsFree() {
        try (SteppedTraining stepped = new SteppedTraining(new PackNet(0.75, 0.3), ADAM, 1)) {
            stepped.learn(0);
            assertThat(stepped.inUse(0)).hasSize(30);
            assertThat(stepped.inUse(1)).hasSize(75);

            stepped.learn(1);
            assertThat(stepped.inUse(0)).hasSize(30 + 22);
            assertThat(stepped.inUse(1)).hasSize(75 + 56);
        }
    }

    @Test
    void theLargestMagnitudesAreKept() {
        try (SteppedTraining stepped = new SteppedTraining(new PackNet(0.6, 0), ADAM, 1)) {
            LearnedTask task = stepped.train(0);
            float[] trained = stepped.parameters();

            stepped.learner.end(task);

            for (int layer = 0; layer < 2; layer++) {
                ParameterBlock block = stepped.training.network().blocks().get(layer);
                int[] kept = IntStream.range(block.start(), block.biases())
                        .boxed()
                        .sorted((i, j) -> Float.compare(Math.abs(trained[j]), Math.abs(trained[i])))
                        .limit(Math.round(0.4 * block.inputs() * block.units()))
                        .mapToInt(i -> i)
                        .sorted()
                        .toArray();
                assertThat(stepped.inUse(layer)).containsExactly(kept);
            }
        }
    }

    @Test
    void whatIsKeptIsTrainedAgainAfterThePruning() {
        try (SteppedTraining once = new SteppedTraining(new PackNet(0.9, 0), ADAM, 1);
                SteppedTraining twice = new SteppedTraining(new PackNet(0.9, 0.5), ADAM, 1)) {
            once.learn(0);
            twice.learn(0);

            assertThat(twice.inUse(0)).hasSameSizeAs(once.inUse(0));
            assertThat(loss(twice)).isLessThan(loss(once));
        }
    }

    /** Of the first task, of its test examples. */
    private static double loss(SteppedTraining stepped) {
        float[] scores = stepped.ask(0);
        double loss = 0;
        for (int row = 0; row < SteppedTraining.TESTS; row++) {
            int at = row * stepped.training.outputs().count();
            double margin = (row % 2 == 0 ? 1 : -1) * (scores[at] - scores[at + 1]);
            loss += Math.log1p(Math.exp(-margin));
        }
        return loss / SteppedTraining.TESTS;
    }

    @Test
    void hiddenBiasesAreTheFirstTasksAlone() {
        try (SteppedTraining stepped = new SteppedTraining(new PackNet(0.75, 0.3), ADAM, 1)) {
            ParameterBlock block = stepped.training.network().blocks().get(1);
            float[] drawn = Arrays.copyOfRange(stepped.parameters(), block.biases(), block.end());
            stepped.learn(0);
            float[] first = Arrays.copyOfRange(stepped.parameters(), block.biases(), block.end());
            stepped.learn(1);

            assertThat(first).isNotEqualTo(drawn);
            assertThat(Arrays.copyOfRange(stepped.parameters(), block.biases(), block.end()))
                    .containsExactly(first);
        }
    }

    @Test
    void askingForAnEarlierTaskLeavesTheNetworkAsItWas() {
        try (SteppedTraining stepped = new SteppedTraining(new PackNet(0.75, 0.3), ADAM, 1)) {
            stepped.learn(0);
            stepped.learn(1);
            float[] before = stepped.parameters();

            stepped.ask(0);

            assertThat(stepped.parameters()).containsExactly(before);
        }
    }

    @Test
    void everyTaskIsLearnedAndStaysSo() {
        try (SteppedTraining stepped = new SteppedTraining(new PackNet(0.6, 0.3), ADAM, 1)) {
            for (int task = 0; task < SteppedTraining.TASKS; task++) {
                stepped.learn(task);
            }

            for (int task = 0; task < SteppedTraining.TASKS; task++) {
                assertThat(stepped.accuracy(task)).isGreaterThan(0.9);
            }
        }
    }

    @Test
    void aLayerThatKeepsNothingIsNoTrouble() {
        try (SteppedTraining stepped = new SteppedTraining(new PackNet(0.9999, 0.3), ADAM, 1)) {
            stepped.learn(0);

            assertThat(stepped.inUse(0)).isEmpty();
        }
    }

    @Test
    void aSeedGivesTheSameBits() {
        try (SteppedTraining one = new SteppedTraining(new PackNet(0.5, 0.5), ADAM, 4);
                SteppedTraining two = new SteppedTraining(new PackNet(0.5, 0.5), ADAM, 4)) {
            one.learn(0);
            two.learn(0);

            assertThat(one.bits(0)).isEqualTo(two.bits(0));
        }
    }

    @Test
    void theUsualShareLeavesRoomForEveryTask() {
        assertThat(PackNet.defaultPruned(1)).isEqualTo(0.5);
        assertThat(PackNet.defaultPruned(5)).isCloseTo(0.8, within(1e-12));
        assertThat(PackNet.defaultPruned(10)).isCloseTo(0.9, within(1e-12));
        assertThatThrownBy(() -> PackNet.defaultPruned(0)).hasMessage("tasks must be at least 1, got 0");
    }

    @Test
    void whoKeepsWhatIsCounted() {
        try (SteppedTraining stepped = new SteppedTraining(new PackNet(0.5, 0.5), ADAM, 1)) {
            assertThat(stepped.learner.memoryBytes()).isEqualTo(2L * stepped.parameters().length);
        }
    }

    @Test
    void onlyTheTaskIncrementalScenarioIsServed() {
        assertThat(new PackNet(0.5, 0.5).scenarios()).containsExactly(Scenario.TASK);
    }

    @Test
    void sharesOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new PackNet(0, 0.5)).hasMessage("pruned must be in (0, 1), got 0.0");
        assertThatThrownBy(() -> new PackNet(1, 0.5)).hasMessage("pruned must be in (0, 1), got 1.0");
        assertThatThrownBy(() -> new PackNet(0.5, 1)).hasMessage("retraining must be in [0, 1), got 1.0");
    }
}
