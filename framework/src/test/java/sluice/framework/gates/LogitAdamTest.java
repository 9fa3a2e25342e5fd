package sluice.framework.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import sluice.framework.optimizer.Adam;
import sluice.framework.optimizer.ParameterUpdate;

class LogitAdamTest {
    @Test
    void itIsTheOptimiserAdamInDoublePrecision() {
        LogitAdam adam = new LogitAdam(0.05, 2);
        ParameterUpdate update = Adam.of(0.05, 0).begin();
        float[][] moments = new float[update.moments()][1];
        float[] w = {1.5f};
        double logit = 1.5;

        for (int step = 1; step <= 5; step++) {
            float gradient = 3f / step - 1;
            adam.beginStep(step);
            logit = adam.moved(1, logit, gradient);
            update.beginStep(step, 1);
            update.move(w, moments, new float[] {gradient}, 0, 1);
        }

        assertThat(logit).isCloseTo(w[0], within(1e-6));
        assertThat(adam.moved(0, 2, 0)).isEqualTo(2);
    }
}
