package sluice.gating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NormalTest {
    @Test
    void distributionIsAProbabilityOutToBothTails() {
        for (int i = -10_000; i <= 10_000; i++) {
            assertThat(Normal.distribution(i / 1000.0)).isBetween(0.0, 1.0);
        }
    }

    @Test
    void distributionHasThePublishedQuantiles() {
        assertThat(Normal.distribution(0)).isEqualTo(0.5);
        assertThat(Normal.distribution(1.959963984540054)).isCloseTo(0.975, within(1e-10));
        assertThat(Normal.distribution(-3.090232306167813)).isCloseTo(0.001, within(1e-10));
    }
}
