package sluice.tasks;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * A mistake that the user can mend: a missing file, a damaged download, a script with an unknown key. Its message is
 * one line that says what is wrong, where (file, line, key) and what to do about it; of several mistakes, each has such a line.
 */
public class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ImmutableList<String> lines;

    /**
     * A mistake in what a user gave.
     *
     * @param message one line: what, where, what to do
     */
    public InputException(String message) {
        super(message);
        this.lines = ImmutableList.of(message);
    }

    /**
     * A mistake in what a user gave, with its cause.
     *
     * @param message one line: what, where, what to do
     * @param cause what was caught
     */
    public InputException(String message, Throwable cause) {
        super(message, cause);
        this.lines = ImmutableList.of(message);
    }

    /**
     * Several mistakes that are told at once.
     *
     * @param lines what, where, what to do: one line of each; at least one
     */
    public InputException(List<String> lines) {
        super(String.join("; ", lines));
        this.lines = ImmutableList.copyOf(lines);
    }

    /** {@return what, where, what to do: one line of each mistake; together, separated by semicolons, they are the message} */
    public ImmutableList<String> lines() {
        return lines;
    }
}
