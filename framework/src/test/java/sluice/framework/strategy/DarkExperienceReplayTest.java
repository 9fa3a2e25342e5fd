package sluice.framework.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.framework.plain.Batch;
import sluice.tasks.OutputRange;
import sluice.tasks.Scenario;

class DarkExperienceReplayTest {
    @ParameterizedTest
    @EnumSource(Scenario.class)
    void theGradientIsThatOfLabelsRememberedLogitsAndRememberedLabels(Scenario scenario) {
        try (Clouds clouds = new Clouds(scenario, 2)) {
            int outputs = clouds.training.outputs().count();
            TaskLearner learner = new DarkExperienceReplay(8, 0.3, 0.7).begin(clouds.training);
            Batch first = clouds.batch(0, 8);
            double[] remembered = LogitGradients.copy(clouds.training.forward(first), 8 * outputs);
            learner.step(first);
            Batch batch = clouds.batch(1, 8);
            Parameters before = new Parameters(clouds.training.network());

            learner.step(batch);

            float[] gradient = clouds.training.logitGradient().clone();
            before.restore();
            assertThat(batch.size()).isEqualTo(24);
            double[] logits = LogitGradients.copy(clouds.training.forward(batch), 24 * outputs);
            int known = clouds.training.outputs().learning(0).to();
            LogitGradients.check(gradient, logits, said -> {
                double loss = 0;
                for (int row = 0; row < 24; row++) {
                    double[] own = Arrays.copyOfRange(said, row * outputs, (row + 1) * outputs);
                    if (row < 8 || row >= 16) {
                        OutputRange range = clouds.training.competing(batch.task(row));
                        double weight = row < 8 ? 1 : 0.7;
                        loss += weight
                                / 8
                                * LogitGradients.minusLog(own, range.from(), range.to(), batch.target(row), 1);
                    } else {
                        int place = sameExample(batch, row, first);
                        for (int o = 0; o < known; o++) {
                            loss += 0.3 / 8 / known * Math.pow(own[o] - remembered[place * outputs + o], 2);
                        }
                    }
                }
                return loss;
            });
        }
    }

    private static int sameExample(Batch batch, int row, Batch among) {
        int found = 0;
        while (!Arrays.equals(
                batch.inputs(),
                row * Clouds.FEATURES,
                (row + 1) * Clouds.FEATURES,
                among.inputs(),
                found * Clouds.FEATURES,
                (found + 1) * Clouds.FEATURES)) {
            found++;
        }
        return found;
    }

    @Test
    void logitsCountAsMemory() {
        try (Clouds clouds = new Clouds(Scenario.TASK, 2)) {
            TaskLearner learner = new DarkExperienceReplay(10, 0.5, 0.5).begin(clouds.training);

            assertThat(learner.memoryBytes()).isEqualTo(10 * (4 * (Clouds.FEATURES + 4) + 8));
        }
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new DarkExperienceReplay(0, 1, 1)).hasMessage("memory must be at least 1, got 0");
        assertThatThrownBy(() -> new DarkExperienceReplay(1, -1, 1))
                .hasMessage("alpha must be at least 0 and finite, got -1.0");
        assertThatThrownBy(() -> new DarkExperienceReplay(1, 1, Double.NaN))
                .hasMessage("beta must be at least 0 and finite, got NaN");
    }
}
