package sluice.framework.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import sluice.framework.internal.state.Snapshot;
import sluice.framework.optimizer.EveryOptimizer;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.plain.Batch;
import sluice.framework.plain.ParameterBlock;
import sluice.framework.plain.PlainNetwork;
import sluice.tasks.Scenario;

class WinningSubnetworksTest {
    private static final Optimizer ADAM = Optimizer.adam(0.01);

    private static WinningSubnetworks share(double share) {
        return new WinningSubnetworks(share, 1);
    }

    @Provide
    Arbitrary<Optimizer> optimizers() {
        return Arbitraries.of(0.0, 0.01).flatMap(decay -> Arbitraries.of(EveryOptimizer.with(decay)));
    }

    @Property(tries = 40, edgeCases = EdgeCasesMode.NONE)
    void whatATaskUsesAndSaysNeverChangesByOneBit(
            @ForAll long seed,
            @ForAll("optimizers") Optimizer optimizer,
            @ForAll @DoubleRange(min = 0.05, max = 1) double share) {
        try (SteppedTraining stepped = new SteppedTraining(share(share), optimizer, seed)) {
            List<List<Integer>> said = new ArrayList<>();
            List<float[]> shown = new ArrayList<>();

            for (int task = 0; task < SteppedTraining.TASKS; task++) {
                stepped.learn(task);
                said.add(stepped.bits(task));
                shown.add(stepped.parameters());
            }

            for (int task = 0; task < SteppedTraining.TASKS; task++) {
                assertThat(stepped.bits(task)).isEqualTo(said.get(task));
                assertThat(stepped.parameters()).containsExactly(shown.get(task));
            }
        }
    }

    @Test
    void aTaskUsesItsShareOfHiddenWeightsAndAllOfItsOutputs() {
        try (SteppedTraining stepped = new SteppedTraining(share(0.3), ADAM, 1)) {
            stepped.learn(1);
            stepped.ask(1);

            assertThat(stepped.inUse(0)).hasSize(36);
            assertThat(stepped.inUse(1)).hasSize(90);
            assertThat(stepped.inUse(2)).hasSize(30);
            assertThat(stepped.training.outputParameters(1)).contains(stepped.inUse(2));
            for (ParameterBlock block : stepped.training.network().hiddenBlocks()) {
                assertThat(Arrays.copyOfRange(stepped.parameters(), block.biases(), block.end()))
                        .containsOnly(0);
            }
        }
    }

    @Test
    void weightsOfAnEarlierTaskAreUsedAgainAsTheyAreAndOthersAreLearned() {
        try (SteppedTraining stepped = new SteppedTraining(share(0.5), ADAM, 1)) {
            float[] drawn = stepped.parameters();
            stepped.learn(0);
            stepped.ask(0);
            float[] first = stepped.parameters();
            int[] used = stepped.inUse(1);
            stepped.learn(1);
            stepped.ask(1);
            float[] second = stepped.parameters();
            int[] shared =
                    IntStream.of(stepped.inUse(1)).filter(i -> first[i] != 0).toArray();
            int[] own =
                    IntStream.of(stepped.inUse(1)).filter(i -> first[i] == 0).toArray();

            assertThat(IntStream.of(used).filter(i -> first[i] != drawn[i]).count())
                    .isGreaterThan(100);
            assertThat(shared).hasSizeBetween(40, 110);
            for (int i : shared) {
                assertThat(second[i]).isEqualTo(first[i]);
            }
            assertThat(IntStream.of(own).filter(i -> second[i] != drawn[i]).count())
                    .isGreaterThan(40);
        }
    }

    @Test
    void everyTaskIsLearned() {
        try (SteppedTraining stepped = new SteppedTraining(share(0.3), ADAM, 1)) {
            for (int task = 0; task < SteppedTraining.TASKS; task++) {
                stepped.learn(task);
            }

            for (int task = 0; task < SteppedTraining.TASKS; task++) {
                assertThat(stepped.accuracy(task)).isGreaterThan(0.9);
            }
        }
    }

