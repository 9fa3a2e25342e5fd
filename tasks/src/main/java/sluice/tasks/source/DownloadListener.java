package sluice.tasks.source;

import java.io.PrintStream;
import java.net.URI;
import java.util.OptionalLong;

/**
 * Hears how downloads get on, one transfer at a time: {@link #begin}, any number of {@link #advance}, {@link #end}.
 * The first two come from the network's threads, the last from the one that waits; after a transfer that was given up,
 * an {@code advance} may still follow {@code end} and is to be ignored.
 */
public interface DownloadListener {
    /**
     * A server has begun to send a file.
     *
     * @param source what is downloaded
     * @param alreadyHere bytes kept from an earlier attempt, at least 0
     * @param total bytes of the whole file, if the server tells
     */
    void begin(URI source, long alreadyHere, OptionalLong total);

    /**
     * More has arrived.
     *
     * @param bytes that have arrived since the last call
     */
    void advance(long bytes);

    /** The transfer is over, well or badly. */
    void end();

    /**
     * {@return a listener that draws a progress bar}
     *
     * @param terminal where the bar is drawn; a real terminal
     */
    static DownloadListener bar(PrintStream terminal) {
        return new ProgressBarListener(terminal);
    }

    /**
     * {@return a listener that prints one plain line for each transfer}
     *
     * @param out where lines are printed; a log file, say
     */
    static DownloadListener lines(PrintStream out) {
        return new LineListener(out);
    }
}
