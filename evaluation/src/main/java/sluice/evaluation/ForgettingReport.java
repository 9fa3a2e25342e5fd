package sluice.evaluation;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What one run's accuracy matrix says: the metrics and the forgetting of each task, computed from the matrix alone, and
 * how the run compares with reference models, where there are any.
 *
 * @param matrix R
 * @param definition of forgetting, for the run and for each task
 * @param references on the matrix's tasks, by name; empty where none were asked for
 * @param ownHeads whether every task has outputs of its own, which are untrained before it is learned, so that forward transfer
 *     is noise
 */
public record ForgettingReport(
        AccuracyMatrix matrix, ForgettingDefinition definition, ReferenceAccuracies references, boolean ownHeads) {
    private static final int TITLE_WIDTH = 18;
    private static final int NUMBER_WIDTH = 8;
    private static final ImmutableList<ClassificationMetric> OF_ONE_TASK =
            ImmutableList.of(ClassificationMetric.BALANCED_ACCURACY, ClassificationMetric.MACRO_F1);

    /**
     * {@return its report, with forgetting as {@link ForgettingDefinition#BEST_EARLIER} defines it}
     *
     * @param matrix R
     */
    public static ForgettingReport of(AccuracyMatrix matrix) {
        return of(matrix, ForgettingDefinition.BEST_EARLIER);
    }

    /**
     * {@return its report}
     *
     * @param matrix R
     * @param definition of forgetting
     */
    public static ForgettingReport of(AccuracyMatrix matrix, ForgettingDefinition definition) {
        return new ForgettingReport(matrix, definition, ReferenceAccuracies.empty(matrix.seed()), false);
    }

    /**
     * {@return this report with the metrics that need references}
     *
     * @param references on the matrix's tasks
     */
    public ForgettingReport against(ReferenceAccuracies references) {
        return new ForgettingReport(matrix, definition, references, ownHeads);
    }

    /**
     * {@return this report, saying whether forward transfer is noise}
     *
     * @param own whether every task has outputs of its own, as in scenario task
     */
    public ForgettingReport withOwnHeads(boolean own) {
        return new ForgettingReport(matrix, definition, references, own);
    }

    /**
     * {@return the line of a run whose tasks were never tested}
     *
     * @param score of which there is none, such as "accuracy"
     */
    public static String notTested(String score) {
        return "not tested        no task has test examples: there is no " + score + ", and no forgetting, to tell";
    }

    /**
     * {@return every metric, in the order of {@link ForgettingMetric}; {@link ForgettingMetric#FORGETTING} by this
     * report's definition}
     */
    public ImmutableMap<ForgettingMetric, MetricValue> metrics() {
        return Arrays.stream(ForgettingMetric.values())
                .collect(ImmutableMap.toImmutableMap(metric -> metric, this::value));
    }

    /** {@return every metric that needs references, in the order of {@link ReferenceMetric}} */
    public ImmutableMap<ReferenceMetric, MetricValue> referenceMetrics() {
        return Arrays.stream(ReferenceMetric.values())
                .collect(ImmutableMap.toImmutableMap(metric -> metric, metric -> metric.of(matrix, references)));
    }

    private MetricValue value(ForgettingMetric metric) {
        return metric == ForgettingMetric.FORGETTING ? definition.of(matrix) : metric.of(matrix);
    }

    /**
     * Forgetting per task, by this report's definition: task j is at index j - 1. Undefined for the task learned last.
     *
     * @return T values
     */
    public ImmutableList<MetricValue> taskForgetting() {
        return IntStream.rangeClosed(1, matrix.tasks().size())
                .mapToObj(j -> definition.ofTask(matrix, j))
                .collect(toImmutableList());
    }

    /**
     * The report for a terminal: the run, the matrix with the tasks' forgetting below it, the metrics with their
     * definitions, forgetting's by name too. Metrics that need references are left out where none were asked for. Of a run
     * whose tasks were never tested, a line that says so.
     *
     * @return lines separated by \n, with none at the end
     */
    public String render() {
        return render(AccuracyTable.DEFAULT_WIDTH);
    }

    /**
     * {@return the same with a matrix of other tables}
     *
     * @param width characters per line that a table of the matrix may take, at least 48
     */
    public String render(int width) {
        if (!matrix.isTested()) {
            return renderMetrics();
        }
        ImmutableList<String> forgetting = taskForgetting().stream()
                .map(value -> value instanceof MetricValue.Defined defined ? defined.text() : "-")
                .collect(toImmutableList());
        String table =
                new AccuracyTable(matrix, width).textWithFooter("forgetting (" + definition.word() + ")", forgetting);
        return run() + "\n" + table + "\n" + metricLines();
    }

    /**
     * The report without the matrix, for sequences of many tasks.
     *
     * @return lines separated by \n, with none at the end
     */
    public String renderMetrics() {
        return run() + "\n" + (matrix.isTested() ? metricLines() : notTested("accuracy"));
    }

    /**
     * The report for a terminal of a run that may be of one task, of which nothing can be forgotten: it tells accuracy, and
     * how well classes are told apart. Of several tasks it is that of {@link #render()}.
     *
     * @param figures of the run; those that they lack are undefined
     * @return lines separated by \n, with none at the end
     */
    public String render(RunMetrics figures) {
        return render(figures, AccuracyTable.DEFAULT_WIDTH);
    }

    /**
     * {@return the same with a matrix of other tables}
     *
     * @param figures of the run; those that they lack are undefined
     * @param width characters per line that a table of the matrix may take, at least 48
     */
    public String render(RunMetrics figures, int width) {
        if (matrix.tasks().size() > 1 || !matrix.isTested()) {
            return render(width);
        }
        String accuracy =
                line("Accuracy", ForgettingMetric.ACC.of(matrix), "share of the test rows that are answered right");
        Stream<String> classes =
                OF_ONE_TASK.stream().map(metric -> line(metric.title(), figures.value(metric), metric.meaning()));
        String lines = Stream.of(Stream.of(accuracy), classes, referenceLines())
                .flatMap(each -> each)
                .collect(Collectors.joining("\n"));
        return run() + "\n" + new AccuracyTable(matrix, width).text() + "\n" + lines;
    }

    private String run() {
        return "strategy " + Printable.of(matrix.strategy()) + ", seed " + matrix.seed();
    }

    private String metricLines() {
        Stream<String> own = metrics().entrySet().stream()
                .map(metric -> line(metric.getKey().title(), metric.getValue(), meaning(metric.getKey())));
        return Stream.concat(own, referenceLines()).collect(Collectors.joining("\n"));
    }

    private Stream<String> referenceLines() {
        return references.isEmpty()
                ? Stream.of()
                : referenceMetrics().entrySet().stream()
                        .map(metric -> line(
                                metric.getKey().title(),
                                metric.getValue(),
                                metric.getKey().meaning()));
    }

    private static String line(String title, MetricValue value, String formula) {
        String number = Strings.padStart(value instanceof MetricValue.Defined ? value.text() : "-", NUMBER_WIDTH, ' ');
        String reason = value instanceof MetricValue.Undefined ? value.text() + "; " : "";
        return Strings.padEnd(title, TITLE_WIDTH, ' ') + number + "  " + reason + formula;
    }

    private String meaning(ForgettingMetric metric) {
        if (metric == ForgettingMetric.FWT && ownHeads) {
            return ForgettingMetric.FWT_OF_OWN_HEADS + "; " + metric.meaning();
        }
        return metric == ForgettingMetric.FORGETTING
                ? definition.word() + ": " + definition.meaning()
                : metric.meaning();
    }

    @Override
    public String toString() {
        return render();
    }
}
