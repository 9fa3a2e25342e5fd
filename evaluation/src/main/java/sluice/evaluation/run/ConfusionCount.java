package sluice.evaluation.run;

import com.google.common.collect.ImmutableMap;
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
    /** What stands in the place of an answer where there was none. */
    public static final String UNKNOWN = "unknown";

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

    private static ConfusionCount read(CsvLine line) {
        return new ConfusionCount(
                line.name(RunCsv.TASK), line.name(ACTUAL), line.name(PREDICTED), line.count(COUNT, 1));
    }
}
