package sluice.evaluation;

/**
 * Results that cannot be read: a CSV file of accuracies or metrics, or a run's folder. The message is one line that says what is wrong, where
 * (source, line, column) and what to do about it.
 */
public final class MatrixFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message one line: what, where, and how to mend it
     */
    public MatrixFormatException(String message) {
        super(message);
    }
}
