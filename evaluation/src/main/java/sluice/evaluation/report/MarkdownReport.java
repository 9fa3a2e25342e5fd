package sluice.evaluation.report;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.Multimaps;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sluice.evaluation.Figures;
import sluice.evaluation.Metric;
import sluice.evaluation.MetricValue;
import sluice.evaluation.Printable;
import sluice.evaluation.SampleSummary;
import sluice.evaluation.StrategyRuns;

/** The report for pull requests and notebooks: verdict, headline, strategies, matrices, classes. */
record MarkdownReport(ReportData data, String title) {
    private static final int NAME_LENGTH = 60;
    private static final int MATRICES = 4;
    private static final int WIDEST = 20;
    private static final int STRATEGIES = 100;
    private static final int FAILURES = 20;
    /** What rounding leaves of means of equal numbers. */
    private static final double ROUNDING = 1e-12;

    String text() {
        List<String> lines = new ArrayList<>();
        lines.add("# " + name(title));
        lines.add("");
        RetentionVerdict.of(data).forEach(verdict -> lines.add("- " + escaped(verdict)));
        data.failed().stream()
                .limit(FAILURES)
                .forEach(run -> lines.add("- failed: " + name(run.strategy()) + ", seed " + run.seed() + ": "
                        + escaped(Printable.of(run.reason()))));
        more(data.failed().size() - FAILURES, "failed").ifPresent(lines::add);
        data.unfinished().ifPresent(unfinished -> lines.add("- " + escaped(unfinished)));
        lines.add("");
        headline(lines);
        matrices(lines);
        return String.join("\n", lines) + "\n";
    }

    private void headline(List<String> lines) {
        ImmutableList<Metric> shown = Headline.of(data).stream()
                .filter(metric -> data.strategies().stream()
                        .anyMatch(s -> s.summary(metric.key()).n() > 0))
                .collect(toImmutableList());
        lines.add(row("strategy", "runs", shown.stream().map(Metric::title)));
        lines.add(row("---", "---:", shown.stream().map(metric -> "---:")));
        ImmutableList<StrategyRuns> strategies = data.strategies();
        for (StrategyRuns strategy : strategies.subList(0, Math.min(STRATEGIES, strategies.size()))) {
            lines.add(row(
                    name(strategy.strategy()),
                    Integer.toString(strategy.finished().size()),
                    shown.stream().map(metric -> text(metric, strategy.summary(metric.key())))));
        }
        more(strategies.size() - STRATEGIES, "strategies, which metrics.csv has")
                .ifPresent(line -> {
                    lines.add("");
                    lines.add(line);
                });
        lines.add("");
        lines.add("Means over seeds, ± half the 95 % interval (Student's t). "
                + shown.stream()
                        .map(metric -> escaped(metric.title() + ": " + data.meaning(metric)))
                        .collect(Collectors.joining("; "))
                + ".");
        formulas(lines, shown);
    }

    /** For who asks: folded away where that can be. */
    private void formulas(List<String> lines, List<Metric> shown) {
        List<Metric> exact = shown.stream().filter(Metric::hasFormula).toList();
        if (exact.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("<details><summary>Formulas</summary>");
        lines.add("");
        exact.forEach(metric -> lines.add(
                "- " + escaped(metric.title() + ": " + metric.description().formula())));
        lines.add("");
        lines.add(
                data.score() == ReportScore.ACCURACY
                        ? "R\\[i\\]\\[j\\] is the accuracy on task j after learning task i of T; row 0 is the untrained network."
                        : "E\\[i\\]\\[j\\] is the RMSE on task j after learning task i of T, R\\[i\\]\\[j\\] its R2; row 0 is the untrained network.");
        lines.add("");
        lines.add("</details>");
    }

    static Optional<String> more(int count, String of) {
        return count > 0 ? Optional.of(String.format(Locale.ROOT, "- and %,d more %s", count, of)) : Optional.empty();
    }

    static String row(String first, String second, Stream<String> cells) {
        return "| " + first + " | " + second + " | " + cells.collect(Collectors.joining(" | ")) + " |";
    }

    private static String text(Metric metric, SampleSummary summary) {
        if (!(summary.mean() instanceof MetricValue.Defined mean)) {
            return "-";
        }
        String spread = summary.halfWidth() instanceof MetricValue.Defined half
                ? " ± " + figure(metric.format(), half.value())
                : "";
        return figure(metric.format(), mean.value()) + spread;
    }

    private static String figure(Metric.Format format, double value) {
        return switch (format) {
            case ACCURACY -> Figures.fourDecimals(Math.abs(value) < ROUNDING ? 0 : value);
            case NUMBER -> Figures.fiveDigits(Math.abs(value) < ROUNDING ? 0 : value);
            case SHARE -> String.format(Locale.ROOT, "%.1f %%", 100 * value);
            case SECONDS -> Figures.grouped(value, 1) + " s";
            case COUNT -> Figures.grouped(value, 0);
        };
    }

    private void matrices(List<String> lines) {
        ImmutableListMultimap<String, ReportRun> byStrategy = Multimaps.index(data.runs(), ReportRun::strategy);
        EvenTasks tasks = EvenTasks.of(data.tasks().size(), WIDEST);
        for (String strategy : byStrategy.keySet().stream().limit(MATRICES).toList()) {
            List<ReportRun> runs = byStrategy.get(strategy);
            lines.add("");
            lines.add("### " + data.score().title() + ": " + name(strategy)
                    + (runs.size() > 1 ? ", mean over seeds" : ""));
            lines.add("");
            if (!tasks.all()) {
                lines.add("Shown: " + tasks.words() + "; " + data.score().file() + " has all.");
                lines.add("");
            }
            if (runs.stream().anyMatch(ReportRun::isTested)) {
                matrix(lines, runs, tasks);
            } else {
                lines.add("Not tested: no task has test examples.");
            }
            lines.addAll(MarkdownPasses.lines(runs.get(0)));
            lines.addAll(new MarkdownClasses(runs.get(0), runs.size() == 1).lines());
        }
    }

    private void matrix(List<String> lines, List<ReportRun> runs, EvenTasks tasks) {
        ImmutableList<Integer> columns = tasks.numbers();
        lines.add("| after | "
                + columns.stream().map(j -> name(data.tasks().get(j - 1))).collect(Collectors.joining(" | "))
                + " |");
        lines.add("| --- |" + " ---: |".repeat(columns.size()));
        for (int i : tasks.rows()) {
            List<String> cells = columns.stream()
                    .map(j -> SampleSummary.of(
                            runs.stream().map(run -> run.score(i, j)).toList()))
                    .map(summary -> summary.mean() instanceof MetricValue.Defined mean
                            ? data.score().text(mean.value())
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

    static String escaped(String text) {
        return text.replaceAll("[\\\\`*_{}\\[\\]<>#+!|~$&]", "\\\\$0");
    }
}
