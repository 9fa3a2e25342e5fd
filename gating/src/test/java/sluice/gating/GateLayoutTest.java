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

    private static GateLayout layout(Granularity granularity, int units, int batchSize) {
        return new GateLayout(BinaryNeuron.STOCHASTIC_SIGMOID, granularity, units, batchSize);
    }
}
