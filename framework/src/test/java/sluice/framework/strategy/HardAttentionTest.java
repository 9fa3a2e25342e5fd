package sluice.framework.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.Sgd;
import sluice.tasks.Scenario;

class HardAttentionTest {
    private static final HardAttention SMALL = new HardAttention(0.1, 50, 0.2);

    @Test
    void sRisesWithinEveryPassFromItsInverseToItself() {
        HardAttention hat = new HardAttention(0.75, 400, 0.05);

        for (int pass = 0; pass < 3; pass++) {
            assertThat(hat.annealed(5L * pass, 15, 5)).isEqualTo(1 / 400.0);
            assertThat(hat.annealed(5L * pass + 2, 15, 5)).isCloseTo(200, within(0.01));
            assertThat(hat.annealed(5L * pass + 4, 15, 5)).isEqualTo(400);
        }
    }

    @Test
    void passesAreStretchedSoThatTrainingEndsAtTheLargestS() {
        HardAttention hat = new HardAttention(0.75, 400, 0.05);

        assertThat(hat.annealed(0, 17, 5)).isEqualTo(1 / 400.0);
        assertThat(hat.annealed(16, 17, 5)).isEqualTo(400);
        assertThat(hat.annealed(6, 17, 5)).isEqualTo(1 / 400.0);
        assertThat(hat.annealed(2, 3, 100)).isEqualTo(400);
        assertThat(hat.annealed(0, 1, 1)).isEqualTo(400);
    }

    @Test
    void everyTaskIsLearnedAndLittleForgotten() {
        try (SteppedTraining stepped = new SteppedTraining(SMALL, Optimizer.DEFAULT, 1)) {
            for (int task = 0; task < SteppedTraining.TASKS; task++) {
                stepped.learn(task);
            }

            for (int task = 0; task < SteppedTraining.TASKS; task++) {
                assertThat(stepped.accuracy(task)).isGreaterThan(0.9);
            }
        }
    }

    @Test
    void theRegulariserMakesTasksPaySparingAttention() {
        assertThat(unitsInUse(new HardAttention(20, 50, 0.05)))
                .isLessThan(unitsInUse(new HardAttention(0, 50, 0.05)) / 2);
    }

    private static long unitsInUse(HardAttention hat) {
        try (SteppedTraining stepped = new SteppedTraining(hat, Optimizer.DEFAULT, 1)) {
            stepped.learn(0);
            stepped.ask(0);
            float[] units = stepped.training.network().hidden(0);
            long used = 0;
            for (int i = 0; i < SteppedTraining.TESTS * SteppedTraining.HIDDEN.get(0); i++) {
                used += units[i] > 1e-3 ? 1 : 0;
            }
            return used;
        }
    }

    @Test
    void theOptimiserOfOtherStrategiesHasNoPart() {
        try (SteppedTraining one = new SteppedTraining(SMALL, new Sgd(1, 0.9, 0.5), 4);
                SteppedTraining two = new SteppedTraining(SMALL, Optimizer.DEFAULT, 4)) {
            one.learn(0);
            two.learn(0);

            assertThat(one.bits(0)).isEqualTo(two.bits(0));
        }
    }

    @Test
    void embeddingsAndCumulatedAttentionAreCounted() {
        try (SteppedTraining stepped = new SteppedTraining(SMALL, Optimizer.DEFAULT, 1)) {
            assertThat(stepped.learner.memoryBytes()).isEqualTo(35 * (3 * 8 + 4));
        }
    }

    @Test
    void onlyTheTaskIncrementalScenarioIsServed() {
        assertThat(SMALL.scenarios()).containsExactly(Scenario.TASK);
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new HardAttention(-1, 400, 0.05))
                .hasMessage("lambda must be at least 0 and finite, got -1.0");
        assertThatThrownBy(() -> new HardAttention(1, 0.5, 0.05))
                .hasMessage("sMax must be at least 1 and finite, got 0.5");
        assertThatThrownBy(() -> new HardAttention(1, 400, 0))
                .hasMessage("learningRate must be above 0 and finite, got 0.0");
    }
}
