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

    @ParameterizedTest
    @MethodSource("optimizers")
    void fewerEntriesGoOnWithTheirMomentsAndOthersKeepEveryBit(Optimizer rule) {
        float[] all = {1, -2, 0, 4};
        float[] wide = all.clone();
        EntryOptimizer narrowed = new EntryOptimizer(rule, Double.POSITIVE_INFINITY, new int[] {0, 1, 3});
        EntryOptimizer same = new EntryOptimizer(rule, Double.POSITIVE_INFINITY, new int[] {0, 1, 3});
        narrowed.step(all, new float[] {1, 2, 3, -1}, 1);
        same.step(wide, new float[] {1, 2, 3, -1}, 1);
        float kept = all[1];

        narrowed = narrowed.narrowed(new int[] {0, 3});
        for (int step = 0; step < 3; step++) {
            narrowed.step(all, new float[] {step, 5, 1, 2}, 1);
            same.step(wide, new float[] {step, 5, 1, 2}, 1);
        }

        assertThat(all).containsExactly(wide[0], kept, 0, wide[3]);
    }

    @Test
    void whatIsNoEntryCannotBeNarrowedTo() {
        assertThatThrownBy(() -> new EntryOptimizer(Optimizer.DEFAULT, 1, new int[] {1, 3}).narrowed(new int[] {2}))
                .hasMessage("2 is none of the entries");
    }

    @Test
    void entriesThatDoNotAscendAreRefused() {
        assertThatThrownBy(() -> new EntryOptimizer(Optimizer.DEFAULT, 1, new int[] {1, 3, 3}))
                .hasMessage("entries must ascend, got 3 after 3");
    }
}
