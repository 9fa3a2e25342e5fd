package sluice.evaluation.report;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import sluice.evaluation.Figures;
import sluice.evaluation.MetricValue;
import sluice.evaluation.Printable;
import sluice.evaluation.SampleSummary;
import sluice.evaluation.StrategyRuns;

/** The report for pull requests and notebooks: verdict, headline, strategies, matrices. */
record MarkdownReport(ReportData data, String title) {
    private static final int NAME_LENGTH = 60;
    private static final int MATRICES = 4;
    private static final int WIDEST = 20;
    /** What rounding leaves of means of equal numbers. */
    private static final double ROUNDING = 1e-12;

    String text() {
        List<String> lines = new ArrayList<>();
        lines.add("# " + name(title));
        lines.add("");
        RetentionVerdict.of(data).forEach(verdict -> lines.add("- " + escaped(verdict)));
        data.failed()
                .forEach(run -> lines.add("- failed: " + name(run.strategy()) + ", seed " + run.seed() + ": "
                        + escaped(Printable.of(run.reason()))));
        data.unfinished().ifPresent(unfinished -> lines.add("- " + escaped(unfinished)));
        lines.add("");
        headline(lines);
        matrices(lines);
        return String.join("\n", lines) + "\n";
    }

    private void headline(List<String> lines) {
        ImmutableList<HeadlineMetric> shown = HeadlineMetric.of(data).stream()
                .filter(metric -> data.strategies().stream()
                        .anyMatch(s -> s.summary(metric.key()).n() > 0))
                .collect(toImmutableList());
        lines.add(row("strategy", "runs", shown.stream().map(HeadlineMetric::title)));
        lines.add(row("---", "---:", shown.stream().map(metric -> "---:")));
        for (StrategyRuns strategy : data.strategies()) {
            lines.add(row(
                    name(strategy.strategy()),
                    Integer.toString(strategy.finished().size()),
                    shown.stream().map(metric -> text(metric, strategy.summary(metric.key())))));
        }
        lines.add("");
        lines.add("Means over seeds, ± half the 95 % interval (Student's t). "
                + shown.stream()
                        .map(metric -> escaped(metric.title() + ": " + metric.definition()))
                        .collect(Collectors.joining("; "))
                + ".");
    }

    private static String row(String first, String second, Stream<String> cells) {
        return "| " + first + " | " + second + " | " + cells.collect(Collectors.joining(" | ")) + " |";
    }

    private static String text(HeadlineMetric metric, SampleSummary summary) {
        if (!(summary.mean() instanceof MetricValue.Defined mean)) {
            return "-";
        }
        String spread = summary.halfWidth() instanceof MetricValue.Defined half
                ? " ± " + figure(metric.format(), half.value())
                : "";
        return figure(metric.format(), mean.value()) + spread;
    }

    private static String figure(HeadlineMetric.Format format, double value) {
        return switch (format) {
            case ACCURACY -> Figures.fourDecimals(Math.abs(value) < ROUNDING ? 0 : value);
            case SHARE -> String.format(Locale.ROOT, "%.1f %%", 100 * value);
            case SECONDS -> Figures.grouped(value, 1) + " s";
            case COUNT -> Figures.grouped(value, 0);
        };
    }

    private void matrices(List<String> lines) {
        if (data.tasks().size() > WIDEST) {
            return;
        }
        for (StrategyRuns strategy : data.strategies().stream().limit(MATRICES).toList()) {
            List<ReportRun> runs = data.runs().stream()
                    .filter(run -> run.strategy().equals(strategy.strategy()))
                    .toList();
            if (runs.isEmpty()) {
                continue;
            }
            lines.add("");
            lines.add("### Accuracy: " + name(strategy.strategy()) + (runs.size() > 1 ? ", mean over seeds" : ""));
            lines.add("");
            matrix(lines, runs);
        }
    }

    private void matrix(List<String> lines, List<ReportRun> runs) {
        int last = data.tasks().size();
        lines.add("| after | " + data.tasks().stream().map(MarkdownReport::name).collect(Collectors.joining(" | "))
                + " |");
        lines.add("| --- |" + " ---: |".repeat(last));
        for (int i = 0; i <= last; i++) {
            int row = i;
            List<String> cells = IntStream.rangeClosed(1, last)
                    .mapToObj(j -> SampleSummary.of(runs.stream()
                            .map(run -> run.matrix().accuracy(row, j))
                            .toList()))
                    .map(summary -> summary.mean() instanceof MetricValue.Defined mean
                            ? Figures.fourDecimals(mean.value())
                            : "-")
                    .toList();
            if (cells.stream().anyMatch(cell -> !cell.equals("-"))) {
                String label =
                        i == 0 ? "untrained" : i + ": " + name(data.tasks().get(i - 1));
                lines.add("| " + label + " | " + String.join(" | ", cells) + " |");
            }
        }
    }

    /** A name as one line of text in which nothing is markup. */
    static String name(String name) {
        return escaped(Printable.abbreviated(name, NAME_LENGTH));
    }

    private static String escaped(String text) {
        return text.replaceAll("[\\\\`*_{}\\[\\]<>#+!|~$&]", "\\\\$0");
    }
}
