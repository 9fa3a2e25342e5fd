package sluice.evaluation;

/**
 * A CSV file of accuracies or metrics that cannot be read. The message is one line that says what is wrong, where
 * (source, line, column) and what to do about it.
 */
public final class MatrixFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MatrixFormatException(String message) {
        super(message);
    }
}
