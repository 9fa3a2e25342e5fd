package sluice.framework.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.evaluation.Reference;
import sluice.framework.ReportOptions;
import sluice.framework.SmallTasks;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.plain.Batch;
import sluice.framework.result.TrainingListener;
import sluice.framework.strategy.Curriculum;
import sluice.framework.strategy.Ewc;
import sluice.framework.strategy.FineTuning;
import sluice.framework.strategy.LearnedTask;
import sluice.framework.strategy.PackNet;
import sluice.framework.strategy.PlainStrategy;
import sluice.framework.strategy.PlainTraining;
import sluice.framework.strategy.Setup;
import sluice.framework.strategy.TaskLearner;
import sluice.tasks.InputException;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;

/** Strategies of one's own, passed as values, get what shipped ones get. */
@Tag("slow")
class VariantTest {
    private static final TaskSequence TASKS = SmallTasks.sequence(3, 5);
    private static final Setup SETUP =
            Setup.dense(ImmutableList.of(12, 10), TrainingSettings.DEFAULT.withEpochs(60), 1, 1);

    @TempDir
    private Path folder;

    /** Pulls to where the last task ended. */
    private record L2(double lambda) implements PlainStrategy {
        @Override
        public String name() {
            return "l2";
        }

        @Override
        public TaskLearner begin(PlainTraining training) {
            float[] w = training.network().parameters();
            float[] anchor = w.clone();
            return new TaskLearner() {
                @Override
                public double step(Batch batch) {
                    double loss = training.loss(batch);
                    float[] gradient = training.network().gradient();
                    for (int i = 0; training.task() > 0 && i < w.length; i++) {
                        gradient[i] += (float) lambda * (w[i] - anchor[i]);
                    }
                    training.move();
                    return loss;
                }

                @Override
                public void end(LearnedTask task) {
                    System.arraycopy(w, 0, anchor, 0, w.length);
                }

                @Override
                public float[] scores(Batch batch, int task) {
                    return training.forward(batch);
                }
            };
        }
    }

    /** Notes which runs were done, and which were there. */
    private static final class Heard implements ComparisonListener {
        final List<String> done = new ArrayList<>();
        final List<String> reused = new ArrayList<>();

        @Override
        public TrainingListener runStarted(PlannedRun run) {
            return TrainingListener.SILENT;
        }

        @Override
        public void runReused(ComparedRun.Finished run) {
            reused.add(run.variant() + " " + run.seed());
        }

        @Override
        public synchronized void runEnded(ComparedRun run) {
            done.add(run.variant() + " " + run.seed());
        }
    }

    private static Comparison comparison(TaskSequence tasks, double lambda) {
        return Comparison.of(
                "mine",
                List.of(
                        new Variant(tasks, new L2(lambda), SETUP),
                        new Variant(tasks, Ewc.defaults(Ewc.Form.PER_TASK, Scenario.TASK), SETUP)),
                1,
                2);
    }

    private Heard run(Comparison comparison) {
        Heard heard = new Heard();
        try (ComparisonFolder target = ComparisonFolder.claim(folder.resolve("out"), false)) {
            comparison.run(target, heard);
        }
        return heard;
    }

