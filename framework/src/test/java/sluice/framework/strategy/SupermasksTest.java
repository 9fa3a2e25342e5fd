package sluice.framework.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.plain.Batch;
import sluice.framework.plain.ParameterBlock;
import sluice.tasks.Scenario;

class SupermasksTest {
    private static final Optimizer ADAM = Optimizer.adam(0.01);

    @Test
    void anEarlierTasksMaskAndAnswersNeverChange() {
        try (SteppedTraining stepped = new SteppedTraining(new Supermasks(0.5), ADAM, 1)) {
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
    void aMaskShowsItsShareOfFixedWeightsAndNoBiases() {
        try (SteppedTraining stepped = new SteppedTraining(new Supermasks(0.3), ADAM, 1)) {
            stepped.learn(0);
            stepped.ask(0);

            assertThat(stepped.inUse(0)).hasSize(36);
            assertThat(stepped.inUse(1)).hasSize(90);
            for (ParameterBlock block : stepped.training.network().blocks()) {
                float constant = (float) Math.sqrt(2.0 / block.inputs());
                for (int i = block.start(); i < block.biases(); i++) {
                    assertThat(stepped.parameters()[i]).isIn(constant, -constant, 0f);
                }
                assertThat(Arrays.copyOfRange(stepped.parameters(), block.biases(), block.end()))
                        .containsOnly(0);
            }
        }
    }

    @Test
    void whereTwoMasksMeetTheirWeightsAreTheSame() {
        try (SteppedTraining stepped = new SteppedTraining(new Supermasks(0.5), ADAM, 1)) {
            stepped.learn(0);
            stepped.ask(0);
            float[] first = stepped.parameters();
            stepped.learn(1);
            stepped.ask(1);
            float[] second = stepped.parameters();
            int[] shared =
                    IntStream.of(stepped.inUse(1)).filter(i -> first[i] != 0).toArray();

            assertThat(shared).hasSizeBetween(40, 110);
            for (int i : shared) {
                assertThat(second[i]).isEqualTo(first[i]);
            }
        }
    }

    @Test
    void aTaskUsesItsOwnOutputsAlone() {
        try (SteppedTraining stepped = new SteppedTraining(new Supermasks(0.4), ADAM, 1)) {
            stepped.learn(1);
            stepped.ask(1);

            assertThat(stepped.inUse(2)).hasSize(12);
            assertThat(stepped.training.outputParameters(1)).contains(stepped.inUse(2));
        }
    }

    @Test
    void choosingAmongRandomWeightsIsEnoughToLearn() {
        try (SteppedTraining stepped = new SteppedTraining(new Supermasks(0.5), ADAM, 1)) {
            for (int task = 0; task < SteppedTraining.TASKS; task++) {
                stepped.learn(task);

                assertThat(stepped.accuracy(task)).isGreaterThan(0.9);
            }
        }
    }

    @Test
    void theGradientReachesTheScoresOfWeightsInUseAndOutOfUseAlike() {
        try (SteppedTraining stepped = new SteppedTraining(new Supermasks(0.5), ADAM, 1)) {
            Batch batch = stepped.step(0);
            float[] atScores = stepped.training.network().gradient().clone();
            stepped.training.loss(batch);
            float[] atWeights = stepped.training.network().gradient();

            ParameterBlock block = stepped.training.network().blocks().get(1);
            double constant = Math.sqrt(2.0 / block.inputs());
            int outOfUse = 0;
            for (int i = block.start(); i < block.biases(); i++) {
                assertThat((double) Math.abs(atScores[i])).isCloseTo(constant * Math.abs(atWeights[i]), within(1e-6));
                outOfUse += stepped.parameters()[i] == 0 && atScores[i] != 0 ? 1 : 0;
            }
            assertThat(outOfUse).isGreaterThan(20);
        }
    }

    @Test
    void aSeedGivesTheSameBits() {
        try (SteppedTraining one = new SteppedTraining(new Supermasks(0.5), ADAM, 4);
                SteppedTraining two = new SteppedTraining(new Supermasks(0.5), ADAM, 4)) {
            one.learn(0);
            two.learn(0);

            assertThat(one.bits(0)).isEqualTo(two.bits(0));
        }
    }

    @Test
    void aMaskIsABitPerParameter() {
        try (SteppedTraining stepped = new SteppedTraining(new Supermasks(0.5), ADAM, 1)) {
            long bits = stepped.parameters().length;

            assertThat(stepped.learner.memoryBytes()).isEqualTo(3 * 8 * ((bits + 63) / 64));
        }
    }

    @Test
    void onlyTheTaskIncrementalScenarioIsServed() {
        assertThat(new Supermasks(0.5).scenarios()).containsExactly(Scenario.TASK);
    }

    @Test
    void sharesOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new Supermasks(0)).hasMessage("share must be in (0, 1], got 0.0");
        assertThatThrownBy(() -> new Supermasks(1.1)).hasMessage("share must be in (0, 1], got 1.1");
    }
}
