package sluice.gating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class GateLayoutTest {
    @Test
    void miniBatchNeedsOneRowAndGatesPerExampleOneEach() {
        assertThat(layout(Granularity.MINI_BATCH, 5, 32).maxRows()).isEqualTo(1);
        assertThat(layout(Granularity.PER_EXAMPLE, 5, 32).maxRows()).isEqualTo(32);
    }

    @Test
    void layerWithoutUnitsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> layout(Granularity.MINI_BATCH, 0, 32))
                .withMessage("units must be at least 1, got 0");
    }

    @Test
    void emptyMiniBatchIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> layout(Granularity.MINI_BATCH, 5, 0))
                .withMessage("batchSize must be at least 1, got 0");
    }

    @Test
    void runsOfChoicesMustFillTheUnits() {
        assertThat(layout(6, 3, GateLayout.Logits.SHARED).categorical()).isTrue();
        assertThat(layout(6, 1, GateLayout.Logits.SHARED).categorical()).isFalse();
        for (int choices : new int[] {0, -1, 4}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> layout(6, choices, GateLayout.Logits.SHARED))
                    .withMessage("choices must divide the 6 units, got " + choices);
        }
    }

    @Test
    void logitsPerExampleNeedRoomForEachAndGatesPerExample() {
        assertThat(layout(6, 1, GateLayout.Logits.PER_EXAMPLE).maxLogits()).isEqualTo(24);
        assertThat(layout(6, 1, GateLayout.Logits.SHARED).maxLogits()).isEqualTo(6);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GateLayout(
                        BinaryNeuron.STOCHASTIC_SIGMOID,
                        Granularity.MINI_BATCH,
                        6,
                        4,
                        1,
                        GateLayout.Logits.PER_EXAMPLE))
                .withMessage("logits per example need gates per example");
    }

    private static GateLayout layout(int units, int choices, GateLayout.Logits logits) {
        return new GateLayout(BinaryNeuron.STOCHASTIC_SIGMOID, Granularity.PER_EXAMPLE, units, 4, choices, logits);
    }

    private static GateLayout layout(Granularity granularity, int units, int batchSize) {
        return new GateLayout(BinaryNeuron.STOCHASTIC_SIGMOID, granularity, units, batchSize);
    }
}
