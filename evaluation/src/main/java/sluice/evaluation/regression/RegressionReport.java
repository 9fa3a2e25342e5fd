package sluice.evaluation.regression;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import sluice.evaluation.Figures;
import sluice.evaluation.ForgettingDefinition;
import sluice.evaluation.ForgettingMetric;
import sluice.evaluation.ForgettingReport;
import sluice.evaluation.Metric;
import sluice.evaluation.MetricValue;
import sluice.evaluation.Printable;
import sluice.evaluation.RegressionMetric;
import sluice.evaluation.RegressionScore;
import sluice.evaluation.RunMetrics;
import sluice.evaluation.ScoreTable;

/**
 * What the errors of one run say: RMSE and R2, and how much of each was forgotten.
 *
 * @param matrix errors of the run
 * @param definition of forgetting, for the run and for each task
 * @param ownHeads whether every task has an output of its own, which is untrained before it is learned, so that forward transfer is noise
 */
public record RegressionReport(RegressionMatrix matrix, ForgettingDefinition definition, boolean ownHeads) {
    /** Characters of a table's line. */
    private static final int DEFAULT_WIDTH = 80;

    private static final int TITLE_WIDTH = 18;
    private static final int NUMBER_WIDTH = 10;
    private static final ImmutableList<Metric> OF_ONE_TASK = ImmutableList.of(ForgettingMetric.ACC);

    /**
     * {@return its report, with forgetting as {@link ForgettingDefinition#BEST_EARLIER} defines it}
     *
     * @param matrix errors of a run
     */
    public static RegressionReport of(RegressionMatrix matrix) {
        return new RegressionReport(matrix, ForgettingDefinition.BEST_EARLIER, false);
    }

    /** {@return every {@link RegressionMetric} of the run under its key} */
    public RunMetrics metrics() {
        RunMetrics metrics = RunMetrics.empty(matrix.strategy(), matrix.seed());
        for (RegressionMetric metric : RegressionMetric.all()) {
            metrics = metrics.with(metric, value(metric));
        }
        return metrics;
    }

    private MetricValue value(RegressionMetric metric) {
        return matrix.figures(metric.score()).of(metric);
    }

    /**
     * {@return a table of RMSE as text}
     *
     * @param matrix errors of a run
     * @param width characters per line that it may take, at least 48
     */
    public static ScoreTable table(RegressionMatrix matrix, int width) {
        return new ScoreTable(
                "RMSE",
                matrix.tasks(),
                (i, j) -> matrix.cell(i, j).map(cell -> Figures.fiveDigits(cell.rmse())),
                width);
    }

    /**
     * The report for a terminal: the run, RMSE of each task in units of its target with the tasks' forgetting below, their R2 after the
     * last task, and the metrics with their definitions. Of one task, of which nothing can be forgotten, RMSE and R2 alone.
     *
     * @return lines separated by \n, with none at the end; those of the table fit 80 characters
     */
    public String render() {
        return render(DEFAULT_WIDTH);
    }

    /**
     * {@return the same}
     *
     * @param width characters per line that a table of the matrix may take, at least 48
     */
    public String render(int width) {
        if (!matrix.isTested()) {
            return renderMetrics();
        }
        ScoreTable table = table(matrix, width);
        ImmutableList<String> forgetting = tasks().mapToObj(
                        j -> matrix.figures(RegressionScore.RMSE).forgetting(definition, j))
                .map(value -> text(value, Figures::fiveDigits))
                .collect(toImmutableList());
        String shown = isOfOneTask()
                ? table.text()
                : table.textWithFooter("forgetting (" + definition.word() + ")", forgetting);
        String r2 = tasks().mapToObj(j -> Printable.abbreviated(matrix.tasks().get(j - 1), ScoreTable.NAME_LENGTH) + " "
                        + text(matrix.value(RegressionScore.R2, matrix.tasks().size(), j), Figures::fourDecimals))
                .collect(Collectors.joining(", "));
        return String.join("\n", run(), shown, "R2, last row       " + r2, metricLines());
    }

    /**
     * The report without the matrix, for sequences of many tasks.
     *
     * @return lines as those of {@link #render}
     */
    public String renderMetrics() {
        return run() + "\n" + (matrix.isTested() ? metricLines() : ForgettingReport.notTested("error"));
    }

    private IntStream tasks() {
        return IntStream.rangeClosed(1, matrix.tasks().size());
    }

    private boolean isOfOneTask() {
        return matrix.tasks().size() == 1;
    }

    private String run() {
        return "strategy " + Printable.of(matrix.strategy()) + ", seed " + matrix.seed();
    }

    private String metricLines() {
        ImmutableList<Metric> figures = isOfOneTask() ? OF_ONE_TASK : ImmutableList.copyOf(ForgettingMetric.values());
        return Stream.of(RegressionScore.values())
                .flatMap(score -> figures.stream()
                        .map(figure -> new RegressionMetric(
                                score, figure == ForgettingMetric.FORGETTING ? definition : figure)))
                .map(this::line)
                .collect(Collectors.joining("\n"));
    }

    private String line(RegressionMetric metric) {
        MetricValue value = value(metric);
        boolean forgotten = metric.figure() instanceof ForgettingDefinition;
        Function<Double, String> shown =
                metric.format() == Metric.Format.NUMBER ? Figures::fiveDigits : Figures::fourDecimals;
        String title = forgotten ? metric.score() + " forgetting" : metric.title();
        String reason = value instanceof MetricValue.Undefined ? value.text() + "; " : "";
        String noise =
                metric.figure() == ForgettingMetric.FWT && ownHeads ? ForgettingMetric.FWT_OF_OWN_HEADS + "; " : "";
        String word = forgotten ? definition.word() + ": " : "";
        return Strings.padEnd(title, TITLE_WIDTH, ' ') + Strings.padStart(text(value, shown), NUMBER_WIDTH, ' ') + "  "
                + reason + noise + word + metric.meaning();
    }

    private static String text(MetricValue value, Function<Double, String> shown) {
        return value instanceof MetricValue.Defined defined ? shown.apply(defined.value()) : "-";
    }

    @Override
    public String toString() {
        return render();
    }
}
