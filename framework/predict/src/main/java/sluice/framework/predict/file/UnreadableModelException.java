package sluice.framework.predict.file;

/** There is no such model, it is damaged, or it is none that is asked for. Its message is one line that says which file. */
public final class UnreadableModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A model that cannot be read.
     *
     * @param message one line: which file, what is wrong with it, what to do
     */
    public UnreadableModelException(String message) {
        super(message);
    }

    /**
     * A model that cannot be read, with what was caught.
     *
     * @param message one line: which file, what is wrong with it, what to do
     * @param cause what was caught
     */
    public UnreadableModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
