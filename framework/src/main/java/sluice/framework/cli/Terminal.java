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
     * Whether output goes to a terminal: as the launcher says in the property sluice.terminal, else as far as Java can
     * tell.
     */
    static boolean ofThisProcess() {
        String said = System.getProperty("sluice.terminal");
        return said == null ? System.console() != null : Boolean.parseBoolean(said);
    }

    boolean colours() {
        return interactive && System.getenv("NO_COLOR") == null;
    }
}
