package sluice.framework.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import sluice.framework.optimizer.EveryOptimizer;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.plain.ParameterBlock;
import sluice.tasks.Scenario;

class WeightGatesTest {
    private static final Optimizer ADAM = Optimizer.adam(0.01);

    private static WeightGates gates(double kept) {
        return new WeightGates(kept, 0.6, false);
    }

    @Provide
    Arbitrary<Optimizer> optimizers() {
        return Arbitraries.of(0.0, 0.01).flatMap(decay -> Arbitraries.of(EveryOptimizer.with(decay)));
    }

    @Property(tries = 40, edgeCases = EdgeCasesMode.NONE)
    void whatATaskKeepsAndSaysNeverChangesByOneBit(
            @ForAll long seed,
            @ForAll("optimizers") Optimizer optimizer,
            @ForAll @DoubleRange(min = 0.01, max = 1) double kept,
            @ForAll @DoubleRange(min = 0.1, max = 0.9) double closing,
            @ForAll boolean reuse) {
        try (SteppedTraining stepped = new SteppedTraining(new WeightGates(kept, closing, reuse), optimizer, seed)) {
            List<List<Integer>> said = new ArrayList<>();
            List<float[]> shown = new ArrayList<>();

            for (int task = 0; task < SteppedTraining.TASKS; task++) {
                stepped.learn(task);
                said.add(stepped.bits(task));
                shown.add(stepped.parameters());
            }

            float[] all = answered(stepped);
            for (int task = 0; task < SteppedTraining.TASKS; task++) {
                assertThat(stepped.bits(task)).isEqualTo(said.get(task));
                float[] then = shown.get(task);
                for (int i = 0; i < then.length; i++) {
                    assertThat(then[i] == 0 || isOutput(stepped, i) || then[i] == all[i])
                            .isTrue();
                }
            }
        }
    }

    private static boolean isOutput(SteppedTraining stepped, int parameter) {
        return parameter >= stepped.training.network().outputBlock().start();
    }

    /** All that is kept. */
    private static float[] answered(SteppedTraining stepped) {
        float[] before = stepped.parameters();
        stepped.learner.answering();
        float[] kept = stepped.parameters();
        stepped.training.network().write(own -> System.arraycopy(before, 0, own, 0, own.length));
        return kept;
    }

    @Test
    void everyTaskKeepsItsShareAndNoHiddenBiases() {
        try (SteppedTraining stepped = new SteppedTraining(gates(0.25), ADAM, 1)) {
            stepped.learn(0);
            assertThat(stepped.inUse(0)).hasSize(30);
            assertThat(stepped.inUse(1)).hasSize(75);

            stepped.learn(1);
            assertThat(stepped.inUse(0)).hasSize(30);
            assertThat(stepped.inUse(1)).hasSize(75);
            for (ParameterBlock block : stepped.training.network().hiddenBlocks()) {
                assertThat(Arrays.copyOfRange(stepped.parameters(), block.biases(), block.end()))
                        .containsOnly(0);
            }
        }
    }

    @Test
    void noTwoTasksKeepTheSameWeightAndReuseUsesThoseOfBoth() {
        try (SteppedTraining alone = new SteppedTraining(gates(0.25), ADAM, 1);
                SteppedTraining reusing = new SteppedTraining(new WeightGates(0.25, 0.6, true), ADAM, 1)) {
            alone.learn(0);
            int[] first = alone.inUse(1);
            alone.learn(1);
            reusing.learn(0);
            int[] reused = reusing.inUse(1);
            reusing.learn(1);

            assertThat(Arrays.stream(alone.inUse(1)).boxed())
                    .doesNotContainAnyElementsOf(Arrays.stream(first).boxed().toList());
            assertThat(reusing.inUse(1)).hasSize(150).contains(reused);
        }
    }

    @Test
    void theLastTaskMayFindLessThanItsShareAndLearnsOutputsAtLeast() {
        try (SteppedTraining stepped = new SteppedTraining(gates(0.6), ADAM, 1)) {
            stepped.learn(0);
            stepped.learn(1);
            assertThat(stepped.inUse(0)).hasSize(120 - 72);

            stepped.learn(2);
            assertThat(stepped.inUse(0)).isEmpty();
        }
    }

    @Test
    void gatesCloseLittleByLittle() {
        WeightGates gates = gates(0.1);

        assertThat(gates.open(0, 1000)).isEqualTo(1);
        assertThat(gates.open(100, 1000)).isEqualTo(1);
        assertThat(gates.open(350, 1000)).isCloseTo(0.125, within(1e-12));
        assertThat(gates.open(600, 1000)).isZero();
        assertThat(gates.open(999, 1000)).isZero();
        try (SteppedTraining stepped = new SteppedTraining(gates, ADAM, 1)) {
            stepped.step(0);
            assertThat(stepped.inUse(0)).hasSize(120);
            LearnedTask task = stepped.train(0);
            assertThat(stepped.inUse(0)).hasSize(12);
            int[] before = stepped.inUse(0);
            stepped.learner.end(task);
            assertThat(stepped.inUse(0)).containsExactly(before);
        }
    }

