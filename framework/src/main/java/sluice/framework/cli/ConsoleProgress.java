package sluice.framework.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.AccuracyTable;
import sluice.evaluation.Reference;
import sluice.framework.BudgetKept;
import sluice.framework.ContinualResult;
import sluice.framework.GatedNetwork;
import sluice.framework.Hardening;
import sluice.framework.StrategyResult;
import sluice.framework.TaskSummary;
import sluice.framework.TasklessResult;
import sluice.framework.TrainingListener;
import sluice.framework.TrainingResult;
import sluice.framework.experiment.Experiment;
import sluice.gating.ConsolidatedSubnetworks;
import sluice.tasks.script.ReportSettings;
import sluice.tasks.script.TaskSequenceScript;

/** What a run prints as it goes: settings, a bar per task on a terminal or a plain line elsewhere, rows, the report. */
final class ConsoleProgress implements TrainingListener, AutoCloseable {
    /** A width of its own: asking the terminal for one takes over the handling of Ctrl-C. */
    static final int BAR_WIDTH = 79;

    /** Tasks of which the whole matrix is shown; the files have those of longer sequences. */
    private static final int MOST_SHOWN = 20;

    private final Terminal terminal;
    private final PrintStream out;
    private int tasks;
    private ProgressBar bar;
    private long unchanged;

    ConsoleProgress(Terminal terminal) {
        this.terminal = terminal;
        this.out = terminal.out();
    }

    void settings(Experiment experiment) {
        TaskSequenceScript script = experiment.script();
        String description = script.description().isEmpty() ? "" : ": " + script.description();
        out.println(script.name() + ", seed " + script.seed() + description);
        out.printf(
                "  data      %s%n", line(script.data().set(), script.settings().get("data"), "set"));
        if (!script.data().isDivided()) {
            out.printf("  split     %s%n", line("", script.settings().get("split"), ""));
        }
        boolean network =
                !experiment.taskless() || !script.report().references().isEmpty();
        if (network) {
            out.printf("  network   %s%n", line("", script.settings().get("network"), ""));
        }
        out.printf("  scenario  %s%n", script.settings().get("scenario"));
        out.printf("  strategy  %s%n", script.settings().get("strategy"));
        if (experiment.gated()) {
            out.printf("  gates     %s%n", line("", script.settings().get("gates"), ""));
        }
        if (experiment.taskless()) {
            out.printf("  inference %s%n", line("", script.settings().get("inference"), ""));
        }
        if (network) {
            out.printf("  training  %s%n", line("", script.settings().get("training"), ""));
        }
        if (!script.report().equals(ReportSettings.USUAL)) {
            out.printf("  report    %s%n", line("", script.settings().get("report"), ""));
        }
    }

    private static String line(String first, Object settings, String without) {
        String rest = ((Map<?, ?>) settings)
                .entrySet().stream()
                        .filter(entry -> !entry.getKey().equals(without))
                        .map(entry -> entry.getKey() + " " + flow(entry.getValue()))
                        .collect(Collectors.joining(", "));
        return first.isEmpty() ? rest : rest.isEmpty() ? first : first + ", " + rest;
    }

    /** A value as a script would have it on one line. */
    private static String flow(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + flow(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(ConsoleProgress::flow).collect(Collectors.joining(", ", "[", "]"));
        }
        return String.valueOf(value);
    }

    @Override
    public void rowEvaluated(AccuracyMatrix matrix, int afterTask) {
        tasks = matrix.tasks().size();
        out.println(tasks <= MOST_SHOWN ? AccuracyTable.of(matrix).row(afterTask) : shortRow(matrix, afterTask));
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
        out.println("  hidden layers widened from " + before + " to " + now);
    }

    @Override
    public void taskStarted(String task, int position, long steps) {
        begin("task %d/%d (%s)".formatted(position, tasks, task), steps);
    }

    private void begin(String label, long steps) {
        if (!terminal.interactive()) {
            out.println(label + ": " + steps + " steps");
            return;
        }
        bar = bar(new ConsoleProgressBarConsumer(out, BAR_WIDTH), label, steps);
    }

    static ProgressBar bar(ProgressBarConsumer consumer, String label, long steps) {
        return new ProgressBarBuilder()
                .setTaskName(label)
                .setInitialMax(steps)
                .setUnit(" steps", 1)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .setConsumer(consumer)
                .build();
    }

    @Override
    public void stepDone(int epoch, double loss, double accuracy) {
        stepDone();
    }

    private void stepDone() {
        if (bar != null) {
            bar.step();
        }
    }

