package sluice.evaluation.report;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import sluice.evaluation.Figures;
import sluice.evaluation.run.TaskRecord;

/** Which passes over the training examples one run kept, in the short report. */
final class MarkdownPasses {
    private static final int MOST = 20;

    private MarkdownPasses() {}

    /** The table below its heading; no lines where nothing was held out. */
    static ImmutableList<String> lines(ReportRun run) {
        List<TaskRecord> tasks = run.details().provenance().stream()
                .flatMap(file -> file.record().tasks().stream())
                .filter(task -> task.validation().isPresent())
                .toList();
        if (tasks.isEmpty()) {
            return ImmutableList.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("### Passes kept: " + MarkdownReport.name(run.strategy()) + ", seed " + run.seed());
        lines.add("");
        lines.add("Held-out training examples chose them; test examples had no part in it."
                + (tasks.size() > MOST ? " Shown: the first " + MOST + " tasks; run.json has all." : ""));
        lines.add("");
        boolean numbers = tasks.get(0).validation().orElseThrow().accuracy().isEmpty();
        lines.add(MarkdownReport.row(
                "task",
                "kept",
                Stream.of(
                        "trained",
                        "at the most",
                        numbers ? "held-out RMSE in deviations that targets are scaled by" : "held-out accuracy",
                        "held out")));
        lines.add(MarkdownReport.row("---", "---:", Stream.of("---:", "---:", "---:", "---:")));
        tasks.stream()
                .limit(MOST)
                .forEach(task -> lines.add(line(task.task(), task.validation().orElseThrow())));
        return ImmutableList.copyOf(lines);
    }

    private static String line(String task, TaskRecord.Validation chosen) {
        return MarkdownReport.row(
                MarkdownReport.name(task),
                Integer.toString(chosen.pass()),
                Stream.of(
                        Integer.toString(chosen.trained()),
                        Integer.toString(chosen.most()),
                        chosen.accuracy().isPresent()
                                ? Figures.fourDecimals(chosen.accuracy().getAsDouble())
                                : Figures.fourDecimals(Math.sqrt(chosen.loss())),
                        Integer.toString(chosen.examples())));
    }
}
