package sluice.framework.cli;

import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.List;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.ClassificationMetric;
import sluice.evaluation.ForgettingDefinition;
import sluice.evaluation.ForgettingMetric;
import sluice.evaluation.GeneratorMetric;
import sluice.evaluation.MeasuredMetric;
import sluice.evaluation.Reference;
import sluice.evaluation.RunMetrics;
import sluice.evaluation.StrategyColumn;
import sluice.evaluation.StrategyTable;
import sluice.framework.experiment.ComparedRun;
import sluice.framework.experiment.Comparison;
import sluice.framework.experiment.MetricCheck;
import sluice.framework.experiment.PlannedRun;
import sluice.framework.result.TrainingListener;

/** What a comparison prints as it goes: a line per run as it ends, and the table at the end. */
final class ComparisonProgress implements ComparisonOutput {
    private static final ImmutableList<StrategyColumn> OF_ACCURACIES = ImmutableList.of(
            StrategyColumn.mean("bwt", "BWT", 4),
            StrategyColumn.mean("learning_accuracy", "learning accuracy", 4),
            StrategyColumn.mean("intransigence", "intransigence", 4).whereMeasured(),
            StrategyColumn.mean("forgetting_ratio", "forgetting ratio", 4).whereMeasured(),
            StrategyColumn.mean("fwt_independent", "FWT (independent)", 4).whereMeasured());
    private static final ImmutableList<StrategyColumn> COSTS = ImmutableList.of(
            StrategyColumn.mean(MeasuredMetric.OCCUPANCY.key(), "occupancy", 3).whereMeasured(),
            StrategyColumn.median(MeasuredMetric.MS_PER_STEP.key(), "ms per step", 3),
            StrategyColumn.mean(MeasuredMetric.MACS_PER_STEP.key(), "multiply-adds per step", 0),
            StrategyColumn.mean(MeasuredMetric.MACS_SHARE.key(), "of dense", 3),
            StrategyColumn.mean(MeasuredMetric.MEMORY_BYTES.key(), "memory bytes", 0)
                    .whereMeasured(),
            StrategyColumn.mean(MeasuredMetric.TRAIN_SECONDS.key(), "train seconds", 1));

    private final Terminal terminal;
    private Comparison compared;
    private boolean generators;
    private int total;
    private int ended;
    private RunsBar bar;

    ComparisonProgress(Terminal terminal) {
        this.terminal = terminal;
    }

    /** What is shown of each variant of a network that generates. */
    private static final ImmutableList<StrategyColumn> OF_GENERATORS = ImmutableList.of(
            StrategyColumn.interval(MeasuredMetric.NLL.key(), "NLL", 3),
            StrategyColumn.mean(GeneratorMetric.ELBO.key(), "negative ELBO", 3),
            StrategyColumn.mean(GeneratorMetric.KL.key(), "KL", 3).whereMeasured(),
            StrategyColumn.mean(GeneratorMetric.ACTIVE_LATENTS.key(), "latents used", 1),
            StrategyColumn.mean(GeneratorMetric.CLASS_ACCURACY.key(), "class accuracy", 4)
                    .whereMeasured(),
            StrategyColumn.mean(GeneratorMetric.VALIDATION_NLL.key(), "NLL, validation", 3)
                    .whereMeasured(),
            StrategyColumn.median(MeasuredMetric.MS_PER_STEP.key(), "ms per step", 3),
            StrategyColumn.mean(MeasuredMetric.TRAIN_SECONDS.key(), "train seconds", 1),
            StrategyColumn.mean(MeasuredMetric.EVAL_SECONDS.key(), "evaluation seconds", 1));

    /** What is shown of each variant whose runs are of one task, of which nothing can be forgotten. */
    private static final ImmutableList<StrategyColumn> OF_ONE_TASK = ImmutableList.<StrategyColumn>builder()
            .add(StrategyColumn.interval(ForgettingMetric.ACC.key(), "accuracy", 4))
            .add(StrategyColumn.mean(ClassificationMetric.BALANCED_ACCURACY.key(), "balanced accuracy", 4))
            .add(StrategyColumn.mean(ClassificationMetric.MACRO_F1.key(), "macro F1", 4))
            .addAll(OF_ACCURACIES)
            .addAll(COSTS)
            .build();

    /** A comparison as text, by what its runs are. */
    static String table(List<ComparedRun> runs, Comparison comparison, int width) {
        ImmutableList<RunMetrics> finished = ComparedRun.metrics(runs);
        return new StrategyTable(
                        ComparedRun.byVariant(runs),
                        comparison.isOfGenerators() ? OF_GENERATORS : columns(finished, comparison.forgetting()))
                .text(width);
    }

    /** What is shown of runs that learned tasks, by what these are. */
    static ImmutableList<StrategyColumn> columns(List<RunMetrics> finished, ForgettingDefinition forgetting) {
        if (finished.stream().anyMatch(RunMetrics::areOfNumbers)) {
            return ErrorColumns.of(finished, forgetting, COSTS);
        }
        boolean oneTask = !finished.isEmpty() && finished.stream().allMatch(RunMetrics::areOfOneTask);
        return oneTask ? OF_ONE_TASK : columns(forgetting);
    }

