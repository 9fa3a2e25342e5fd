package sluice.framework.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a task is trained follows its size. */
class FittingTest {
    @ParameterizedTest
    @CsvSource({"1,500", "5,500", "7,504", "99,594", "100,500", "101,505", "190,950", "938,4690"})
    void fewStepsOfAPassAreMorePasses(int perEpoch, int steps) {
        TrainingPlan plan = TrainingPlan.of(TrainingDuration.Fitting.DEFAULT, perEpoch);

        assertThat(plan.steps()).isEqualTo(steps);
        assertThat(plan.epochs()).isGreaterThanOrEqualTo(5);
        assertThat(plan.lastSteps()).isEqualTo(perEpoch);
    }

    @Test
    void thereIsAtLeastOneOfEach() {
        assertThatThrownBy(() -> new TrainingDuration.Fitting(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TrainingDuration.Fitting(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
