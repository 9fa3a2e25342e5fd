package sluice.evaluation;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.Reader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.commons.csv.CSVPrinter;

/**
 * Figures of runs as CSV with the columns {@code strategy,seed,metric,value}: a line per figure, in order; {@code
 * value} is the shortest decimal that parses back to the same double. An undefined figure has an empty value: its
 * reason is not kept, and it reads back as undefined because the file gives no value. Lines end in \n, and the text
 * is the same in every locale. Files may be joined end to end, headers and all. Names that a spreadsheet would take for a
 * formula are {@linkplain SpreadsheetText guarded}.
 *
 * <p>The file of a comparison has, after all runs, a line per strategy, metric and statistic over its runs, with the
 * statistic in place of the seed: {@code mean}, and the ends of the mean's 95 % confidence interval {@code ci95_low} and
 * {@code ci95_high}, empty where they are undefined. Readers skip these lines: they follow from the others.
 */
public final class MetricsCsv {
    private static final CsvFile FILE = new CsvFile(ImmutableList.of("strategy", "seed", "metric", "value"));
    private static final ImmutableMap<String, Function<SampleSummary, MetricValue>> STATISTICS = ImmutableMap.of(
            "mean", SampleSummary::mean, "ci95_low", SampleSummary::low, "ci95_high", SampleSummary::high);

    private MetricsCsv() {}

    /**
     * Writes the header and all figures. Neither flushes nor closes.
     *
     * @param runs no two of the same strategy and seed
     * @param out where to
     * @throws IOException if {@code out} fails
     * @throws IllegalArgumentException if two runs have the same strategy and seed
     */
    public static void write(Iterable<RunMetrics> runs, Appendable out) throws IOException {
        write(runs, FILE.printer(out));
    }

    /**
     * Writes the header, all figures, and their statistics per strategy. Neither flushes nor closes.
     *
     * @param runs no two of the same strategy and seed
     * @param out where to
     * @throws IOException if {@code out} fails
     * @throws IllegalArgumentException if two runs have the same strategy and seed
     */
    public static void writeComparison(Iterable<RunMetrics> runs, Appendable out) throws IOException {
        CSVPrinter printer = FILE.printer(out);
        write(runs, printer);
        for (StrategyRuns strategy : StrategyRuns.of(runs)) {
            for (String metric : strategy.metrics()) {
                SampleSummary summary = strategy.summary(metric);
                for (Map.Entry<String, Function<SampleSummary, MetricValue>> statistic : STATISTICS.entrySet()) {
                    printer.printRecord(
                            SpreadsheetText.guarded(strategy.strategy()),
                            statistic.getKey(),
                            SpreadsheetText.guarded(metric),
                            text(statistic.getValue().apply(summary)));
                }
            }
        }
    }

    private static void write(Iterable<RunMetrics> runs, CSVPrinter printer) throws IOException {
        Set<Run> written = new HashSet<>();
        for (RunMetrics metrics : runs) {
            Run run = new Run(metrics.strategy(), metrics.seed());
            checkArgument(written.add(run), "two sets of metrics of %s: a file can hold only one", run);
            for (Map.Entry<String, MetricValue> metric : metrics.values().entrySet()) {
                printer.printRecord(
                        SpreadsheetText.guarded(run.strategy()),
                        Long.toString(run.seed()),
                        SpreadsheetText.guarded(metric.getKey()),
                        text(metric.getValue()));
            }
        }
    }

    private static String text(MetricValue value) {
        return value instanceof MetricValue.Defined defined ? Figures.exact(defined.value()) : "";
    }

    /**
     * Reads the figures of every run in a file, to its end, without the statistics over runs. Does not close.
     *
     * @param in where from
     * @param source what to call it in messages, such as a file's name
     * @return the figures per strategy and seed, in order of appearance
     * @throws IOException if {@code in} fails
     * @throws MatrixFormatException if columns are missing or unknown, a value is not a number, or a metric is there
     *     twice
     */
    public static List<RunMetrics> read(Reader in, String source) throws IOException {
        Map<Run, RunMetrics> runs = new LinkedHashMap<>();
        Map<Run, Map<String, CsvLine>> taken = new HashMap<>();
        for (CsvLine line : FILE.lines(in, source)) {
            String strategy = line.name("strategy");
            String metric = line.name("metric");
            MetricValue value = value(line);
            if (STATISTICS.containsKey(line.text("seed"))) {
                continue;
            }
            Run run = new Run(strategy, line.seed());
            CsvLine earlier = taken.computeIfAbsent(run, r -> new HashMap<>()).putIfAbsent(metric, line);
            if (earlier != null) {
                throw line.refusal(
                        "metric",
                        Printable.quoted(metric) + " of " + run + " is on line " + earlier.number()
                                + " already: remove one, or give one run another seed");
            }
            RunMetrics before = runs.getOrDefault(run, RunMetrics.empty(run.strategy(), run.seed()));
            runs.put(run, before.with(metric, value));
        }
        return List.copyOf(runs.values());
    }

    private static MetricValue value(CsvLine line) {
        return line.isEmpty("value")
                ? MetricValue.undefined(line.place() + " gives no value")
                : MetricValue.of(line.decimal("value"));
    }
}
