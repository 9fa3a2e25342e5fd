package sluice.evaluation.run;

import com.google.common.collect.HashBasedTable;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Multimaps;
import com.google.common.collect.Table;
import java.util.List;
import sluice.evaluation.ClassificationReport;
import sluice.evaluation.CsvLine;

/**
 * How often a class was taken for another.
 *
 * @param task whose test data were asked
 * @param actual the class
 * @param predicted the answer; {@link #UNKNOWN} for none
 * @param count at least 1
 */
public record ConfusionCount(String task, String actual, String predicted, int count) {
    /** What stands in the place of an answer where there was none: nothing, as a class may be called by any word. */
    public static final String UNKNOWN = "";

    private static final String ACTUAL = "actual";
    private static final String PREDICTED = "predicted";
    private static final String COUNT = "count";

    /** A line per task and pair of classes that occurred. */
    public static final RunCsv<ConfusionCount> FILE = RunCsv.ofAnyRun(
            RunFile.CONFUSION,
            ImmutableMap.of(
                    RunCsv.TASK,
                    count -> Cells.name(count.task()),
                    ACTUAL,
                    count -> Cells.name(count.actual()),
                    PREDICTED,
                    count -> Cells.name(count.predicted()),
                    COUNT,
                    ConfusionCount::count),
            ConfusionCount::read);

    /**
     * {@return how well classes are told apart, by task; classes in the order in which they appear}
     *
     * @param counts of any tasks, each pair of classes once
     */
    public static ImmutableMap<String, ClassificationReport> reports(List<ConfusionCount> counts) {
        ImmutableMap.Builder<String, ClassificationReport> reports = ImmutableMap.builder();
        Multimaps.index(counts, ConfusionCount::task).asMap().forEach((task, ofTask) -> {
            Table<String, String, Integer> table = HashBasedTable.create();
            ofTask.forEach(count -> table.row(count.actual()).merge(count.predicted(), count.count(), Integer::sum));
            List<String> classes = ofTask.stream().map(ConfusionCount::actual).toList();
            reports.put(task, ClassificationReport.of(classes, table));
        });
        return reports.buildOrThrow();
    }

    private static ConfusionCount read(CsvLine line) {
        return new ConfusionCount(
                line.name(RunCsv.TASK), line.name(ACTUAL), predicted(line, PREDICTED), line.count(COUNT, 1));
    }

    /** An answer as a file has it; files of earlier versions have the word unknown where there was none. */
    static String predicted(CsvLine line, String column) {
        return line.isEmpty(column) ? UNKNOWN : line.name(column);
    }

    /**
     * {@return an answer as readers are shown it}
     *
     * @param predicted the answer
     */
    public static String shown(String predicted) {
        return predicted.equals(UNKNOWN) ? "(unknown)" : predicted;
    }
}
