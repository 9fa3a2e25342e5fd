package sluice.evaluation.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import sluice.evaluation.CsvLine;

/**
 * How much two tasks share of a layer.
 *
 * @param task the later task
 * @param earlier the earlier one
 * @param layer its name, such as {@code layer_1}
 * @param jaccard units open in both, of those open in either, in [0, 1]; NaN where undefined
 */
public record TaskOverlap(String task, String earlier, String layer, double jaccard) {
    private static final String EARLIER = "earlier";
    private static final String LAYER = "layer";
    private static final String JACCARD = "jaccard";

    /** A line per pair of tasks and layer. */
    public static final RunCsv<TaskOverlap> FILE = RunCsv.ofOneRun(
            RunFile.OVERLAP,
            ImmutableMap.of(
                    RunCsv.TASK,
                    overlap -> Cells.name(overlap.task()),
                    EARLIER,
                    overlap -> Cells.name(overlap.earlier()),
                    LAYER,
                    TaskOverlap::layer,
                    JACCARD,
                    overlap -> Cells.known(overlap.jaccard())),
            ImmutableList.of(RunCsv.TASK, EARLIER),
            TaskOverlap::read);

    private static TaskOverlap read(CsvLine line) {
        return new TaskOverlap(
                line.name(RunCsv.TASK), line.name(EARLIER), line.name(LAYER), Cells.knownShare(line, JACCARD));
    }
}
