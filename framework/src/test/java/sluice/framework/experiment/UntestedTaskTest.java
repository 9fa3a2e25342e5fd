package sluice.framework.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.evaluation.AccuracyCsv;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.ForgettingMetric;
import sluice.evaluation.ForgettingReport;
import sluice.evaluation.MetricValue;
import sluice.evaluation.Reference;
import sluice.framework.ContinualTrainer;
import sluice.framework.ReportOptions;
import sluice.framework.SmallTasks;
import sluice.framework.gates.GateSettings;
import sluice.framework.network.GatedNetwork;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.optimizer.Validation;
import sluice.framework.result.ChosenPass;
import sluice.framework.result.TrainingListener;
import sluice.framework.strategy.Setup;
import sluice.framework.strategy.Strategies;
import sluice.framework.strategy.Strategy;
import sluice.tasks.Scenario;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/** A task without test examples is learned like any other; only nothing is measured of it. */
class UntestedTaskTest {
    private static final TrainingSettings TRAINING =
            new TrainingSettings(6, 12, Optimizer.adam(0.01), Double.POSITIVE_INFINITY);
    private static final Setup SETUP = Setup.dense(ImmutableList.of(9, 7), TRAINING, 3, 1);
    private static final TaskSequence TESTED = SmallTasks.sequence(3, 7);

    @TempDir
    private Path folder;

    private static Task untested(Task task) {
        float[][] rows = new float[task.train().size()][];
        Arrays.setAll(rows, task.train()::row);
        int[] labels = Arrays.stream(task.train().labels())
                .map(label -> task.classes().get(label))
                .toArray();
        return Task.of(task.name(), rows, labels);
    }

    /** The task at this place, from 0, has no test examples. */
    private static TaskSequence without(int place) {
        Task[] tasks = TESTED.tasks().toArray(new Task[0]);
        tasks[place] = untested(tasks[place]);
        return TaskSequence.of("clouds", TESTED.normalisation(), tasks);
    }

    @Test
    void itIsLearnedWithTheBitsOfOneThatIsTested() {
        GatedNetwork network = GatedNetwork.create(SmallTasks.FEATURES, List.of(9, 7), TESTED.normalisation(), 3);
        GatedNetwork other = GatedNetwork.create(SmallTasks.FEATURES, List.of(9, 7), TESTED.normalisation(), 3);
        ContinualTrainer trainer = new ContinualTrainer(GateSettings.DEFAULT, TRAINING, 1);

        AccuracyMatrix matrix = trainer.train(network, without(1)).matrix();
        AccuracyMatrix all = trainer.train(other, TESTED).matrix();

        for (String task : TESTED.names()) {
            assertThat(network.digest(task)).isEqualTo(other.digest(task));
        }
        for (int row = 0; row <= 3; row++) {
            assertThat(matrix.cell(row, 1)).isEqualTo(all.cell(row, 1));
            assertThat(matrix.cell(row, 2)).isEmpty();
            assertThat(matrix.cell(row, 3)).isEqualTo(all.cell(row, 3));
        }
        assertThat(ForgettingReport.of(matrix).metrics().get(ForgettingMetric.ACC))
                .isEqualTo(MetricValue.undefined("task 2 was never tested"));
        assertThat(ForgettingReport.of(matrix).render()).contains("task 2 was never tested");
    }

    static Stream<Arguments> strategies() {
        return Strategies.BY_NAME.keySet().stream()
                .flatMap(name -> Stream.of(Scenario.values()).map(scenario -> Arguments.of(name, scenario)))
                .filter(arguments -> {
                    Scenario scenario = (Scenario) arguments.get()[1];
                    Strategy strategy = strategy((String) arguments.get()[0], scenario);
                    return strategy.scenarios().contains(scenario)
                            && !strategy.name().contains("generative")
                            && !strategy.name().equals("exits")
                            && !strategy.name().endsWith("-replay");
                });
    }

