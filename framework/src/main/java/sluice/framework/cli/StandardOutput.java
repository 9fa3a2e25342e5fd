package sluice.framework.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Standard output that remembers why it could not be written, which the streams of printed text above it do not. Of a reader
 * that went away, such as {@code head}, there is nothing to say: it has what it wanted.
 */
final class StandardOutput extends FilterOutputStream {
    /** Where systems that have such a thing show what standard output is. */
    static final Path SHOWN = Path.of("/dev/fd/1");

    private static final int KIND = 0170000;
    private static final int PIPE = 0010000;
    private static final int SOCKET = 0140000;

    private final Path shown;
    private IOException failure;

    /**
     * @param out what is written to
     * @param shown where its kind shows; need not exist
     */
    StandardOutput(OutputStream out, Path shown) {
        super(out);
        this.shown = shown;
    }

    /** Why something that was printed is lost; empty if nothing is, or if nobody wanted it any more. */
    Optional<String> lost() {
        return failure == null || isReaderGone() ? Optional.empty() : Optional.of(String.valueOf(failure.getMessage()));
    }

    /** A pipe cannot be full; what the system calls a broken one depends on its language. */
    private boolean isReaderGone() {
        if (String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("pipe")) {
            return true;
        }
        try {
            int kind = (int) Files.getAttribute(shown, "unix:mode") & KIND;
            return kind == PIPE || kind == SOCKET;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException elsewhere) {
            return false;
        }
    }

    @Override
    public void write(int octet) throws IOException {
        try {
            out.write(octet);
        } catch (IOException failed) {
            throw remembered(failed);
        }
    }

    @Override
    public void write(byte[] octets, int from, int count) throws IOException {
        try {
            out.write(octets, from, count);
        } catch (IOException failed) {
            throw remembered(failed);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException failed) {
            throw remembered(failed);
        }
    }

    /** The first one tells most. */
    private IOException remembered(IOException failed) {
        if (failure == null) {
            failure = failed;
        }
        return failed;
    }
}
