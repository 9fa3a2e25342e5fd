package sluice.framework.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import sluice.evaluation.AccuracyTable;

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
    /** What tables can be made to fit. */
    private static final int LEAST_COLUMNS = 48;

    /**
     * Whether output goes to a terminal, as the launcher says in the property sluice.terminal: Java itself cannot tell
     * in every version.
     */
    static boolean ofThisProcess() {
        return Boolean.getBoolean("sluice.terminal");
    }

    /** The same that prints everything where mistakes go, because results of another kind go to the output. */
    Terminal onErr() {
        return new Terminal(err, err, interactive);
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
     * Columns that text may take: those of the terminal. Where nobody watches, lines are as long as they are, for other programs.
     */
    int columns() {
        return interactive ? Math.max(LEAST_COLUMNS, told()) : Integer.MAX_VALUE;
    }

    /** Columns that the table of an accuracy matrix may take. */
    int matrixColumns() {
        return Math.min(AccuracyTable.DEFAULT_WIDTH, columns());
    }

    /** Prints results for a reader: lines that are too long for the terminal go on below, each where its text begins. */
    void say(String text) {
        out.println(fitted(text));
    }

    /** The text with lines that are not too long for a reader. */
    String fitted(String text) {
        return interactive ? FittedLines.of(text, Math.min(MOST_COLUMNS, columns())) : text;
    }

    /** Prints a line for a reader, by a pattern. */
    void say(String pattern, Object... parts) {
        say(String.format(Locale.ROOT, pattern, parts));
    }

    /**
     * Columns of a bar, as the launcher says in the property sluice.columns: a library that asks the terminal takes over
     * the handling of Ctrl-C.
     */
    int width() {
        return Math.min(MOST_COLUMNS, Math.max(DEFAULT_COLUMNS / 2, told())) - 1;
    }

    private static int told() {
        int told = Integer.getInteger("sluice.columns", 0);
        // some terminals say 0 where they do not know
        return told > 0 ? told : DEFAULT_COLUMNS;
    }
}
