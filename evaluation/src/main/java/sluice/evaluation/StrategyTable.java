package sluice.evaluation;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A comparison as text: a line per strategy with how many runs it has, how many of them failed, and its metrics, "-"
 * where one is undefined. Why it is, and what else a reader must know of the figures, is said below the table. A number
 * other than 0 that would show as 0 is shown with an exponent. A name longer than {@value #NAME_LENGTH} characters is
 * abbreviated, and control characters in names are replaced.
 *
 * @param strategies the lines
 * @param columns the metrics to show, in order
 */
public record StrategyTable(ImmutableList<StrategyRuns> strategies, ImmutableList<StrategyColumn> columns) {
    /** Characters of a name that a table shows. */
    public static final int NAME_LENGTH = 40;

    private static final String PLUS_MINUS = " +- ";
    private static final String MISSING = "-";

    /**
     * Final accuracy, backward transfer and forgetting.
     *
     * @param strategies the lines
     * @return the table
     */
    public static StrategyTable of(ImmutableList<StrategyRuns> strategies) {
        ForgettingDefinition forgetting = ForgettingDefinition.BEST_EARLIER;
        return new StrategyTable(
                strategies,
                ImmutableList.of(
                        StrategyColumn.interval("acc", "ACC", 4),
                        StrategyColumn.mean("bwt", "BWT", 4),
                        StrategyColumn.mean(forgetting.key(), "forgetting (%s)".formatted(forgetting.word()), 4)));
    }

    /** {@return the table and the notes below it, lines separated by \n, with none at the end} */
    public String text() {
        return text(Integer.MAX_VALUE);
    }

    /**
     * {@return the table and the notes below it, lines separated by \n, with none at the end}
     *
     * @param width characters per line that the table may take, at least {@value FittedTable#LEAST_WIDTH}; notes may be longer
     */
    public String text(int width) {
        ImmutableList<StrategyColumn> shown =
                columns.stream().filter(this::isShown).collect(toImmutableList());
        return Stream.concat(Stream.of(table(shown, width)), new StrategyNotes(strategies, shown).lines().stream())
                .collect(Collectors.joining("\n"));
    }

    private boolean isShown(StrategyColumn column) {
        return column.presence() == StrategyColumn.Presence.ALWAYS
                || strategies.stream()
                        .anyMatch(runs -> runs.summary(column.metric()).n() > 0);
    }

    private String table(List<StrategyColumn> shown, int width) {
        ImmutableList<String> headings = Stream.concat(
                        Stream.of("strategy", "runs"), shown.stream().map(column -> Printable.of(column.title())))
                .collect(toImmutableList());
        List<List<String>> figures = shown.stream().map(this::texts).toList();
        ImmutableList<ImmutableList<String>> rows = IntStream.range(0, strategies.size())
                .mapToObj(line -> Stream.concat(
                                Stream.of(name(strategies.get(line)), runs(strategies.get(line))),
                                figures.stream().map(column -> column.get(line)))
                        .collect(toImmutableList()))
                .collect(toImmutableList());
        return new FittedTable(headings, rows).text(width);
    }

    static String name(StrategyRuns runs) {
        return Printable.abbreviated(runs.strategy(), NAME_LENGTH);
    }

    private static String runs(StrategyRuns runs) {
        String finished = Integer.toString(runs.finished().size());
        return runs.failed() == 0 ? finished : finished + ", " + runs.failed() + " failed";
    }

    /** The column's cells: points below points, also where only some have an interval. */
    private List<String> texts(StrategyColumn column) {
        List<SampleSummary> summaries =
                strategies.stream().map(runs -> runs.summary(column.metric())).toList();
        List<String> middles = summaries.stream()
                .map(summary -> text(column.middle(summary), column, MISSING))
                .toList();
        List<String> spreads = summaries.stream()
                .map(summary -> column.hasInterval() ? text(summary.halfWidth(), column, "") : "")
                .toList();
        int width = spreads.stream().mapToInt(String::length).max().orElse(0);
        return IntStream.range(0, middles.size())
                .mapToObj(line -> middles.get(line) + spread(spreads.get(line), width))
                .toList();
    }

    private static String spread(String text, int width) {
        if (width == 0) {
            return "";
        }
        return text.isEmpty()
                ? " ".repeat(PLUS_MINUS.length() + width)
                : PLUS_MINUS + Strings.padStart(text, width, ' ');
    }

    private static String text(MetricValue value, StrategyColumn column, String otherwise) {
        return value instanceof MetricValue.Defined defined
                ? Figures.grouped(defined.value(), column.decimals())
                : otherwise;
    }
}