    /** What is shown of each strategy, with forgetting by a definition. */
    static ImmutableList<StrategyColumn> columns(ForgettingDefinition forgetting) {
        return ImmutableList.<StrategyColumn>builder()
                .add(StrategyColumn.interval("acc", "ACC", 4))
                .add(StrategyColumn.mean(forgetting.key(), "forgetting (%s)".formatted(forgetting.word()), 4))
                .addAll(OF_ACCURACIES)
                .addAll(COSTS)
                .build();
    }

    @Override
    public void started(Comparison comparison) {
        compared = comparison;
        generators = comparison.isOfGenerators();
        total = comparison.runs().size();
        bar = new RunsBar(terminal, total);
        String description = comparison.description().isEmpty() ? "" : ": " + comparison.description();
        terminal.out().println(comparison.name() + ", " + total + " runs" + description);
        terminal.out().println("  variants  " + Joiner.on(", ").join(comparison.variants()));
        terminal.out().println("  threads   %d, runs at once %d".formatted(comparison.threads(), comparison.atOnce()));
    }

    @Override
    public void warning(String line) {
        terminal.err().println("sluice: warning: " + line);
    }

    @Override
    public void runReused(ComparedRun.Finished run) {
        ended++;
        bar.leaveOut();
        terminal.out()
                .println("[%d/%d] %s: finished before: %s"
                        .formatted(ended, total, name(run.variant(), run.seed()), line(run)));
    }

    @Override
    public void runRepeated(ComparedRun.Failed run) {
        terminal.out()
                .println("      %s failed before and is run again: %s"
                        .formatted(name(run.variant(), run.seed()), run.reason()));
    }

    @Override
    public TrainingListener runStarted(PlannedRun run) {
        return new RunProgress(name(run.variant(), run.seed()));
    }

    @Override
    public void runEnded(ComparedRun run) {
        ended++;
        bar.line(terminal.out(), "[%d/%d] %s: %s".formatted(ended, total, name(run.variant(), run.seed()), line(run)));
    }

    private static String name(String variant, long seed) {
        return variant + " seed " + seed;
    }

    private String line(ComparedRun run) {
        if (run instanceof ComparedRun.Failed failed) {
            return "failed: " + failed.reason();
        }
        RunMetrics metrics = ((ComparedRun.Finished) run).metrics();
        if (generators) {
            return RunLine.ofGenerator(metrics);
        }
        return RunLine.of(metrics, compared.forgetting());
    }

    @Override
    public void finished(List<ComparedRun> runs, List<MetricCheck.Result> checks, List<Path> files) {
        bar.complete();
        print(runs, files);
        Checks.printPassed(checks, terminal.out());
    }

    @Override
    public void interrupted(List<ComparedRun> runs, List<Path> files, boolean goesOn) {
        close();
        terminal.out().println();
        terminal.out().println("stopped: %d of %d runs done".formatted(runs.size(), total));
        if (!runs.isEmpty()) {
            print(runs, files);
        }
        if (goesOn) {
            terminal.out().println("run the same again to go on from here");
        } else if (!runs.isEmpty()) {
            terminal.out().println("run the same again to go on with what is missing");
        }
    }

    private void print(List<ComparedRun> runs, List<Path> files) {
        terminal.out().println();
        terminal.say(table(runs, compared, terminal.columns()));
        terminal.out().println("written");
        files.forEach(file -> terminal.out().println("  " + file));
        terminal.out().println("  and a folder per run beside them");
    }

    /** Ends the bar, well or badly. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }

    /** What one run adds to the bar of all. */
    private final class RunProgress implements TrainingListener {
        private final String name;
        private int tasks;
        private long done;
        private long expected;
        private StepProgress progress = new StepProgress(0);

        RunProgress(String name) {
            this.name = name;
        }

        @Override
        public void rowEvaluated(AccuracyMatrix matrix, int afterTask) {
            tasks = matrix.tasks().size();
        }

        @Override
        public void taskStarted(String task, int position, long stepsOfTask) {
            progress = generators ? StepProgress.ofBounds(stepsOfTask) : new StepProgress(stepsOfTask);
            // tasks differ in size: what is left is guessed from the task at hand
            long now = done + stepsOfTask * Math.max(1, tasks - position + 1);
            if (expected == 0) {
                bar.begin(now);
            } else {
                bar.correct(now - expected);
            }
            expected = now;
        }

        @Override
        public void stepDone(int epoch, double loss, double accuracy) {
            done++;
            progress.step(epoch, loss, Double.NaN);
            bar.step(name, progress);
        }

        @Override
        public void resumed(String place, long steps) {
            bar.line(terminal.out(), "      %s: goes on from the checkpoint of %s".formatted(name, place));
            done += steps;
            bar.correct(-steps);
        }

        @Override
        public void referenceStarted(Reference reference, long steps) {
            bar.line(
                    terminal.out(),
                    "      %s: training reference %s, %d steps".formatted(name, reference.word(), steps));
            bar.beginShared(steps);
        }

        @Override
        public void referenceStepDone() {
            bar.step();
        }

        @Override
        public void warning(String message) {
            bar.line(terminal.err(), "sluice: warning: " + name + ": " + message);
        }
    }
}
