package sluice.evaluation.report;

import java.util.stream.IntStream;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.MetricValue;
import sluice.evaluation.Printable;

/** What a report asks of accuracy matrices. */
final class Matrices {
    private Matrices() {}

    /**
     * Refuses a matrix with holes: a row that was evaluated holds the tasks learned so far, or the task just learned alone,
     * and the last row holds all; a task that no row has was never tested.
     */
    static void checkComplete(ReportRun run, String source) {
        int last = run.matrix().tasks().size();
        for (int i = 0; i <= last; i++) {
            int row = i;
            long present = IntStream.rangeClosed(1, last)
                    .filter(j -> isThere(run, row, j))
                    .count();
            boolean isDiagonalAlone = i >= 1 && i < last && present == 1 && isThere(run, i, i);
            if ((present == 0 && i < last) || isDiagonalAlone) {
                continue;
            }
            int needed = i == 0 ? last : i;
            for (int j = 1; j <= needed; j++) {
                if (!isThere(run, i, j) && isTested(run, j)) {
                    throw missing(run, source, i, j);
                }
            }
        }
    }

    private static MatrixFormatException missing(ReportRun run, String source, int i, int j) {
        AccuracyMatrix matrix = run.matrix();
        return run.errors().isEmpty()
                ? MatrixFormatException.missing(matrix, source, i, j)
                : new MatrixFormatException(
                        "%s, strategy %s, seed %d: there are no errors on task %s after %d of %d tasks: add the line"
                                .formatted(
                                        Printable.of(source),
                                        Printable.quoted(matrix.strategy()),
                                        matrix.seed(),
                                        Printable.quoted(matrix.tasks().get(j - 1)),
                                        i,
                                        matrix.tasks().size()));
    }

    /** Whether a row of several was measured, by any task. */
    static boolean isMeasured(ReportRun run, int row) {
        return run.errors()
                .map(errors -> errors.isMeasured(row))
                .orElseGet(() -> run.matrix().isMeasured(row));
    }

    private static boolean isThere(ReportRun run, int row, int task) {
        return run.score(row, task) instanceof MetricValue.Defined;
    }

    private static boolean isTested(ReportRun run, int task) {
        return IntStream.rangeClosed(0, run.matrix().tasks().size()).anyMatch(row -> isThere(run, row, task));
    }
}
