package sluice.framework.cli;

import java.io.PrintStream;
import java.util.Map;

/**
 * Where output goes.
 *
 * @param out results and progress
 * @param err mistakes and warnings
 * @param interactive whether somebody watches: a terminal, not a file or a pipe
 */
record Terminal(PrintStream out, PrintStream err, boolean interactive) {
    private static final int DEFAULT_COLUMNS = 80;
    private static final int MOST_COLUMNS = 120;

    /**
     * Whether output goes to a terminal, as the launcher says in the property sluice.terminal: Java itself cannot tell
     * in every version.
     */
    static boolean ofThisProcess() {
        return Boolean.getBoolean("sluice.terminal");
    }

    boolean colours() {
        return colours(interactive, System.getenv());
    }

    /** Colours are for terminals that know them, and for people who want them (no-color.org). */
    static boolean colours(boolean interactive, Map<String, String> environment) {
        return interactive
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    /**
     * Columns of a bar, as the launcher says in the property sluice.columns: a library that asks the terminal takes over
     * the handling of Ctrl-C.
     */
    int width() {
        int told = Integer.getInteger("sluice.columns", 0);
        // some terminals say 0 where they do not know
        return Math.min(MOST_COLUMNS, told > 0 ? Math.max(DEFAULT_COLUMNS / 2, told) : DEFAULT_COLUMNS) - 1;
    }
}
