package sluice.framework.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.framework.plain.Batch;
import sluice.framework.strategy.ExperienceReplay.Kind;
import sluice.tasks.OutputRange;
import sluice.tasks.Scenario;

class ExperienceReplayTest {
    @ParameterizedTest
    @EnumSource(Scenario.class)
    void replayedExamplesWeighAsMuchAsEarlierTasksAmongAll(Scenario scenario) {
        try (Clouds clouds = new Clouds(scenario, 3)) {
            TaskLearner learner = new ExperienceReplay(20, Kind.BALANCED).begin(clouds.training);
            clouds.learn(learner, 0, 5);
            clouds.learn(learner, 1, 5);
            Batch batch = clouds.batch(2, 8);
            int outputs = clouds.training.outputs().count();
            Parameters before = new Parameters(clouds.training.network());

            learner.step(batch);

            float[] gradient = clouds.training.logitGradient().clone();
            before.restore();
            assertThat(batch.size()).isEqualTo(16);
            double[] logits = LogitGradients.copy(clouds.training.forward(batch), 16 * outputs);
            LogitGradients.check(gradient, logits, said -> {
                double loss = 0;
                for (int row = 0; row < 16; row++) {
                    OutputRange range = clouds.training.competing(batch.task(row));
                    double[] own = Arrays.copyOfRange(said, row * outputs, (row + 1) * outputs);
                    double weight = row < 8 ? 1.0 / 3 / 8 : 2.0 / 3 / 8;
                    loss += weight * LogitGradients.minusLog(own, range.from(), range.to(), batch.target(row), 1);
                }
                return loss;
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aTaskIsReplayedOnlyAfterItHasEnded(Kind kind) {
        try (Clouds clouds = new Clouds(Scenario.CLASS, 2)) {
            TaskLearner learner = new ExperienceReplay(20, kind).begin(clouds.training);
            Batch first = clouds.batch(0, 8);
            learner.step(first);
            clouds.learn(learner, 0, 1);
            Batch second = clouds.batch(1, 8);

            learner.step(second);

            assertThat(first.size()).isEqualTo(8);
            assertThat(second.size()).isEqualTo(16);
            for (int row = 8; row < 16; row++) {
                assertThat(second.task(row)).isZero();
            }
        }
    }
}
