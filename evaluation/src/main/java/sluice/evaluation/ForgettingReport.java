package sluice.evaluation;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What one run's accuracy matrix says: the metrics and the forgetting of each task, all computed from the matrix alone.
 *
 * @param matrix R
 * @param definition of forgetting, for the run and for each task
 */
public record ForgettingReport(AccuracyMatrix matrix, ForgettingDefinition definition) {
    private static final int TITLE_WIDTH = 18;
    private static final int NUMBER_WIDTH = 8;

    /**
     * @param matrix R
     * @return its report, with forgetting as {@link ForgettingDefinition#BEST_EARLIER} defines it
     */
    public static ForgettingReport of(AccuracyMatrix matrix) {
        return of(matrix, ForgettingDefinition.BEST_EARLIER);
    }

    /**
     * @param matrix R
     * @param definition of forgetting
     * @return its report
     */
    public static ForgettingReport of(AccuracyMatrix matrix, ForgettingDefinition definition) {
        return new ForgettingReport(matrix, definition);
    }

    /**
     * @return every metric, in the order of {@link ForgettingMetric}; {@link ForgettingMetric#FORGETTING} by this
     *     report's definition
     */
    public ImmutableMap<ForgettingMetric, MetricValue> metrics() {
        return Arrays.stream(ForgettingMetric.values())
                .collect(ImmutableMap.toImmutableMap(metric -> metric, this::value));
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
     * definitions, forgetting's by name too.
     *
     * @return lines separated by \n, with none at the end
     */
    public String render() {
        ImmutableList<String> forgetting = taskForgetting().stream()
                .map(value -> value instanceof MetricValue.Defined defined ? defined.text() : "-")
                .collect(toImmutableList());
        String run = "strategy " + Printable.of(matrix.strategy()) + ", seed " + matrix.seed();
        String table = AccuracyTable.of(matrix).textWithFooter("forgetting (" + definition.word() + ")", forgetting);
        return run + "\n" + table + "\n" + metricLines();
    }

    private String metricLines() {
        return metrics().entrySet().stream()
                .map(metric -> line(metric.getKey(), metric.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private String line(ForgettingMetric metric, MetricValue value) {
        String title = Strings.padEnd(metric.title(), TITLE_WIDTH, ' ');
        String number = Strings.padStart(value instanceof MetricValue.Defined ? value.text() : "-", NUMBER_WIDTH, ' ');
        String reason = value instanceof MetricValue.Undefined ? value.text() + "; " : "";
        return title + number + "  " + reason + formula(metric);
    }

    private String formula(ForgettingMetric metric) {
        return metric == ForgettingMetric.FORGETTING
                ? definition.word() + ": " + definition.formula()
                : metric.definition();
    }

    @Override
    public String toString() {
        return render();
    }
}