    private List<String> files(String of) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(of))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void oneOfOnesOwnIsComparedOverSeedsAndReported() throws IOException {
        run(comparison(TASKS, 0.01));

        assertThat(files("out"))
                .contains(
                        "l2-seed1", "l2-seed2", "ewc-seed1", "ewc-seed2", "comparison.csv", "metrics.csv", "report.md");
        assertThat(files("out/l2-seed1"))
                .contains("accuracy-matrix.csv", "metrics.csv", "run.json", "learning-curves.csv", "confusion.csv");
        assertThat(Files.readString(folder.resolve("out/report.md"))).contains("| l2 |", "| ewc |");
        StoredRuns stored = StoredRuns.read(folder.resolve("out") + ":l2");
        assertThat(stored.bySeed()).containsOnlyKeys(1L, 2L);
        assertThat(stored.settings())
                .containsEntry("strategy.l2.lambda", "0.01")
                .containsEntry("scenario", "task")
                .containsKey("data_checksums.examples");
    }

    @Test
    void whatIsThereIsNotDoneAgainUnlessSomethingIsAnother() {
        run(comparison(TASKS, 0.01));

        Heard again = run(comparison(TASKS, 0.01));

        assertThat(again.done).isEmpty();
        assertThat(again.reused).containsExactly("l2 1", "l2 2", "ewc 1", "ewc 2");
        assertThatThrownBy(() -> run(comparison(TASKS, 0.02)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("other settings (strategy.l2.lambda)");
        assertThatThrownBy(() -> run(comparison(SmallTasks.sequence(3, 6), 0.01)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("other data");
    }

    @Test
    void aRunIsHeldAgainstReferencesAndFillsAFolder() throws IOException {
        Variant variant = new Variant(TASKS, new L2(0.01), SETUP)
                .named("pulled")
                .reported(ReportOptions.DEFAULT.against(Reference.INDEPENDENT));

        Outcome outcome = Experiment.of(VariantPlan.of(variant), References.in(folder.resolve("cache"), "code"))
                .run(TrainingListener.SILENT);
        List<Path> written;
        try (RunFolder target = RunFolder.claim(folder.resolve("one"), false)) {
            written = target.fill(outcome);
        }

        assertThat(outcome.references().isEmpty()).isFalse();
        assertThat(files("cache")).hasSize(1);
        assertThat(written)
                .contains(folder.resolve("one/run.json"), folder.resolve("one/report.html"))
                .allMatch(Files::exists);
        assertThat(RunFiles.record(folder.resolve("one/run.json")).name()).isEqualTo("pulled");
    }

    @Test
    void aRunIsTheSameAsTheStrategyAlone() {
        Outcome outcome = Experiment.of(TASKS, new L2(0.01), SETUP).run(TrainingListener.SILENT);

        assertThat(outcome.training().matrix())
                .isEqualTo(new L2(0.01)
                        .learn(TASKS, SETUP, TrainingListener.SILENT)
                        .matrix());
    }

    @Test
    void surprisesAreToldByTheNameOfTheRun() {
        Variant variant = new Variant(
                TASKS,
                new FineTuning(Curriculum.TASK_BY_TASK),
                Setup.dense(ImmutableList.of(9), TrainingSettings.DEFAULT, 1, 1));

        assertThat(Experiment.of(variant).forecast(UserData.place()).warnings())
                .anyMatch(line -> line.startsWith("fine-tuning: training.epochs: 5 steps for each task"));
    }

    @Test
    void whatCannotBeDoneIsRefusedAtOnce() {
        assertThatThrownBy(() -> new Variant(TASKS, new L2(1), SETUP).named("a/b"))
                .hasMessageContaining("a/b");
        assertThatThrownBy(() -> new Variant(TASKS.withScenario(Scenario.DOMAIN), new PackNet(0.5, 0.5), SETUP))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("strategy packnet serves the scenarios [TASK], the tasks have DOMAIN");
        assertThatThrownBy(() -> Comparison.of("mine", List.of(), 1)).hasMessage("variants must not be empty");
        assertThatThrownBy(() -> Comparison.of("mine", List.of(new Variant(TASKS, new L2(1), SETUP)), 1, 1))
                .hasMessage("seeds must all be different, got [1, 1]");
    }

    @Test
    void settingsOfASingleRunNameItsPartsAsScriptsDo() {
        RunPlan plan = Experiment.of(TASKS, new L2(0.5), SETUP).plan();

        assertThat(plan.settings())
                .containsEntry("strategy", ImmutableMap.of("l2", ImmutableMap.of("lambda", 0.5)))
                .containsKeys("name", "data", "scenario", "network", "training", "seed", "threads", "report");
    }
}
