package sluice.framework.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.framework.plain.Batch;
import sluice.tasks.OutputRange;
import sluice.tasks.Scenario;

class LwfTest {
    @ParameterizedTest
    @EnumSource(Scenario.class)
    void theGradientIsThatOfLabelsAndOfWhatWasSaidBefore(Scenario scenario) {
        try (Clouds clouds = new Clouds(scenario, 3)) {
            TaskLearner learner = new Lwf(2).begin(clouds.training);
            clouds.learn(learner, 0, 5);
            clouds.learn(learner, 1, 5);
            Batch batch = clouds.batch(2, 8);
            int outputs = clouds.training.outputs().count();
            double[] before = logits(clouds, batch);
            learner.step(batch);
            double[] after = logits(clouds, batch);
            OutputRange own = clouds.training.outputs().learning(2);
            List<OutputRange> held =
                    switch (scenario) {
                        case TASK -> List.of(new OutputRange(0, 2), new OutputRange(2, 4));
                        case DOMAIN -> List.of(new OutputRange(0, 2));
                        case CLASS -> List.of(new OutputRange(0, 4));
                    };

            learner.step(batch);

            LogitGradients.check(clouds.training.logitGradient(), after, logits -> {
                double loss = 0;
                for (int row = 0; row < 8; row++) {
                    double[] said = Arrays.copyOfRange(logits, row * outputs, (row + 1) * outputs);
                    double[] taught = Arrays.copyOfRange(before, row * outputs, (row + 1) * outputs);
                    loss += LogitGradients.minusLog(said, own.from(), own.to(), batch.target(row), 1) / 3 / 8;
                    for (OutputRange range : held) {
                        int to = scenario == Scenario.CLASS ? own.to() : range.to();
                        loss += LogitGradients.distillation(said, taught, range.from(), range.to(), to, 2)
                                * 2
                                / 3
                                / 8
                                / held.size()
                                / (to - range.from());
                    }
                }
                return loss;
            });
        }
    }

    private static double[] logits(Clouds clouds, Batch batch) {
        int count = batch.size() * clouds.training.outputs().count();
        return LogitGradients.copy(clouds.training.forward(batch), count);
    }

    @Test
    void theFirstTaskIsLearnedAsIfAlone() {
        try (Clouds held = new Clouds(Scenario.TASK, 2);
                Clouds plain = new Clouds(Scenario.TASK, 2)) {
            held.learn(new Lwf(2).begin(held.training), 0, 10);
            plain.learn(new FineTuning(Curriculum.TASK_BY_TASK).begin(plain.training), 0, 10);

            assertThat(held.training.network().parameters())
                    .containsExactly(plain.training.network().parameters());
        }
    }

    @Test
    void thePassesOfTheSecondNetworkAreInTheAccount() {
        try (Clouds clouds = new Clouds(Scenario.TASK, 2)) {
            TaskLearner learner = new Lwf(2).begin(clouds.training);
            clouds.learn(learner, 0, 5);
            clouds.training.takeAccount(0);

            learner.step(clouds.batch(1, 8));

            long inputsTimesUnits = Clouds.FEATURES * 12L;
            assertThat(clouds.training.takeAccount(8).get(0).done().forward()).isEqualTo(2 * 8 * inputsTimesUnits);
        }
    }

    @Test
    void aTemperatureOfZeroIsRefused() {
        assertThatThrownBy(() -> new Lwf(0)).hasMessage("temperature must be above 0 and finite, got 0.0");
    }
}
