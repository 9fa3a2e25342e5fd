package sluice.framework.discriminant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.evaluation.ForgettingMetric;
import sluice.evaluation.ForgettingReport;
import sluice.evaluation.MetricValue;
import sluice.framework.Evaluation;
import sluice.framework.gates.GateSettings;
import sluice.framework.result.TaskAgnosticResult;
import sluice.framework.result.TrainingListener;
import sluice.tasks.ClassSplit;
import sluice.tasks.DataSet;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;
import sluice.tasks.Scenario;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;
import sluice.tasks.digits.Digits;

@Tag("slow")
final class DiscriminantTrainerTest {
    private static final DataSet DIGITS = Digits.draw(1200, 300, 1);
    private static final InferenceSettings SMALL = new InferenceSettings(180, 0.001, 0, 0);

    @Test
    void classesOfTasksAreToldApartWithoutTheTask() {
        TaskAgnosticResult result = train(sequence(Scenario.CLASS, 2), SMALL);

        assertThat(result.matrix().cell(5, 1).orElseThrow().accuracy()).isGreaterThan(0.8);
        assertThat(acc(result)).isGreaterThan(0.9);
    }

    @Test
    void domainLabelsAreToldWithoutTheTask() {
        assertThat(acc(train(sequence(Scenario.DOMAIN, 2), SMALL))).isGreaterThan(0.9);
    }

    @Test
    void orderOfTasksDoesNotMatter() {
        TaskSequence forwards = sequence(Scenario.CLASS, 2);
        List<Task> tasks = new ArrayList<>(forwards.tasks());
        Collections.reverse(tasks);
        TaskSequence backwards = new TaskSequence(
                "backwards",
                ImmutableList.copyOf(tasks),
                Scenario.CLASS,
                forwards.normalisation(),
                forwards.checksums(),
                forwards.shape());

        double one = acc(train(forwards, SMALL));
        double other = acc(train(backwards, SMALL));

        assertThat(other).isCloseTo(one, within(0.0005));
    }

    @Test
    void equalSeedsGiveEqualBits() {
        float[][] asked = rows(DIGITS.test(), 50);
        TaskSequence sequence = sequence(Scenario.CLASS, 5);

        double[][] one = ((DiscriminantModel) train(sequence, SMALL).model()).probabilities(asked);
        double[][] other = ((DiscriminantModel) train(sequence, SMALL).model()).probabilities(asked);

        assertThat(other).isDeepEqualTo(one);
    }

    @Test
    void whatIsNotMeasuredIsMissing() {
        TaskAgnosticResult result = new DiscriminantTrainer(SMALL, GateSettings.DEFAULT, 1, 2, Evaluation.ENDS)
                .train(sequence(Scenario.CLASS, 5), "gates", TrainingListener.SILENT);

        assertThat(result.matrix().cell(1, 2)).isEmpty();
        assertThat(result.matrix().cell(1, 1)).isPresent();
        assertThat(result.matrix().cell(2, 1)).isPresent();
    }

    @Test
    void brightnessContrastAndNegativesAreWithoutEffect() {
        Task plain = task(value -> value);
        Task negative = task(value -> 200 - 0.3f * value);

        double[] one = probabilities(plain);
        double[] other = probabilities(negative);

        for (int i = 0; i < one.length; i++) {
            assertThat(other[i]).isCloseTo(one[i], within(0.02));
        }
    }

    @Test
    void savedModelPredictsTheSame(@TempDir Path folder) {
        TaskAgnosticResult result = train(sequence(Scenario.CLASS, 2), SMALL);
        DiscriminantModel model = (DiscriminantModel) result.model();
        float[][] asked = rows(DIGITS.test(), 20);

        model.save(folder.resolve("model.sluice"));
        DiscriminantModel loaded = DiscriminantModel.load(folder.resolve("model.sluice"));

        assertThat(loaded.probabilities(asked)).isDeepEqualTo(model.probabilities(asked));
        assertThat(loaded.labels()).isEqualTo(model.labels());
    }

    @Test
    void belowTheThresholdTheAnswerIsUnknown() {
        DiscriminantModel model =
                (DiscriminantModel) train(sequence(Scenario.CLASS, 2), SMALL).model();
        float[][] asked = rows(DIGITS.test(), 100);
        double[][] probabilities = model.probabilities(asked);

        int[] answers = model.withThreshold(0.9).predict(asked);

        for (int i = 0; i < answers.length; i++) {
            double largest = Arrays.stream(probabilities[i]).max().orElseThrow();
            assertThat(answers[i] == DiscriminantModel.UNKNOWN).isEqualTo(largest < 0.9);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.withThreshold(1.5))
                .withMessage("threshold must be in [0, 1], got 1.5");
    }

