package sluice.framework.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.framework.optimizer.EveryOptimizer;
import sluice.framework.optimizer.Optimizer;

class EntryOptimizerTest {
    static Stream<Optimizer> optimizers() {
        return EveryOptimizer.with(0.3).stream();
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void entriesMoveAsInAFullStepAndOthersKeepEveryBit(Optimizer rule) {
        float[] all = {1, -2, 0, 4, -0f};
        float[] full = all.clone();
        EntryOptimizer some = new EntryOptimizer(rule, Double.POSITIVE_INFINITY, new int[] {0, 3});
        FlatOptimizer every = new FlatOptimizer(rule, 5);

        for (int step = 0; step < 4; step++) {
            float[] gradient = {0.5f, step, -1, 2 - step, 3};
            some.step(all, gradient, 1);
            every.step(full, gradient);
        }

        assertThat(all).containsExactly(full[0], -2, 0, full[3], -0f);
    }

    @Test
    void entriesThatDoNotAscendAreRefused() {
        assertThatThrownBy(() -> new EntryOptimizer(Optimizer.DEFAULT, 1, new int[] {1, 3, 3}))
                .hasMessage("entries must ascend, got 3 after 3");
    }
}
