package sluice.evaluation;

/**
 * Results that cannot be read: a CSV file of accuracies or metrics, or a run's folder. The message is one line that says what is wrong, where
 * (source, line, column) and what to do about it.
 */
public final class MatrixFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A mistake in a file.
     *
     * @param message one line: what, where, and how to mend it
     */
    public MatrixFormatException(String message) {
        super(message);
    }

    /**
     * A matrix with a hole.
     *
     * @param matrix the accuracies there are
     * @param source what to call it
     * @param i tasks learned, in [0, tasks]
     * @param j the task whose accuracy after so many there is not, in [1, tasks]
     * @return what says so
     */
    public static MatrixFormatException missing(AccuracyMatrix matrix, String source, int i, int j) {
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
