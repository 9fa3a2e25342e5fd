package sluice.tasks;

/**
 * A mistake that the user can mend: a missing file, a damaged download, a script with an unknown key. Its message is
 * one line that says what is wrong, where (file, line, key) and what to do about it.
 */
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A mistake in what a user gave.
     *
     * @param message one line: what, where, what to do
     */
    public InputException(String message) {
        super(message);
    }

    /**
     * A mistake in what a user gave, with its cause.
     *
     * @param message one line: what, where, what to do
     * @param cause what was caught
     */
    public InputException(String message, Throwable cause) {
        super(message, cause);
    }
}
