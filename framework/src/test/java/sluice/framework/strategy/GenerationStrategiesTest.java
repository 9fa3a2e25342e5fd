package sluice.framework.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.framework.generator.ReplayForm;
import sluice.framework.result.TrainingListener;
import sluice.framework.result.TrainingResult;
import sluice.tasks.InputException;
import sluice.tasks.Scenario;

/** Strategies that keep generators in the place of examples. */
class GenerationStrategiesTest {
    private static final int TASKS = 3;
    private static final ReplayForm FORM = new ReplayForm(30, 4, 3, 300, 0.01);

    private static TrainingResult learn(PlainStrategy strategy, Scenario scenario) {
        return strategy.learn(Clouds.unit(scenario, TASKS), Clouds.setup(), TrainingListener.SILENT);
    }

    private static double last(TrainingResult result) {
        double sum = 0;
        for (int task = 1; task <= TASKS; task++) {
            sum += result.matrix().cell(TASKS, task).orElseThrow().accuracy() / TASKS;
        }
        return sum;
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource(
            value = Scenario.class,
            names = {"CLASS", "DOMAIN"})
    void replayForgetsLessThanFineTuning(Scenario scenario) {
        double forgetful = last(learn(new FineTuning(Curriculum.TASK_BY_TASK), scenario));

        assertThat(last(learn(new GenerativeReplay(FORM, 0), scenario))).isGreaterThan(forgetful + 0.15);
    }

    @Test
    void aClassThatIsLikeliestIsMostlyRight() {
        TrainingResult result = learn(new GenerativeClassifier(FORM, 20), Scenario.CLASS);

        assertThat(last(result)).isGreaterThan(0.7);
        assertThat(((StrategyResult) result).memoryBytes()).isPositive();
    }

    @Test
    void sameSeedGivesTheSameMatrix() {
        assertThat(learn(new GenerativeReplay(FORM, 0), Scenario.CLASS).matrix())
                .isEqualTo(learn(new GenerativeReplay(FORM, 0), Scenario.CLASS).matrix());
    }

    @Test
    void valuesThatNoGeneratorModelsAreRefused() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> new GenerativeReplay(FORM, 0)
                        .learn(Clouds.sequence(Scenario.CLASS, TASKS), Clouds.setup(), TrainingListener.SILENT))
                .withMessageContaining("strategy generative-replay models values in [0, 1], task task 0 has ")
                .withMessageEndingWith("write data.normalisation: unit for pixels, or scale tables to [0, 1]");
    }
}
