package sluice.framework.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.evaluation.ForgettingDefinition;
import sluice.evaluation.ForgettingMetric;
import sluice.evaluation.MetricValue;
import sluice.evaluation.RegressionScore;
import sluice.evaluation.regression.RegressionMatrix;
import sluice.framework.network.NetworkCost;
import sluice.framework.network.NetworkShape;
import sluice.framework.optimizer.Adam;
import sluice.framework.optimizer.TrainingDuration;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.optimizer.Validation;
import sluice.framework.result.DivergedException;
import sluice.framework.result.TrainingListener;
import sluice.framework.result.TrainingResult;
import sluice.framework.strategy.Setup;
import sluice.framework.strategy.Strategies;
import sluice.framework.strategy.Strategy;
import sluice.framework.strategy.StrategyTraits;
import sluice.gating.Schedule;
import sluice.tasks.InputException;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;

class PlainRegressionTest {
    private static final TrainingSettings TRAINING =
            new TrainingSettings(20, 32, new Adam(0.005, 0.9, 0.999, 1e-8, 0), Double.POSITIVE_INFINITY);
    private static final TaskSequence APART = RegressionTasks.sums(2, 300);
    private static final TaskSequence TOGETHER = RegressionTasks.elsewhere(2, 300);

    private static Strategy strategy(String name, Scenario scenario) {
        return Strategies.BY_NAME.get(name).with(Map.of(), new Strategies.Conditions(scenario, 2));
    }

    private static TrainingResult learned(String name, TaskSequence sequence, TrainingSettings training) {
        Setup setup = Setup.dense(List.of(40, 40), training, 1, 1);
        return strategy(name, sequence.scenario()).learn(sequence, setup, TrainingListener.SILENT);
    }

    private static double value(MetricValue value) {
        return ((MetricValue.Defined) value).value();
    }

    private static double rmse(String name) {
        RegressionMatrix errors = learned(name, TOGETHER, TRAINING).errors().orElseThrow();
        return value(errors.figures(RegressionScore.RMSE).of(ForgettingMetric.ACC));
    }

    static Stream<String> predicting() {
        return names(true);
    }

    static Stream<String> notPredicting() {
        return names(false);
    }

    private static Stream<String> names(boolean takes) {
        return Strategies.BY_NAME.keySet().stream()
                .filter(name -> strategy(name, Scenario.TASK).scenarios().contains(Scenario.TASK))
                .filter(name ->
                        strategy(name, Scenario.TASK).traits().takes(StrategyTraits.Setting.REGRESSION) == takes);
    }

    @ParameterizedTest
    @MethodSource("predicting")
    void everyStrategyLearnsTheTaskThatItLearnsLast(String name) {
        RegressionMatrix errors = learned(name, APART, TRAINING).errors().orElseThrow();
        assertThat(value(errors.value(RegressionScore.R2, 2, 2))).isGreaterThan(0.6);
        assertThat(value(errors.value(RegressionScore.R2, 0, 2))).isLessThan(0.5);
    }

    @ParameterizedTest
    @MethodSource("notPredicting")
    void whatTellsClassesApartSaysSo(String name) {
        assertThatThrownBy(() -> learned(name, APART, TRAINING))
                .isInstanceOfAny(InputException.class, IllegalArgumentException.class)
                .hasMessageMatching("(?s).*(predict numbers|predicts numbers|no numbers|cannot serve).*");
    }

    @Test
    void replayAndJointTrainingEndBelowFineTuning() {
        double joint = rmse("joint");
        double replay = rmse("er");
        double tuned = rmse("fine-tuning");
        assertThat(replay).isLessThan(tuned);
        assertThat(joint).isLessThan(tuned);
        RegressionMatrix errors =
                learned("fine-tuning", TOGETHER, TRAINING).errors().orElseThrow();
        MetricValue forgetting = errors.figures(RegressionScore.RMSE).forgetting(ForgettingDefinition.BEST_EARLIER);
        assertThat(value(forgetting)).isGreaterThan(0.5);
        assertThat(value(errors.figures(RegressionScore.R2).forgetting(ForgettingDefinition.BEST_EARLIER)))
                .isGreaterThan(0.5);
    }

    @Test
    void numbersThatAreNoneAnyMoreEndTheTraining() {
        TrainingSettings absurd = TRAINING.withOptimizer(new Adam(1e30, 0.9, 0.999, 1e-8, 0));
        assertThatThrownBy(() -> learned("fine-tuning", APART, absurd))
                .isInstanceOf(DivergedException.class)
                .hasMessageContaining("try a smaller training.learning_rate");
        TrainingSettings once = new TrainingSettings(
                new TrainingDuration.Iterations(1),
                32,
                absurd.optimizer(),
                Double.POSITIVE_INFINITY,
                new Schedule.Constant(1));
        assertThatThrownBy(() -> learned("fine-tuning", APART, once))
                .isInstanceOf(DivergedException.class)
                .hasMessageStartingWith("what is predicted of task sum-1 is no number any more");
    }

    @Test
    void equalSeedsGiveEqualErrors() {
        assertThat(learned("er", TOGETHER, TRAINING).errors())
                .isEqualTo(learned("er", TOGETHER, TRAINING).errors());
    }

    /** Each stored example has its number. */
    @ParameterizedTest
    @ValueSource(strings = {"er", "er-balanced", "der++", "a-gem"})
    void theMemoryOfNumbersIsForecastAndCounted(String name) {
        Strategy strategy = strategy(name, Scenario.TASK);
        Setup setup = Setup.dense(List.of(40, 40), TRAINING, 1, 1);
        NetworkShape shape = new NetworkShape(APART.shape(), setup.layers());

        long forecast = strategy.memoryBytes(new NetworkCost(shape, 2), APART).orElseThrow();

        assertThat(learned(name, APART, TRAINING).memoryBytes()).isEqualTo(forecast);
        long classes = strategy.memoryBytes(new NetworkCost(shape, 2), 2).orElseThrow();
        assertThat(forecast - classes).isEqualTo(4L * strategy.traits().storedExamples());
    }

    @Test
    void heldOutNumbersChooseThePass() {
        HeldOutLosses losses = new HeldOutLosses();
        TrainingSettings held = TRAINING.withValidation(new Validation(0.2, 2));

        TrainingResult result =
                strategy("er", Scenario.TASK).learn(APART, Setup.dense(List.of(40, 40), held, 1, 1), losses);

        losses.checkKept(result);
    }
}
