package sluice.framework.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.evaluation.ClassificationMetric;
import sluice.evaluation.ForgettingMetric;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.Reference;
import sluice.evaluation.RegressionMetric;
import sluice.evaluation.RunChecksums;
import sluice.evaluation.RunMetrics;
import sluice.evaluation.regression.ErrorCsv;
import sluice.evaluation.regression.RegressionMatrix;
import sluice.evaluation.report.Report;
import sluice.evaluation.report.ReportData;
import sluice.framework.ReportOptions;
import sluice.framework.SmallTasks;
import sluice.framework.optimizer.Adam;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.regression.RegressionTasks;
import sluice.framework.result.TrainingListener;
import sluice.framework.strategy.Setup;
import sluice.framework.strategy.Strategies;
import sluice.framework.strategy.Strategy;
import sluice.tasks.InputException;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;

/** What runs on tasks that predict numbers leave behind. */
class RegressionRunTest {
    private static final TaskSequence SUMS = RegressionTasks.sums(3, 120);
    private static final Setup SETUP = Setup.dense(
            ImmutableList.of(20, 20),
            new TrainingSettings(8, 16, new Adam(0.005, 0.9, 0.999, 1e-8, 0), Double.POSITIVE_INFINITY),
            1,
            1);

    @TempDir
    private Path folder;

    private static Strategy strategy(String name) {
        return Strategies.BY_NAME.get(name).with(Map.of(), new Strategies.Conditions(Scenario.TASK, 3));
    }

    private Outcome run(String strategy, String name) {
        Outcome outcome = Experiment.of(SUMS, strategy(strategy), SETUP).run(TrainingListener.SILENT);
        try (RunFolder target = RunFolder.claim(folder.resolve(name), false)) {
            target.fill(outcome);
        }
        return outcome;
    }

    @Test
    void aFolderHasTheErrorsAndNoFigureOfAccuracies() throws IOException {
        Outcome outcome = run("gates", "run");

        Path file = folder.resolve("run/error-matrix.csv");
        try (Reader in = Files.newBufferedReader(file)) {
            assertThat(ErrorCsv.read(in, "it"))
                    .containsExactly(outcome.training().errors().orElseThrow());
        }
        assertThat(folder.resolve("run/accuracy-matrix.csv")).content().contains(",sum-3,,,");
        assertThat(folder.resolve("run/confusion.csv")).doesNotExist();
        RunMetrics figures = StoredMetrics.of(folder.resolve("run")).figures();
        assertThat(figures.values().keySet())
                .isEqualTo(outcome.metrics().values().keySet());
        assertThat(figures.value(RegressionMetric.R2))
                .isEqualTo(outcome.metrics().value(RegressionMetric.R2));
        assertThat(figures.values().keySet())
                .contains("rmse", "r2_forgetting_first", "train_seconds", "macs")
                .doesNotContain(
                        ForgettingMetric.ACC.key(), ForgettingMetric.FORGETTING.key(), "hardening_cost", "recency_bias")
                .doesNotContainAnyElementsOf(List.of(ClassificationMetric.MACRO_F1.key(), "auc", "intransigence"));
        assertThat(figures.values().get("rmse_forgetting").number()).hasValue(0);
    }