    @Test
    void everyTaskIsLearnedAndStaysSo() {
        try (SteppedTraining stepped = new SteppedTraining(gates(0.3), ADAM, 1)) {
            for (int task = 0; task < SteppedTraining.TASKS; task++) {
                stepped.learn(task);
            }

            for (int task = 0; task < SteppedTraining.TASKS; task++) {
                assertThat(stepped.accuracy(task)).isGreaterThan(0.9);
            }
        }
    }

    @Test
    void askingForATaskLeavesTheNetworkAsItWas() {
        try (SteppedTraining stepped = new SteppedTraining(gates(0.3), ADAM, 1)) {
            stepped.learn(0);
            stepped.step(1);
            float[] before = stepped.parameters();

            stepped.ask(0);
            stepped.ask(1);

            assertThat(stepped.parameters()).containsExactly(before);
        }
    }

    @Test
    void aSeedGivesTheSameBits() {
        try (SteppedTraining one = new SteppedTraining(gates(0.5), ADAM, 4);
                SteppedTraining two = new SteppedTraining(gates(0.5), ADAM, 4)) {
            one.learn(0);
            two.learn(0);

            assertThat(one.bits(0)).isEqualTo(two.bits(0));
        }
    }

    @Test
    void whatTasksTakeIsCounted() {
        try (SteppedTraining stepped = new SteppedTraining(gates(0.25), ADAM, 1)) {
            stepped.learn(0);
            stepped.learn(1);
            int parameters = stepped.parameters().length;

            // 30 and 75 hidden weights a task, 32 of outputs; a bit for each of 420 hidden weights
            assertThat(stepped.learner.capacity(2))
                    .hasValue(new WeightCapacity(parameters, 2 * (30 + 75 + 32), 2 * 420));
            assertThat(stepped.learner.memoryBytes()).isEqualTo(24L * ((parameters + 63) / 64));
        }
    }

    @Test
    void packNetTakesFewerBitsAndSupermasksShareWeights() {
        try (SteppedTraining pack = new SteppedTraining(new PackNet(0.75, 0.3), ADAM, 1);
                SteppedTraining superposed = new SteppedTraining(new Supermasks(0.5), ADAM, 1)) {
            for (int task = 0; task < 2; task++) {
                pack.learn(task);
                superposed.learn(task);
            }
            int parameters = pack.parameters().length;

            // of hidden weights a quarter, and of what is left; biases, and outputs of two tasks
            assertThat(pack.learner.capacity(2))
                    .hasValue(new WeightCapacity(parameters, 30 + 22 + 75 + 56 + 35 + 2 * 32, 2 * 420));
            assertThat(superposed.learner.capacity(1).orElseThrow().used()).isEqualTo(60 + 150 + 15);
            assertThat(superposed.learner.capacity(2).orElseThrow().used()).isBetween(226L, 449L);
        }
    }

    @Test
    void capacitiesOutOfRangeAreRefused() {
        assertThat(new WeightCapacity(100, 50, 640).share()).isCloseTo(0.7, within(1e-12));
        assertThatThrownBy(() -> new WeightCapacity(0, 0, 0)).hasMessage("parameters must be at least 1, got 0");
        assertThatThrownBy(() -> new WeightCapacity(5, 6, 0)).hasMessage("used must be in [0, 5], got 6");
        assertThatThrownBy(() -> new WeightCapacity(5, 5, -1)).hasMessage("maskBits must be at least 0, got -1");
    }

    @Test
    void theUsualShareLeavesRoomForEveryTask() {
        assertThat(WeightGates.defaultKept(10)).isCloseTo(0.04, within(1e-12));
        assertThatThrownBy(() -> WeightGates.defaultKept(0)).hasMessage("tasks must be at least 1, got 0");
    }

    @Test
    void onlyTheTaskIncrementalScenarioIsServed() {
        assertThat(gates(0.5).scenarios()).containsExactly(Scenario.TASK);
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> gates(0)).hasMessage("kept must be in (0, 1], got 0.0");
        assertThatThrownBy(() -> gates(1.5)).hasMessage("kept must be in (0, 1], got 1.5");
        assertThatThrownBy(() -> new WeightGates(0.5, 1, false)).hasMessage("closing must be in [0.1, 1), got 1.0");
        assertThatThrownBy(() -> Strategies.BY_NAME
                        .get("weight-gates")
                        .with(Map.of("reuse", 2.0), new Strategies.Conditions(Scenario.TASK, 2)))
                .hasMessage("reuse must be 0 or 1, got 2.0");
    }
}
