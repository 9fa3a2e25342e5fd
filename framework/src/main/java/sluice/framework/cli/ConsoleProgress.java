package sluice.framework.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.AccuracyTable;
import sluice.evaluation.Reference;
import sluice.evaluation.regression.RegressionMatrix;
import sluice.framework.experiment.Experiment;
import sluice.framework.experiment.GeneratorExperiment;
import sluice.framework.experiment.GeneratorOutcome;
import sluice.framework.experiment.MetricCheck;
import sluice.framework.experiment.Outcome;
import sluice.framework.experiment.RunStoppedException;
import sluice.framework.result.Binarisation;
import sluice.framework.result.ChosenPass;
import sluice.framework.result.TaskSummary;

/** What a run prints as it goes: settings, a bar per task on a terminal or a plain line elsewhere, rows, the report. */
final class ConsoleProgress implements RunOutput {
    /** Tasks of which the whole matrix is shown; the files have those of longer sequences. */
    static final int MOST_SHOWN = 20;

    private final Terminal terminal;
    private final PrintStream out;
    private int tasks;
    private int learned;
    private int evaluated;
    private boolean numbers;
    private String label = "";
    private ProgressBar bar;
    private StepProgress progress;

    ConsoleProgress(Terminal terminal) {
        this.terminal = terminal;
        this.out = terminal.out();
    }

    @Override
    public void started(Experiment experiment) {
        new RunSettings(terminal).print(experiment);
    }

    @Override
    public void started(GeneratorExperiment experiment) {
        new RunSettings(terminal).print(experiment);
        label = "generator";
    }

    @Override
    public void errorsEvaluated(RegressionMatrix errors, int afterTask) {
        numbers = true;
        terminal.say(new ErrorRows(errors).line(afterTask));
    }

    @Override
    public void rowEvaluated(AccuracyMatrix matrix, int afterTask) {
        learned = afterTask;
        tasks = matrix.tasks().size();
        if (numbers) {
            return;
        }
        terminal.say(tasks <= MOST_SHOWN ? AccuracyTable.of(matrix).row(afterTask) : shortRow(matrix, afterTask));
    }

    /** Of many tasks, the last one learned and the mean of what is measured. */
    private static String shortRow(AccuracyMatrix matrix, int afterTask) {
        OptionalDouble mean = IntStream.rangeClosed(1, matrix.tasks().size())
                .mapToObj(j -> matrix.cell(afterTask, j))
                .flatMap(Optional::stream)
                .mapToDouble(AccuracyMatrix.Cell::accuracy)
                .average();
        String measured =
                mean.isEmpty() ? "" : String.format(Locale.ROOT, ", mean of the row %.4f", mean.getAsDouble());
        return afterTask == 0
                ? "untrained" + measured
                : "after " + afterTask + ": "
                        + matrix.accuracy(afterTask, afterTask).text() + measured;
    }

    @Override
    public void networkGrown(List<Integer> before, List<Integer> now) {
        terminal.say("  hidden layers widened from " + before + " to " + now);
    }

    @Override
    public void taskStarted(String task, int position, long steps) {
        begin(label.isEmpty() ? "task %d/%d (%s)".formatted(position, tasks, task) : label, steps);
    }

    private void begin(String name, long steps) {
        begin(name, steps, "steps");
    }

    private void begin(String name, long count, String what) {
        if (!terminal.interactive()) {
            out.println(name + ": " + count + " " + what);
            return;
        }
        progress = label.isEmpty() ? new StepProgress(count) : StepProgress.ofBounds(count);
        bar = bar(new ConsoleProgressBarConsumer(out, terminal.width()), name, count);
    }

    static ProgressBar bar(ProgressBarConsumer consumer, String label, long steps) {
        return new ProgressBarBuilder()
                .setTaskName(label)
                .setInitialMax(steps)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .setConsumer(consumer)
                .build();
    }