    private static Strategy strategy(String name, Scenario scenario) {
        return Strategies.BY_NAME.get(name).with(ImmutableMap.of(), new Strategies.Conditions(scenario, 3));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void everyStrategyLearnsIt(String name, Scenario scenario) {
        TaskSequence tasks = without(1).withScenario(scenario);

        AccuracyMatrix matrix = strategy(name, scenario)
                .learn(tasks, SETUP, TrainingListener.SILENT)
                .matrix();

        assertThat(matrix.cell(3, 1)).isPresent();
        assertThat(matrix.cell(3, 2)).isEmpty();
        assertThat(matrix.cell(3, 3)).isPresent();
    }

    private Outcome run(TaskSequence tasks, Strategy strategy, ReportOptions report) {
        Variant variant = new Variant(tasks, strategy, SETUP).reported(report);
        return Experiment.of(VariantPlan.of(variant), References.in(folder.resolve("cache"), "code"))
                .run(TrainingListener.SILENT);
    }

    static Stream<Arguments> reports() {
        return Stream.of("gates", "er", "random-feature-lda")
                .flatMap(name -> Stream.of(0, 1, 2).map(place -> Arguments.of(name, place)));
    }

    @ParameterizedTest
    @MethodSource("reports")
    void aRunWithAllThatReportsHaveIsWrittenAndReadAgain(String name, int place) throws IOException {
        Scenario scenario = name.equals("random-feature-lda") ? Scenario.CLASS : Scenario.TASK;
        ReportOptions report = new ReportOptions(
                        ReportOptions.DEFAULT.forgetting(),
                        ReportOptions.DEFAULT.references(),
                        Optional.of(new ReportOptions.Continual(3, 20)),
                        true)
                .against(Reference.INDEPENDENT, Reference.JOINT);
        Outcome outcome = run(without(place).withScenario(scenario), strategy(name, scenario), report);
        Path out = folder.resolve("out");
        try (RunFolder target = RunFolder.claim(out, false)) {
            target.fill(outcome);
        }

        try (Reader matrix = Files.newBufferedReader(out.resolve("accuracy-matrix.csv"))) {
            assertThat(AccuracyCsv.read(matrix, "matrix").get(0))
                    .isEqualTo(outcome.training().matrix());
        }
        assertThat(Files.readString(out.resolve("metrics.csv"))).contains(",acc,\n");
        assertThat(Files.readString(out.resolve("report.md"))).contains("| - |");
        assertThat(StoredMetrics.of(out).matrix()).isEqualTo(outcome.training().matrix());
    }

    @Test
    void aSequenceThatIsNeverTestedIsLearned() throws IOException {
        TaskSequence tasks = TaskSequence.of(
                "clouds",
                TESTED.normalisation(),
                TESTED.tasks().stream().map(UntestedTaskTest::untested).toArray(Task[]::new));
        Outcome outcome = run(tasks, strategy("gates", Scenario.TASK), ReportOptions.DEFAULT);
        try (RunFolder target = RunFolder.claim(folder.resolve("out"), false)) {
            target.fill(outcome);
        }

        assertThat(outcome.training().tasks()).hasSize(3);
        assertThat(GatedNetwork.load(folder.resolve("out/model.sluice")).tasks())
                .hasSize(3);
    }

    @Test
    void heldOutExamplesStillEndItsTraining() {
        GatedNetwork network = GatedNetwork.create(SmallTasks.FEATURES, List.of(9, 7), TESTED.normalisation(), 3);

        ChosenPass chosen = new ContinualTrainer(
                        GateSettings.DEFAULT, TRAINING.withEpochs(200).withValidation(new Validation(0.25, 2)), 1)
                .train(network, without(0))
                .tasks()
                .get(0)
                .chosen()
                .orElseThrow();

        assertThat(chosen.trained()).isEqualTo(chosen.pass() + 2).isLessThan(200);
    }
}
