package sluice.framework.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import sluice.framework.plain.Batch;
import sluice.framework.plain.PlainNetwork;
import sluice.tasks.Scenario;

class AGemTest {
    @Test
    void aStepIsNeverUphillForTheMemory() {
        try (Clouds clouds = new Clouds(Scenario.DOMAIN, 2)) {
            PlainNetwork network = clouds.training.network();
            // the memory holds the whole first task, and a sample of as many is all of it
            TaskLearner learner = new AGem(Clouds.TRAINED).begin(clouds.training);
            clouds.learn(learner, 0, 30);
            Batch first = clouds.batch(0, Clouds.TRAINED);
            Batch second = clouds.batch(1, Clouds.TRAINED);
            int projected = 0;

            for (int step = 0; step < 20; step++) {
                clouds.training.loss(first);
                float[] reference = network.gradient().clone();
                clouds.training.loss(second);
                projected += AGem.dot(network.gradient(), reference) < 0 ? 1 : 0;

                learner.step(second);

                assertThat(AGem.dot(network.gradient(), reference)).isGreaterThan(-1e-6);
            }
            assertThat(projected).isPositive();
        }
    }

    @Test
    void roomForNothingIsRefused() {
        assertThatThrownBy(() -> new AGem(0)).hasMessage("memory must be at least 1, got 0");
    }
}
