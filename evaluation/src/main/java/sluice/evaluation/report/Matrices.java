package sluice.evaluation.report;

import java.util.stream.IntStream;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.MatrixFormatException;

/** What a report asks of accuracy matrices. */
final class Matrices {
    private Matrices() {}

    /**
     * Refuses a matrix with holes: a row that was evaluated holds the tasks learned so far, or the task just learned alone,
     * and the last row holds all; a task that no row has was never tested.
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
                if (matrix.cell(i, j).isEmpty() && isTested(matrix, j)) {
                    throw MatrixFormatException.missing(matrix, source, i, j);
                }
            }
        }
    }

    private static boolean isTested(AccuracyMatrix matrix, int task) {
        return IntStream.rangeClosed(0, matrix.tasks().size())
                .anyMatch(row -> matrix.cell(row, task).isPresent());
    }
}
