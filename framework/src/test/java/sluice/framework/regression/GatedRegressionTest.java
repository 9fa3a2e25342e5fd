package sluice.framework.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.evaluation.ForgettingDefinition;
import sluice.evaluation.MetricValue;
import sluice.evaluation.RegressionScore;
import sluice.evaluation.regression.RegressionCell;
import sluice.evaluation.regression.RegressionMatrix;
import sluice.framework.ContinualResult;
import sluice.framework.ContinualTrainer;
import sluice.framework.Evaluation;
import sluice.framework.discriminant.InferenceSettings;
import sluice.framework.gates.GateSettings;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.Growth;
import sluice.framework.optimizer.Adam;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.optimizer.Validation;
import sluice.framework.predict.ModelLoader;
import sluice.framework.predict.SavedNetwork;
import sluice.framework.result.TrainingListener;
import sluice.framework.strategy.EarlierTasks;
import sluice.framework.strategy.Gates;
import sluice.framework.strategy.PriorNetwork;
import sluice.framework.strategy.Setup;
import sluice.gating.Estimators;
import sluice.tasks.InputException;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

class GatedRegressionTest {
    private static final TaskSequence SUMS = RegressionTasks.sums(3, 400);
    private static final TrainingSettings TRAINING =
            new TrainingSettings(30, 32, new Adam(0.005, 0.9, 0.999, 1e-8, 0), Double.POSITIVE_INFINITY);

    private static GatedNetwork network() {
        return GatedNetwork.create(RegressionTasks.FEATURES, List.of(40, 40), SUMS.normalisation(), 1);
    }

    private static ContinualResult learned(String estimator) {
        GateSettings gates = GateSettings.DEFAULT.withEstimator(
                Estimators.BY_NAME.get(estimator).estimator());
        return new ContinualTrainer(gates, TRAINING).train(network(), SUMS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"st-open", "st-sigmoid", "centred", "hard-concrete"})
    void everyTaskIsPredictedAndNothingForgotten(String estimator) {
        ContinualResult result = learned(estimator);
        RegressionMatrix errors = result.errors().orElseThrow();
        for (int task = 1; task <= 3; task++) {
            MetricValue.Defined r2 = (MetricValue.Defined) errors.value(RegressionScore.R2, 3, task);
            assertThat(r2.value()).as("R2 of task %s", task).isGreaterThan(0.8);
            for (int after = task; after <= 3; after++) {
                assertThat(errors.cell(after, task)).isEqualTo(errors.cell(task, task));
            }
        }
        for (ForgettingDefinition definition : ForgettingDefinition.values()) {
            assertThat(errors.figures(RegressionScore.RMSE).forgetting(definition))
                    .isEqualTo(MetricValue.of(0));
        }
        assertThat(result.exactRetention()).contains(true);
        assertThat(result.matrix().cell(3, 1)).isEmpty();
    }

    @Test
    void whatIsPredictedIsInTheUnitsOfTheTarget(@TempDir Path folder) {
        GatedNetwork taught = learned("st-open").network();
        taught.save(folder.resolve("model.sluice"));
        GatedNetwork loaded = GatedNetwork.load(folder.resolve("model.sluice"));
        Task second = SUMS.tasks().get(1);
        float[][] rows = new float[second.test().size()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = second.test().row(i);
        }
        double[] predicted = loaded.predictNumbers("sum-2", rows);
        assertThat(predicted).isEqualTo(taught.predictNumbers("sum-2", rows));
        SavedNetwork alone = (SavedNetwork) ModelLoader.load(folder.resolve("model.sluice"));
        assertThat(alone.numbers("sum-2", rows)).isEqualTo(predicted);
        assertThatThrownBy(() -> alone.answers("sum-2", rows))
                .hasMessage("task sum-2 predicts numbers and has no classes: ask for numbers");
        RegressionCell errors = RegressionCell.of(second.test().targets(), predicted);
        assertThat(errors.rmse())
                .isLessThan(0.4 * second.test().scale().orElseThrow().deviation());
        assertThat(predicted).hasSizeGreaterThan(100);
        assertThat(Arrays.stream(predicted).boxed())
                .allSatisfy(number -> assertThat(number).isBetween(1500.0, 2500.0));
        assertThatThrownBy(() -> loaded.predict("sum-2", rows))
                .isInstanceOf(InputException.class)
                .hasMessage("task sum-2 predicts numbers and has no classes: ask for numbers");
    }

