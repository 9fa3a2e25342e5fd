package sluice.tasks.script;

import com.google.common.base.CharMatcher;
import sluice.tasks.InputException;

/** How mistakes in scripts are worded: one line, {@code where: key: message}. */
final class Complaint {
    private static final int LONGEST_QUOTE = 60;

    private Complaint() {}

    static InputException at(Location location, String key, String message) {
        return new InputException(line(location, key, message));
    }

    static String line(Location location, String key, String message) {
        String about = key.isEmpty() ? "" : quote(key) + ": ";
        return oneLine(location + ": " + about + message);
    }

    /** A piece of the user's text, short and on one line, for quoting in a message. */
    static String quote(String text) {
        String line = oneLine(text);
        return line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "...";
    }

    private static String oneLine(String text) {
        return CharMatcher.javaIsoControl().replaceFrom(text, ' ');
    }
}
