package sluice.tasks.script;

import com.google.common.base.CharMatcher;
import java.util.regex.Pattern;

/** How mistakes in scripts are worded: one line, {@code where: key: message}. */
public final class Complaint {
    private static final int LONGEST_QUOTE = 60;

    /** What nobody reads to its end: names, never paths, are as long. */
    private static final Pattern LONG_WORD = Pattern.compile("(\\S{60})\\S{4096,}");

    private Complaint() {}

    static ScriptMistake at(Location location, String key, String message) {
        return new ScriptMistake(line(location, key, message), location, key);
    }

    static String line(Location location, String key, String message) {
        String about = key.isEmpty() ? "" : quote(key) + ": ";
        return oneLine(location + ": " + about + LONG_WORD.matcher(message).replaceAll("$1..."));
    }

    /**
     * {@return the same, short and on one line, for quoting in a message}
     *
     * @param text a piece of the user's
     */
    public static String quote(String text) {
        String line = oneLine(text);
        return line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "...";
    }

    private static String oneLine(String text) {
        return CharMatcher.javaIsoControl().replaceFrom(text, ' ');
    }
}
