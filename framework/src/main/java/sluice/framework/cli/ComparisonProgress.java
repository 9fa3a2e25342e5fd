package sluice.framework.cli;

import com.google.common.base.Joiner;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import me.tongfei.progressbar.ProgressBar;
import sluice.evaluation.AccuracyMatrix;
import sluice.framework.TrainingListener;
import sluice.framework.experiment.ComparedRun;
import sluice.framework.experiment.ComparisonListener;
import sluice.framework.experiment.VariantSummary;
import sluice.tasks.script.ComparisonScript;

/** What a comparison prints as it goes: a line per run, with a bar before it on a terminal, and the table at the end. */
final class ComparisonProgress implements ComparisonListener, AutoCloseable {
    private static final String ACCURACY = "0.####";

    private final Terminal terminal;
    private int total;
    private String label = "";
    private Bar bar;

    ComparisonProgress(Terminal terminal) {
        this.terminal = terminal;
    }

    void started(ComparisonScript script) {
        total = script.runs().size();
        String description = script.description().isEmpty() ? "" : ": " + script.description();
        terminal.out().println(script.name() + ", " + total + " runs" + description);
        terminal.out().println("  variants  " + Joiner.on(", ").join(script.variants()));
    }

    @Override
    public void warning(String line) {
        terminal.err().println("sluice: warning: " + line);
    }

    @Override
    public TrainingListener runStarted(ComparisonScript.Run run, int position) {
        label = "[%d/%d] %s seed %d".formatted(position, total, run.variant(), run.seed());
        bar = new Bar(label);
        return bar;
    }

    @Override
    public void runEnded(ComparedRun run) {
        close();
        terminal.out().println(label + ": " + line(run));
    }

    private static String line(ComparedRun run) {
        if (run instanceof ComparedRun.Failed failed) {
            return "failed: " + failed.reason();
        }
        ComparedRun.Finished finished = (ComparedRun.Finished) run;
        return "ACC %s, forgetting %s, %s ms per step"
                .formatted(
                        figure(ACCURACY, number(finished, "acc")),
                        figure(ACCURACY, number(finished, "forgetting")),
                        figure("0.00", number(finished, "ms_per_step")));
    }

    private static OptionalDouble number(ComparedRun.Finished run, String metric) {
        return run.metrics().values().get(metric).number();
    }

    /**
     * Prints the table, and why runs failed.
     *
     * @return whether none did
     */
    boolean results(List<ComparedRun> runs) {
        FigureTable table = new FigureTable(
                "variant",
                "runs",
                "ACC",
                "least ACC",
                "forgetting",
                "occupancy",
                "ms per step",
                "multiply-adds per step",
                "of dense",
                "train seconds");
        for (VariantSummary variant : VariantSummary.of(runs)) {
            OptionalDouble done = variant.mean("macs_per_step");
            OptionalDouble dense = variant.mean("macs_dense_per_step");
            table.add(
                    variant.variant(),
                    count(variant),
                    figure("0.0000", variant.mean("acc")),
                    figure("0.0000", variant.least("acc")),
                    figure("0.0000", variant.mean("forgetting")),
                    figure("0.000", variant.mean("occupancy")),
                    figure("0.000", variant.median("ms_per_step")),
                    figure("#,##0", done),
                    done.isPresent() && dense.isPresent()
                            ? figure("0.0 %", OptionalDouble.of(done.getAsDouble() / dense.getAsDouble()))
                            : "-",
                    figure("0.0", variant.mean("train_seconds")));
        }
        terminal.out().println();
        terminal.out().println(table.text());
        terminal.out().println("Over seeds: ms per step is the median, least ACC the least, the others are means.");
        List<ComparedRun.Failed> failures = runs.stream()
                .filter(ComparedRun.Failed.class::isInstance)
                .map(ComparedRun.Failed.class::cast)
                .toList();
        failures.forEach(failed -> terminal.err()
                .println("sluice: %s seed %d failed: %s".formatted(failed.variant(), failed.seed(), failed.reason())));
        return failures.isEmpty();
    }

    private static String count(VariantSummary variant) {
        int failed = variant.runs().size() - variant.finished();
        return failed == 0 ? "" + variant.finished() : variant.finished() + ", " + failed + " failed";
    }

    private static String figure(String pattern, OptionalDouble number) {
        return number.isPresent()
                ? new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT)).format(number.getAsDouble())
                : "-";
    }

    void file(Path file) {
        terminal.out().println("written");
        terminal.out().println("  " + file + ", and a folder per run beside it");
    }

    /** Ends the bar of a run, well or badly. */
    @Override
    public void close() {
        if (bar != null) {
            bar.end();
            bar = null;
        }
    }

    /** A run's steps, over all tasks, in one bar; no bar where nobody watches. */
    private final class Bar implements TrainingListener {
        private final String label;
        private int tasks;
        private ProgressBar steps;

        Bar(String label) {
            this.label = label;
        }

        @Override
        public void rowEvaluated(AccuracyMatrix matrix, int afterTask) {
            tasks = matrix.tasks().size();
        }

        @Override
        public void taskStarted(String task, int position, long stepsOfTask) {
            if (!terminal.interactive()) {
                return;
            }
            if (steps == null) {
                steps = ConsoleProgress.bar(terminal.out(), label, stepsOfTask * tasks);
            } else {
                // tasks differ in size: what is left is guessed from the task at hand
                steps.maxHint(steps.getCurrent() + stepsOfTask * (tasks - position + 1));
            }
        }

        @Override
        public void stepDone(int epoch, double loss) {
            if (steps != null) {
                steps.step();
            }
        }

        @Override
        public void warning(String message) {
            terminal.err().println("sluice: warning: " + label + ": " + message);
        }

        void end() {
            if (steps != null) {
                steps.close();
            }
        }
    }
}