    @Test
    void aFileThatIsNotAsItWasIsRefused() throws IOException {
        run("fine-tuning", "run");
        Path file = folder.resolve("run/error-matrix.csv");
        String text = Files.readString(file);
        Files.writeString(file, text.replace("sum-2", "sum-9"));

        assertThatThrownBy(() -> StoredMetrics.of(folder.resolve("run")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("error-matrix.csv is not as the run wrote it");
        Files.delete(folder.resolve("run").resolve(RunChecksums.FILE));
        assertThatThrownBy(() -> ReportData.ofFolders(List.of(folder.resolve("run"))))
                .isInstanceOf(MatrixFormatException.class)
                .hasMessageContaining("error-matrix.csv is of other tasks than accuracy-matrix.csv");
        Files.writeString(file, text);
        Path metrics = folder.resolve("run/metrics.csv");
        Files.writeString(metrics, Files.readString(metrics).replaceFirst("(,rmse,)\\S+", "$112.5"));
        assertThatThrownBy(() -> ReportData.ofFolders(List.of(folder.resolve("run"))))
                .isInstanceOf(MatrixFormatException.class)
                .hasMessageContaining("metric rmse is 12.5, but error-matrix.csv gives");
    }

    @Test
    void metricsOfNumbersAreToldLaterAndThoseOfClassesAreNot() throws IOException {
        run("fine-tuning", "run");
        Path metrics = folder.resolve("run/metrics.csv");
        Files.writeString(metrics, Files.readString(metrics).replaceAll("(?m)^fine-tuning,1,r2_worst_task,.*\n", ""));
        Files.delete(folder.resolve("run").resolve(RunChecksums.FILE));
        StoredMetrics stored = StoredMetrics.of(folder.resolve("run"));

        StoredMetrics more = stored.with(List.of("r2_worst_task"));

        assertThat(stored.figures().values()).doesNotContainKey("r2_worst_task");
        assertThat(more.figures().values().get("r2_worst_task").number()).isPresent();
        assertThatThrownBy(() -> stored.with(List.of("budget_used")))
                .hasMessageContaining("metric budget_used is measured while a run trains");
        assertThatThrownBy(() -> stored.with(List.of("macro_f1")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("metric macro_f1 tells nothing of")
                .hasMessageContaining("predict numbers");
    }

    @Test
    void reportsTellErrorsAndNotAccuracies() throws IOException {
        run("gates", "run");

        assertThat(folder.resolve("run/report.md"))
                .content()
                .contains("| strategy | runs | RMSE |", "### RMSE: gates", "R2", "exact retention: yes")
                .contains("E\\[i\\]\\[j\\] is the RMSE on task j after learning task i of T, R\\[i\\]\\[j\\] its R2;")
                .doesNotContainIgnoringCase("accurac");
        String page = Files.readString(folder.resolve("run/report.html"));
        assertThat(page).contains("\"numbers\":true", "\"key\":\"rmse\"");
        assertThat(page)
                .containsPattern(
                        "\"definition\":\\{\"word\":\"best-earlier\",\"meaning\":\"how far the RMSE of a task ends above [^\"]*\",\"key\":\"rmse_forgetting\",\"format\":\"number\"\\}");
        assertThat(page).doesNotContain("\"key\":\"acc\"", "\"intransigence\"");
        Report report = Report.ofFolders(List.of(folder.resolve("run")));
        assertThat(report.writeCharts(folder.resolve("charts")))
                .extracting(file -> file.getFileName().toString())
                .contains("rmse-matrix-1-gates.png", "rmse-sequence-1-gates.svg", "learning-loss-1-gates-seed1.png")
                .doesNotContain("learning-accuracy-1-gates-seed1.png");
        assertThat(report.writeEvents(folder.resolve("events"))).hasSize(1);
    }

    @Test
    void strategiesAreComparedByTheirErrors() throws IOException {
        Comparison comparison = Comparison.of(
                "numbers",
                List.of(new Variant(SUMS, strategy("gates"), SETUP), new Variant(SUMS, strategy("joint"), SETUP)),
                1,
                2);
        try (ComparisonFolder target = ComparisonFolder.claim(folder.resolve("out"), false)) {
            comparison.run(target, ComparisonListener.SILENT);
        }

        assertThat(folder.resolve("out/report.md"))
                .content()
                .contains("| gates | 2 |", "| joint | 2 |", "### RMSE: joint, mean over seeds")
                .doesNotContainIgnoringCase("accurac")
                .doesNotContainIgnoringCase("intransigence");
        assertThat(folder.resolve("out/comparison.csv"))
                .content()
                .startsWith("variant,seed,rmse,r2,rmse_bwt,rmse_forgetting,rmse_learning,occupancy,")
                .doesNotContain("acc");
        RunComparison paired = RunComparison.of(
                StoredRuns.read(folder.resolve("out") + ":gates"), StoredRuns.read(folder.resolve("out") + ":joint"));
        assertThat(paired.metrics()).containsKeys("rmse", "r2").doesNotContainKey("acc");
        assertThat(paired.undefined()).doesNotContain("acc", "forgetting");
    }

    @Test
    void runsOfNumbersAndOfClassesAreNotReportedTogether() {
        run("fine-tuning", "numbers");
        Outcome classes = Experiment.of(SmallTasks.sequence(3, 5), strategy("fine-tuning"), SETUP)
                .run(TrainingListener.SILENT);
        try (RunFolder target = RunFolder.claim(folder.resolve("classes"), false)) {
            target.fill(classes);
        }

        assertThatThrownBy(() -> ReportData.ofFolders(List.of(folder.resolve("numbers"), folder.resolve("classes"))))
                .isInstanceOf(MatrixFormatException.class)
                .hasMessageMatching(".*numbers predicts numbers, and .*classes tells classes apart: make a report.*");
    }

    /** Ends a training at a step of its third task. */
    private static final class Impatient implements TrainingListener {
        private int tasks;

        @Override
        public void taskStarted(String task, int position, long steps) {
            tasks = position;
        }
    }

    @Test
    void aRunThatIsStoppedKeepsTheErrorsOfWhatItLearned() throws IOException {
        for (String name : List.of("gates", "fine-tuning")) {
            Experiment experiment = Experiment.of(SUMS, strategy(name), SETUP);
            Impatient impatient = new Impatient();

            RunStoppedException stopped = catchThrowableOfType(
                    RunStoppedException.class,
                    () -> experiment.run(UserData.place(), impatient, () -> impatient.tasks == 3));
            try (RunFolder target = RunFolder.claim(folder.resolve(name), false)) {
                assertThat(target.keep(experiment.plan(), stopped))
                        .contains(folder.resolve(name + "/error-matrix.csv"));
            }

            try (Reader in = Files.newBufferedReader(folder.resolve(name + "/error-matrix.csv"))) {
                RegressionMatrix kept = ErrorCsv.read(in, "it").get(0);
                assertThat(kept.tasks()).containsExactly("sum-1", "sum-2");
                assertThat(kept.cells().rowKeySet()).containsExactly(0, 1, 2);
            }
            assertThat(folder.resolve(name + "/metrics.csv"))
                    .content()
                    .contains(",rmse,")
                    .doesNotContain(",acc,");
            assertThat(folder.resolve(name + "/report.md")).content().contains("stopped before the end", "### RMSE");
        }
    }

    @Test
    void whatTellsAccuraciesOfNumbersIsRefused() {
        Variant variant = new Variant(SUMS, strategy("gates"), SETUP);

        assertThatThrownBy(() -> Experiment.of(variant.reported(ReportOptions.DEFAULT.against(Reference.INDEPENDENT)))
                        .run(TrainingListener.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("report.references: are held against accuracies");
        assertThatThrownBy(() -> Experiment.of(variant.reported(ReportOptions.DEFAULT.withPredictions()))
                        .run(TrainingListener.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("report.predictions: keeps the classes");
    }

    private static ComparedRun tried(String name, long seed, double rmse) {
        return new ComparedRun.Finished(
                RunMetrics.empty(name, seed).with(RegressionMetric.RMSE, rmse).with(RegressionMetric.R2, rmse / 10),
                false);
    }

    @Test
    void aSearchTakesTheLeastErrorUnlessAnotherMetricIsNamed() throws IOException {
        Files.writeString(folder.resolve("sales.csv"), "site,size,price\nnorth,1,2\nsouth,2,3\n");
        Path script = Files.writeString(folder.resolve("mine.yaml"), """
                data: {set: csv, file: sales.csv, target: price, task_column: site, test_share: 0.2}
                tune: {try: {training.learning_rate: [0.1, 0.01]}}
                """);
        List<ComparedRun> runs = List.of(
                tried("try-1", 101, 2), tried("try-1", 102, 2), tried("try-2", 101, 1), tried("try-2", 102, 2.5));

        Tuning usual = Tuning.of(script.toString(), List.of()).orElseThrow();
        Tuning named = Tuning.of(script.toString(), List.of("tune.by=r2")).orElseThrow();

        assertThat(usual.by()).isEqualTo(RegressionMetric.RMSE);
        assertThat(usual.choose(runs).settings()).containsEntry("training.learning_rate", "0.01");
        assertThat(usual.choose(runs).trials())
                .allSatisfy(trial -> assertThat(trial.metric()).isEqualTo("rmse"));
        assertThat(named.by()).isEqualTo(RegressionMetric.R2);
        assertThat(named.choose(runs).settings()).containsEntry("training.learning_rate", "0.1");
        assertThatThrownBy(() -> Tuning.of(script.toString(), List.of("tune.by=acc"))
                        .orElseThrow()
                        .search())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("tune.by: acc is of classes")
                .hasMessageContaining("such as rmse or r2");
    }
}