    @Test
    void fewExamplesAndAClassOfOneExampleAreWarnedOf() {
        List<String> warnings = new ArrayList<>();
        float[][] rows = {{0, 0}, {0, 1}, {5, 5}};
        Task task = Task.of("small", rows, new int[] {3, 3, 7}, rows, new int[] {3, 3, 7});
        TaskSequence sequence =
                TaskSequence.of("small", Normalisation.NONE, task).withScenario(Scenario.CLASS);

        TaskAgnosticResult result = trainer(SMALL).train(sequence, "gates", new TrainingListener() {
            @Override
            public void warning(String message) {
                warnings.add(message);
            }
        });

        assertThat(acc(result)).isEqualTo(1);
        assertThat(warnings).anyMatch(line -> line.startsWith("class 7 of task small has one example"));
        assertThat(warnings).anyMatch(line -> line.startsWith("3 training examples for 180 random features"));
    }

    @Test
    void constantInputsAreWarnedOf() {
        List<String> warnings = new ArrayList<>();
        float[][] rows = {{1, 1}, {1, 1}, {1, 1}};
        Task task = Task.of("constant", rows, new int[] {0, 0, 1}, rows, new int[] {0, 0, 1});
        TaskSequence sequence =
                TaskSequence.of("constant", Normalisation.NONE, task).withScenario(Scenario.CLASS);

        TaskAgnosticResult result = trainer(SMALL).train(sequence, "gates", new TrainingListener() {
            @Override
            public void warning(String message) {
                warnings.add(message);
            }
        });

        assertThat(acc(result)).isCloseTo(2.0 / 3, within(1e-9));
        assertThat(warnings).anyMatch(line -> line.startsWith("no feature differs"));
    }

    @ParameterizedTest
    @CsvSource({"1, true", "16, false"})
    void moreFeaturesThanTheDataHaveDirectionsAreWarnedOf(int inputs, boolean few) {
        List<String> warnings = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(1);
        float[][] rows = new float[1000][inputs];
        int[] labels = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            labels[i] = i % 2;
            for (int j = 0; j < inputs; j++) {
                rows[i][j] = (float) random.nextGaussian() + labels[i];
            }
        }
        Task task = Task.of("table", rows, labels, rows, labels);
        TaskSequence sequence =
                TaskSequence.of("table", Normalisation.NONE, task).withScenario(Scenario.CLASS);

        trainer(SMALL).train(sequence, "gates", new TrainingListener() {
            @Override
            public void warning(String message) {
                warnings.add(message);
            }
        });

        assertThat(warnings).hasSize(few ? 1 : 0);
        assertThat(warnings)
                .allMatch(line -> line.matches("180 random features vary in [0-9]{1,2} directions only, .*"
                        + "lower inference.features, [0-9]+ will do"));
    }

    private static DiscriminantTrainer trainer(InferenceSettings inference) {
        return new DiscriminantTrainer(inference, GateSettings.DEFAULT, 1, 2, Evaluation.ALL);
    }

    private static TaskAgnosticResult train(TaskSequence sequence, InferenceSettings inference) {
        return trainer(inference).train(sequence, "gates", TrainingListener.SILENT);
    }

    private static TaskSequence sequence(Scenario scenario, int perTask) {
        return TaskSequence.split(DIGITS, Normalisation.UNIT_PIXELS, ClassSplit.consecutive(DIGITS, perTask))
                .withScenario(scenario);
    }

    private static double acc(TaskAgnosticResult result) {
        return ((MetricValue.Defined)
                        ForgettingReport.of(result.matrix()).metrics().get(ForgettingMetric.ACC))
                .value();
    }

    private interface Change {
        float of(float value);
    }

    private static Task task(Change change) {
        return Task.of("all", changed(DIGITS.train(), change), changed(DIGITS.test(), change));
    }

    private static Examples changed(Examples examples, Change change) {
        float[][] rows = rows(examples, examples.size());
        for (float[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = change.of(row[i]);
            }
        }
        return Examples.of(rows, examples.labels());
    }

    private static double[] probabilities(Task task) {
        TaskSequence sequence = TaskSequence.of("all", Normalisation.NONE, task)
                .withShape(DIGITS.shape())
                .withScenario(Scenario.CLASS);
        DiscriminantModel model = (DiscriminantModel)
                train(sequence, new InferenceSettings(180, 0, 0, 0)).model();
        return Arrays.stream(model.probabilities(rows(task.test(), 50)))
                .mapToDouble(row -> Arrays.stream(row).max().orElseThrow())
                .toArray();
    }

    private static float[][] rows(Examples examples, int count) {
        float[][] rows = new float[count][];
        Arrays.setAll(rows, examples::row);
        return rows;
    }
}
