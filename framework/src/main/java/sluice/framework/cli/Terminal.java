package sluice.framework.cli;

import java.io.PrintStream;

/**
 * Where output goes.
 *
 * @param out results and progress
 * @param err mistakes and warnings
 * @param interactive whether somebody watches: a terminal, not a file or a pipe
 */
record Terminal(PrintStream out, PrintStream err, boolean interactive) {
    /**
     * Whether output goes to a terminal, as the launcher says in the property sluice.terminal: Java itself cannot tell
     * in every version.
     */
    static boolean ofThisProcess() {
        return Boolean.getBoolean("sluice.terminal");
    }

    boolean colours() {
        return interactive && System.getenv("NO_COLOR") == null;
    }
}