    /** A step of gradient descent moves a score by the slope of the loss where the weight counts a little more or less. */
    @Test
    void scoresMoveByTheSlopeOfTheLossAlongTheirWeights() {
        double rate = 0.5;
        double scoreRate = 3;
        try (SteppedTraining stepped =
                new SteppedTraining(new WinningSubnetworks(0.5, scoreRate), Optimizer.sgd(rate), 1)) {
            float[] weights = stepped.parameters();
            float[] drawn = new float[weights.length];
            PlainNetwork network = stepped.training.network();
            WeightScores same = new WeightScores(stepped.training, 0.5, false);
            same.draw(0);
            System.arraycopy(same.values(), 0, drawn, 0, drawn.length);

            Batch batch = stepped.step(0);

            float[] moved = new float[weights.length];
            Snapshot kept = Snapshot.of(stepped.learner::state);
            kept.restore(state -> state.floats("scores", moved, network.form()));
            float[] inUse = network.parameters().clone();
            int closed = 0;
            int checked = 0;
            for (int i = 0; i < network.outputBlock().start(); i++) {
                double[] slopes = slopes(stepped, batch, inUse, i, weights[i]);
                double slope = (slopes[0] + slopes[1]) / 2;
                // a unit that computes exactly 0, as all of its open inputs are 0, is where the rectifier has no slope
                if (Math.abs(slopes[0] - slopes[1]) > 1e-4 + 0.02 * Math.abs(slope)) {
                    continue;
                }
                checked++;
                double step = Math.signum(drawn[i]) * (moved[i] - drawn[i]) / (-rate * scoreRate);
                boolean weight = isWeight(network, i);
                assertThat(step).isCloseTo(weight ? slope : 0, within(0.01 * Math.abs(slope) + 1e-4));
                closed += weight && inUse[i] == 0 && Math.abs(slope) > 4e-4 ? 1 : 0;
            }
            assertThat(checked).isGreaterThan(380);
            assertThat(closed).isGreaterThan(20);
        }
    }

    private static boolean isWeight(PlainNetwork network, int parameter) {
        return network.blocks().stream().anyMatch(block -> parameter >= block.start() && parameter < block.biases());
    }

    /** Of the loss, where so much of the weight is taken from what is in use, and added to it. */
    private static double[] slopes(SteppedTraining stepped, Batch batch, float[] inUse, int i, float weight) {
        float little = 0.005f;
        double[] losses = new double[3];
        for (int side = 0; side < 3; side++) {
            float change = (side - 1) * little * weight;
            stepped.training.network().write(own -> {
                System.arraycopy(inUse, 0, own, 0, own.length);
                own[i] += change;
            });
            losses[side] = stepped.training.loss(batch, new float[inUse.length]);
        }
        return new double[] {(losses[1] - losses[0]) / little, (losses[2] - losses[1]) / little};
    }

    @Test
    void aSeedGivesTheSameBits() {
        try (SteppedTraining one = new SteppedTraining(share(0.5), ADAM, 4);
                SteppedTraining two = new SteppedTraining(share(0.5), ADAM, 4)) {
            one.learn(0);
            two.learn(0);

            assertThat(one.bits(0)).isEqualTo(two.bits(0));
        }
    }

    @Test
    void whatTasksTakeIsCounted() {
        try (SteppedTraining stepped = new SteppedTraining(share(0.3), ADAM, 1)) {
            stepped.learn(0);
            stepped.learn(1);
            int parameters = stepped.parameters().length;

            assertThat(stepped.learner.capacity(1)).hasValue(new WeightCapacity(parameters, 36 + 90 + 32, 420));
            assertThat(stepped.learner.capacity(2).orElseThrow().used()).isBetween(126 + 64L + 1, 2 * 158L - 1);
            assertThat(stepped.learner.memoryBytes()).isEqualTo(24L * ((parameters + 63) / 64));
        }
    }

    @Test
    void onlyTheTaskIncrementalScenarioIsServed() {
        assertThat(share(0.5).scenarios()).containsExactly(Scenario.TASK);
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> share(0)).hasMessage("share must be in (0, 1], got 0.0");
        assertThatThrownBy(() -> share(1.1)).hasMessage("share must be in (0, 1], got 1.1");
        assertThatThrownBy(() -> new WinningSubnetworks(0.5, 0))
                .hasMessage("scoreRate must be above 0 and finite, got 0.0");
    }
}
