package sluice.tasks.script;

import sluice.tasks.InputException;

/**
 * Where something was written.
 *
 * @param source the file, or the override ({@code --set key=value})
 * @param line its line, from 1; 0 where the source has no lines
 */
public record Location(String source, int line) {
    /**
     * {@return an error to throw: {@code file:line: key: message}}
     *
     * @param key dotted key of what is wrong
     * @param message what is wrong and what to do
     */
    public InputException error(String key, String message) {
        return Complaint.at(this, key, message);
    }

    /**
     * {@return the same of what does not fit others in its section: not told where one of these may be mistaken itself}
     *
     * @param key dotted key of what is wrong
     * @param message what is wrong and what to do
     */
    public InputException misfit(String key, String message) {
        return Complaint.at(this, key, message).withinSection();
    }

    /** {@return {@code source:line}, or the source alone where it has no lines} */
    @Override
    public String toString() {
        return line > 0 ? source + ":" + line : source;
    }
}
