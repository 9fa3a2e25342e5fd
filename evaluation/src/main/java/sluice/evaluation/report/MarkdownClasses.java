package sluice.evaluation.report;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import sluice.evaluation.ClassificationReport;
import sluice.evaluation.Figures;
import sluice.evaluation.run.ConfusionCount;

/** How well one run tells each class apart, in the short report: all classes, or where they are many those told apart worst. */
record MarkdownClasses(ReportRun run, boolean isOnly) {
    private static final int MOST = 20;

    private record Line(String task, ClassificationReport.OfClass figures) {}

    /** The table below its heading; no lines where it is not known what was answered. */
    ImmutableList<String> lines() {
        ImmutableList<Line> all = ConfusionCount.reports(run.details().confusion()).entrySet().stream()
                .flatMap(task -> task.getValue().classes().stream().map(each -> new Line(task.getKey(), each)))
                .collect(toImmutableList());
        if (all.isEmpty()) {
            return ImmutableList.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("### Classes: " + MarkdownReport.name(run.strategy()) + (isOnly ? "" : ", seed " + run.seed()));
        lines.add("");
        lines.add("What is answered to each task's own test rows after the last task."
                + (all.size() > MOST
                        ? String.format(
                                Locale.ROOT,
                                " Shown: the %d of %,d classes with the least F1; confusion.csv has all.",
                                MOST,
                                all.size())
                        : ""));
        lines.add("");
        lines.add(MarkdownReport.row("task", "class", Stream.of("precision", "recall", "F1", "rows")));
        lines.add(MarkdownReport.row("---", "---", Stream.of("---:", "---:", "---:", "---:")));
        shown(all).forEach(line -> lines.add(text(line)));
        return ImmutableList.copyOf(lines);
    }

    private static List<Line> shown(List<Line> all) {
        return all.size() <= MOST
                ? all
                : all.stream()
                        .sorted(Comparator.comparingDouble(
                                line -> line.figures().f1()))
                        .limit(MOST)
                        .toList();
    }

    private static String text(Line line) {
        ClassificationReport.OfClass figures = line.figures();
        return MarkdownReport.row(
                MarkdownReport.name(line.task()),
                MarkdownReport.name(figures.name()),
                Stream.of(
                        figures.precision().isPresent()
                                ? Figures.fourDecimals(figures.precision().getAsDouble())
                                : "-",
                        Figures.fourDecimals(figures.recall()),
                        Figures.fourDecimals(figures.f1()),
                        String.format(Locale.ROOT, "%,d", figures.support())));
    }
}
