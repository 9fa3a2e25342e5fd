package sluice.evaluation.report;

import java.util.Optional;
import java.util.stream.IntStream;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.Printable;

/** What a report asks of accuracy matrices. */
final class Matrices {
    private Matrices() {}

    /** The same cells under another strategy's name. */
    static AccuracyMatrix named(AccuracyMatrix matrix, String strategy) {
        AccuracyMatrix copy = AccuracyMatrix.empty(strategy, matrix.seed(), matrix.tasks());
        for (int i = 0; i <= matrix.tasks().size(); i++) {
            for (int j = 1; j <= matrix.tasks().size(); j++) {
                Optional<AccuracyMatrix.Cell> cell = matrix.cell(i, j);
                if (cell.isPresent()) {
                    copy = copy.with(i, j, cell.get().correct(), cell.get().total());
                }
            }
        }
        return copy;
    }

    /** Whether every accuracy there is is at most this. */
    static boolean isAtMost(AccuracyMatrix matrix, double most) {
        int tasks = matrix.tasks().size();
        return IntStream.rangeClosed(0, tasks)
                .boxed()
                .flatMap(i -> IntStream.rangeClosed(1, tasks).mapToObj(j -> matrix.cell(i, j)))
                .flatMap(Optional::stream)
                .allMatch(cell -> cell.accuracy() <= most);
    }

    /**
     * Refuses a matrix with holes: a row that was evaluated holds the tasks learned so far, or the task just learned alone,
     * and the last row holds all.
     */
    static void checkComplete(AccuracyMatrix matrix, String source) {
        int last = matrix.tasks().size();
        for (int i = 0; i <= last; i++) {
            int row = i;
            long present = IntStream.rangeClosed(1, last)
                    .filter(j -> matrix.cell(row, j).isPresent())
                    .count();
            boolean isDiagonalAlone =
                    i >= 1 && i < last && present == 1 && matrix.cell(i, i).isPresent();
            if ((present == 0 && i < last) || isDiagonalAlone) {
                continue;
            }
            int needed = i == 0 ? last : i;
            for (int j = 1; j <= needed; j++) {
                if (matrix.cell(i, j).isEmpty()) {
                    throw missing(matrix, source, i, j);
                }
            }
        }
    }

    private static MatrixFormatException missing(AccuracyMatrix matrix, String source, int i, int j) {
        return new MatrixFormatException(
                "%s, strategy %s, seed %d, column accuracy: there is no accuracy on task %s after %s: add the cell; after_task counts the tasks learned, from 1 to %d, and 0 is the untrained network"
                        .formatted(
                                Printable.of(source),
                                Printable.quoted(matrix.strategy()),
                                matrix.seed(),
                                Printable.quoted(matrix.tasks().get(j - 1)),
                                i == 0
                                        ? "no training"
                                        : "task " + i + " of " + matrix.tasks().size(),
                                matrix.tasks().size()));
    }
}
