package sluice.tasks.source;

import java.io.PrintStream;
import java.net.URI;
import java.util.Locale;
import java.util.OptionalLong;

/** Prints one line when a transfer begins: for outputs that are no terminal. */
record LineListener(PrintStream out) implements DownloadListener {
    @Override
    public void begin(URI source, long alreadyHere, OptionalLong total) {
        String size = total.isPresent() ? " (" + megabytes(total.getAsLong()) + ")" : "";
        String resumed = alreadyHere > 0 ? ", resumed at " + megabytes(alreadyHere) : "";
        out.println("downloading " + source + size + resumed);
    }

    @Override
    public void advance(long bytes) {}

    @Override
    public void end() {}

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