    @Test
    void thePassThatPredictsHeldOutExamplesBestIsKept() {
        TrainingSettings held = TRAINING.withValidation(new Validation(0.2, 3));
        HeldOutLosses losses = new HeldOutLosses();

        ContinualResult result = new ContinualTrainer(GateSettings.DEFAULT, held).train(network(), SUMS, losses);

        losses.checkKept(result);
    }

    @Test
    void aNewRowIsPredictedAsTheExampleOfTheSameFeatures() {
        GatedNetwork taught = learned("st-open").network();
        float[][] rows = RegressionTasks.rows(5, new Random(3));
        double[] together = taught.predictNumbers("sum-1", rows);
        for (int i = 0; i < rows.length; i++) {
            assertThat(taught.predictNumbers("sum-1", new float[][] {rows[i]})[0])
                    .isEqualTo(together[i]);
        }
    }

    @Test
    void earlierTasksAreAskedAgainByANetworkThatLearnsOn(@TempDir Path folder) {
        GateSettings gates = GateSettings.DEFAULT;
        TaskSequence first = SUMS.withTasks(SUMS.tasks().subList(0, 2));
        ContinualResult before = new ContinualTrainer(gates, TRAINING).train(network(), first);
        before.network().save(folder.resolve("model.sluice"));
        PriorNetwork prior = new PriorNetwork(folder.resolve("model.sluice"))
                .asking(new EarlierTasks(Optional.empty(), before.errors(), first.tasks(), ""));
        Gates goingOn = new Gates(
                gates, Growth.NONE, Evaluation.ALL, InferenceSettings.DEFAULT, Optional.empty(), Optional.of(prior));
        TaskSequence third = SUMS.withTasks(SUMS.tasks().subList(2, 3));

        RegressionMatrix errors = goingOn.learn(
                        third, Setup.dense(List.of(40, 40), TRAINING, 1, 1), TrainingListener.SILENT)
                .errors()
                .orElseThrow();

        assertThat(errors.tasks()).containsExactly("sum-1", "sum-2", "sum-3");
        assertThat(errors.cell(3, 1)).isEqualTo(before.errors().orElseThrow().cell(2, 1));
        assertThat(errors.cell(3, 2)).isEqualTo(before.errors().orElseThrow().cell(2, 2));
        assertThat(errors.cell(3, 3)).isPresent();
        assertThat(errors.cell(2, 3)).isPresent();
        assertThat(errors.cell(1, 1)).isEqualTo(before.errors().orElseThrow().cell(1, 1));
        assertThat(errors.cell(0, 2)).isEqualTo(before.errors().orElseThrow().cell(0, 2));
        assertThat(errors.cell(1, 3)).isEmpty();
    }

    @Test
    void errorsThatAreNotAtHandAreMissed(@TempDir Path folder) {
        TaskSequence first = SUMS.withTasks(SUMS.tasks().subList(0, 1));
        ContinualResult before = new ContinualTrainer(GateSettings.DEFAULT, TRAINING).train(network(), first);
        before.network().save(folder.resolve("model.sluice"));
        PriorNetwork prior = new PriorNetwork(folder.resolve("model.sluice"));

        assertThat(warnings(prior.asking(new EarlierTasks(
                        Optional.of(before.matrix()), before.errors(), first.tasks(), "all are there"))))
                .isEmpty();
        assertThat(warnings(
                        prior.asking(new EarlierTasks(Optional.of(before.matrix()), first.tasks(), "all are there"))))
                .singleElement()
                .asString()
                .startsWith(
                        "network.from: what was measured before is not at hand: these cells of the matrix of errors");
    }

    private static List<String> warnings(PriorNetwork prior) {
        List<String> warnings = new ArrayList<>();
        Gates goingOn = new Gates(
                GateSettings.DEFAULT,
                Growth.NONE,
                Evaluation.ALL,
                InferenceSettings.DEFAULT,
                Optional.empty(),
                Optional.of(prior));
        TrainingListener listener = new TrainingListener() {
            @Override
            public void warning(String message) {
                if (message.startsWith("network.from")) {
                    warnings.add(message);
                }
            }
        };
        goingOn.learn(
                SUMS.withTasks(SUMS.tasks().subList(2, 3)), Setup.dense(List.of(40, 40), TRAINING, 1, 1), listener);
        return warnings;
    }
}