    @Override
    public void taskConsolidated(TaskSummary summary) {
        close();
        unchanged = summary.unchanged();
        String what = summary.digest().isEmpty()
                ? String.format(Locale.ROOT, "learned in %.1f s", summary.seconds())
                : String.format(
                        Locale.ROOT, "consolidated in %.1f s: open units %s", summary.seconds(), summary.openUnits());
        out.printf(
                Locale.ROOT,
                "  %s %s%s%s%n",
                summary.task(),
                what,
                summary.hardening().map(ConsoleProgress::text).orElse(""),
                unchanged == 0
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "; earlier tasks unchanged: every frozen parameter, %,d logits",
                                unchanged));
    }

    private static String text(Hardening hardening) {
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
        stepDone();
    }

    @Override
    public void referenceEnded(Reference reference) {
        close();
    }

    @Override
    public void warning(String message) {
        terminal.err().println("sluice: warning: " + message);
    }

    void results(Experiment.Outcome outcome) {
        TrainingResult result = outcome.training();
        out.println();
        out.println(
                tasks <= MOST_SHOWN
                        ? outcome.report().render()
                        : outcome.report().renderMetrics());
        if (result instanceof ContinualResult gated) {
            retention();
            occupancy(gated.network());
            capacity(gated);
        }
        if (result instanceof TasklessResult taskless) {
            taskless(taskless);
        }
        if (result instanceof StrategyResult plain) {
            out.printf(
                    Locale.ROOT,
                    "memory            %,d bytes kept beside the network's parameters%n",
                    plain.memoryBytes());
        }
        out.printf(
                Locale.ROOT,
                "multiply-adds     %.3g of %.3g dense (%.1f %%)%n",
                (double) result.multiplyAdds(),
                (double) result.denseMultiplyAdds(),
                100.0 * result.multiplyAdds() / result.denseMultiplyAdds());
        out.printf(
                Locale.ROOT,
                "seconds           %.1f training (%.3f ms per step), %.1f in all%n",
                result.trainSeconds(),
                result.millisecondsPerStep(),
                outcome.total().toNanos() / 1e9);
        out.printf(
                Locale.ROOT,
                "evaluation        %.1f s, %.1f %% of training and evaluation%n",
                result.evaluationSeconds(),
                100 * result.evaluationShare());
    }

    private void retention() {
        out.printf(
                Locale.ROOT,
                "exact retention   %s%n",
                unchanged == 0
                        ? "undefined because there is only one task"
                        : String.format(
                                Locale.ROOT,
                                "yes: every frozen parameter, and %,d logits of earlier tasks, bit for bit",
                                unchanged));
    }

    private void taskless(TasklessResult result) {
        Map<String, Double> figures = result.figures();
        out.printf(
                Locale.ROOT,
                "open features     %.0f of %.0f groups: a prediction takes %.3g multiply-adds of %.3g%n",
                figures.get("filters_open"),
                figures.get("filters"),
                figures.get("macs_prediction"),
                figures.get("macs_prediction_all_open"));
        out.printf(
                Locale.ROOT,
                "probabilities     calibration error %.4f, negative log-likelihood %.4f; %.4f answered%s%n",
                figures.get("ece"),
                figures.get("nll"),
                figures.get("answered"),
                figures.containsKey("answered_accuracy")
                        ? String.format(Locale.ROOT, ", %.4f of them right", figures.get("answered_accuracy"))
                        : "");
        out.printf(Locale.ROOT, "memory            %,d bytes of sums, no example%n", result.memoryBytes());
    }

    private void occupancy(GatedNetwork network) {
        ConsolidatedSubnetworks consolidated = network.consolidated();
        for (int layer = 0; layer < network.hidden().size(); layer++) {
            out.printf(
                    Locale.ROOT,
                    "occupancy layer %d %.3f (%d of %d units)%n",
                    layer + 1,
                    consolidated.occupancy(layer),
                    consolidated.used(layer).size(),
                    network.hidden().get(layer));
        }
    }

    private void capacity(ContinualResult gated) {
        OptionalInt more = gated.network().capacity().moreTasks();
        out.printf(
                "room              %s%n",
                more.isEmpty()
                        ? "undefined because the last tasks took no new unit"
                        : String.format(
                                Locale.ROOT,
                                "%,d more tasks that take as many new units as the last three",
                                more.getAsInt()));
        out.printf(
                Locale.ROOT,
                "memory            %,d bytes of heads and subnetworks kept beside the network's parameters%n",
                gated.network().taskBytes());
        gated.tasks().stream()
                .flatMap(task -> task.capacity().stream())
                .flatMap(layer -> layer.budget().stream())
                .max(Comparator.comparingDouble(kept -> kept.expectedShare() - kept.share()))
                .ifPresent(this::budget);
        out.println(CapacityTable.text(gated.tasks()));
    }

    private void budget(BudgetKept worst) {
        out.printf(
                Locale.ROOT,
                "budget            %.3f of a layer: never exceeded; expected share at most %.3f, %d open units closed there%n",
                worst.share(),
                worst.expectedShare(),
                worst.closedUnits());
    }

    void files(List<Path> files) {
        out.println("written");
        files.forEach(file -> out.println("  " + file));
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