    @Override
    public void stepDone(int epoch, double loss, double accuracy) {
        if (bar != null) {
            progress.step(epoch, loss, accuracy);
            bar.setExtraMessage(progress.text());
            bar.step();
        }
    }

    @Override
    public void imagesEvaluated(int begun, int all) {
        if (begun <= evaluated || evaluated == 0) {
            close();
            begin("bounds", all, "images");
        }
        evaluated = begun;
        if (bar != null) {
            bar.stepTo(begun);
        }
    }

    @Override
    public void taskConsolidated(TaskSummary summary) {
        close();
        long unchanged = summary.unchanged();
        String what = summary.digest().isEmpty()
                ? String.format(Locale.ROOT, "learned in %.1f s", summary.seconds())
                : String.format(
                        Locale.ROOT, "consolidated in %.1f s: open units %s", summary.seconds(), summary.openUnits());
        terminal.say(
                "  %s %s%s%s%s",
                summary.task(),
                what,
                summary.chosen().map(ConsoleProgress::text).orElse(""),
                summary.hardening().map(ConsoleProgress::text).orElse(""),
                unchanged == 0
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "; earlier tasks unchanged: every frozen parameter, %,d logits",
                                unchanged));
    }

    private static String text(ChosenPass chosen) {
        String kept = String.format(Locale.ROOT, "; pass %d of %d kept, ", chosen.pass(), chosen.trained());
        int examples = chosen.score().examples();
        OptionalDouble accuracy = chosen.score().accuracy();
        return kept
                + (accuracy.isPresent()
                        ? String.format(
                                Locale.ROOT,
                                "which answers %.4f of %,d held-out examples",
                                accuracy.getAsDouble(),
                                examples)
                        : String.format(
                                Locale.ROOT,
                                "whose error on %,d held-out examples is %.4f of the deviation that targets are scaled by",
                                examples,
                                Math.sqrt(chosen.score().loss())));
    }

    private static String text(Binarisation hardening) {
        return String.format(
                Locale.ROOT,
                "; accuracy with relaxed gates %.4f, with binary ones %.4f",
                hardening.relaxedAccuracy(),
                hardening.binaryAccuracy());
    }

    @Override
    public void referenceStarted(Reference reference, long steps) {
        begin("training reference " + reference.word(), steps);
    }

    @Override
    public void referenceStepDone() {
        if (bar != null) {
            bar.step();
        }
    }

    @Override
    public void referenceEnded(Reference reference) {
        close();
    }

    @Override
    public void warning(String message) {
        terminal.err().println("sluice: warning: " + message);
    }

    @Override
    public void results(Outcome outcome, List<MetricCheck.Result> checks) {
        new RunReport(terminal).print(outcome);
        Checks.printPassed(checks, out);
    }

    @Override
    public void results(GeneratorOutcome outcome, List<MetricCheck.Result> checks) {
        close();
        new GeneratorReport(terminal).print(outcome);
        Checks.printPassed(checks, out);
    }

    @Override
    public void interrupted(GeneratorExperiment experiment, boolean goesOn) {
        close();
        out.println();
        out.println("stopped: no results are written");
        out.println("run the same again to " + (goesOn ? "go on from here" : "start anew"));
    }

    @Override
    public void interrupted(Experiment experiment, RunStoppedException stopped, List<Path> files, boolean goesOn) {
        close();
        out.println();
        out.println("stopped: %d of %d tasks learned".formatted(learned, tasks));
        files(files);
        out.println("run the same again to " + (goesOn ? "go on from here" : "start anew"));
    }

    @Override
    public void resumed(String place, long steps) {
        terminal.say("goes on from the checkpoint of " + place);
        if (bar != null) {
            bar.stepTo(steps);
        }
    }

    @Override
    public void files(List<Path> files) {
        if (!files.isEmpty()) {
            out.println("written");
            files.forEach(file -> out.println("  " + file));
        }
    }

    /** Ends the bar of a task, well or badly. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
