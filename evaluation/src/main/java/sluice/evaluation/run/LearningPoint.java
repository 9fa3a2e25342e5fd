package sluice.evaluation.run;

import com.google.common.collect.ImmutableMap;
import sluice.evaluation.CsvLine;

/**
 * Where learning a task stood after some steps.
 *
 * @param task its name
 * @param step steps of this task done, at least 1
 * @param epoch from 1
 * @param loss mean loss since the point before, finite
 * @param accuracy share of the examples of these steps that were answered correctly before each step, in [0, 1]; NaN if
 *     unknown
 */
public record LearningPoint(String task, long step, int epoch, double loss, double accuracy) {
    private static final String STEP = "step";
    private static final String EPOCH = "epoch";
    private static final String LOSS = "loss";
    private static final String ACCURACY = "accuracy";

    /** A line per point, in the order of the steps. */
    public static final RunCsv<LearningPoint> FILE = RunCsv.ofAnyRun(
            RunFile.CURVES,
            ImmutableMap.of(
                    RunCsv.TASK,
                    point -> Cells.name(point.task()),
                    STEP,
                    LearningPoint::step,
                    EPOCH,
                    LearningPoint::epoch,
                    LOSS,
                    LearningPoint::loss,
                    ACCURACY,
                    point -> Cells.known(point.accuracy())),
            LearningPoint::read);

    private static LearningPoint read(CsvLine line) {
        return new LearningPoint(
                line.name(RunCsv.TASK),
                line.count(STEP, 1),
                line.count(EPOCH, 1),
                line.decimal(LOSS),
                Cells.knownShare(line, ACCURACY));
    }
}
