package sluice.evaluation;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.Reader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.apache.commons.csv.CSVPrinter;

/**
 * Figures of runs as CSV with the columns {@code strategy,seed,metric,value}: a line per figure, in order; {@code
 * value} is the shortest decimal that parses back to the same double. An undefined figure has an empty value: its
 * reason is not kept, and it reads back as undefined because the file gives no value. Lines end in \n, and the text
 * is the same in every locale. Files may be joined end to end, headers and all.
 */
public final class MetricsCsv {
    private static final CsvFile FILE = new CsvFile(ImmutableList.of("strategy", "seed", "metric", "value"));

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
        CSVPrinter printer = FILE.printer(out);
        Set<Run> written = new HashSet<>();
        for (RunMetrics metrics : runs) {
            Run run = new Run(metrics.strategy(), metrics.seed());
            checkArgument(written.add(run), "two sets of metrics of %s: a file can hold only one", run);
            for (Map.Entry<String, MetricValue> metric : metrics.values().entrySet()) {
                OptionalDouble number = metric.getValue().number();
                printer.printRecord(
                        run.strategy(),
                        Long.toString(run.seed()),
                        metric.getKey(),
                        number.isPresent() ? Figures.exact(number.getAsDouble()) : "");
            }
        }
    }

    /**
     * Reads the figures of every run in a file, to its end. Does not close.
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
            Run run = line.run();
            String metric = line.name("metric");
            CsvLine earlier = taken.computeIfAbsent(run, r -> new HashMap<>()).putIfAbsent(metric, line);
            if (earlier != null) {
                throw line.refusal(
                        "metric",
                        Printable.quoted(metric) + " of " + run + " is on line " + earlier.number()
                                + " already: remove one, or give one run another seed");
            }
            RunMetrics before = runs.getOrDefault(run, RunMetrics.empty(run.strategy(), run.seed()));
            runs.put(run, before.with(metric, value(line)));
        }
        return List.copyOf(runs.values());
    }

    private static MetricValue value(CsvLine line) {
        return line.isEmpty("value")
                ? MetricValue.undefined(line.place() + " gives no value")
                : MetricValue.of(line.decimal("value"));
    }
}
