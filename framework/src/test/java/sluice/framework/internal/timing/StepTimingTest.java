package sluice.framework.internal.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import sluice.framework.account.MultiplyAdds;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.optimizer.Optimizer;

/** The account beside the times, which are the machine's affair. */
class StepTimingTest {
    private static final int WIDTH = 32;
    private static final int BATCH = 64;
    private static final int INPUTS = 784;
    private static final int CLASSES = 2;

    private static StepTiming afterTwoSteps(UnitShares shares) {
        try (Lanes lanes = Lanes.start(1);
                RandomTask task = new RandomTask(WIDTH, shares, Optimizer.sgd(0.05), lanes)) {
            task.step();
            task.step();
            return StepTiming.of(shares, 1, task);
        }
    }

    private static long forward(int open) {
        return (long) BATCH * (open * INPUTS + open * open + CLASSES * open);
    }

    private static long inputGradient(int open) {
        return (long) BATCH * (open * open + CLASSES * open);
    }

    @Test
    void withHalfOfTheUnitsOpenTheAccountIsTheHandCount() {
        StepTiming timing = afterTwoSteps(new UnitShares(0.5, 0));

        assertThat(timing.done()).isEqualTo(new MultiplyAdds(forward(16), inputGradient(16), forward(16)));
        assertThat(timing.dense()).isEqualTo(new MultiplyAdds(forward(32), inputGradient(32), forward(32)));
    }

    @Test
    void aDenseStepDoesAllTheWork() {
        StepTiming timing = afterTwoSteps(UnitShares.DENSE);

        assertThat(timing.workShare()).isEqualTo(1);
    }

    @Test
    void frozenWeightsGetNoGradient() {
        StepTiming timing = afterTwoSteps(new UnitShares(1, 0.5));

        long free = (long) BATCH * (16 * INPUTS + (32 * 32 - 16 * 16) + CLASSES * 32);
        assertThat(timing.done()).isEqualTo(new MultiplyAdds(forward(32), inputGradient(32), free));
    }

    @Test
    void withFrozenUnitsOnlyTheHeadAloneLearns() {
        StepTiming timing = afterTwoSteps(new UnitShares(1, 1));

        assertThat(timing.done()).isEqualTo(new MultiplyAdds(forward(32), 0, (long) BATCH * CLASSES * 32));
    }

    @Test
    void frozenUnitsAreAsCommonAmongOpenAsAmongClosedOnes() {
        UnitShares.Layer layer = new UnitShares(0.25, 0.5).spread(WIDTH, 3);

        assertThat(layer.open().size()).isEqualTo(8);
        assertThat(layer.used().size()).isEqualTo(16);
        assertThat(layer.open().union(layer.used()).size()).isEqualTo(20);
    }

    @Test
    void sharesOutsideOfTheirRangeAreRefused() {
        assertThatThrownBy(() -> new UnitShares(0, 0)).hasMessage("open must be in (0, 1], got 0.0");
        assertThatThrownBy(() -> new UnitShares(1, 1.5)).hasMessage("frozen must be in [0, 1], got 1.5");
    }
}
