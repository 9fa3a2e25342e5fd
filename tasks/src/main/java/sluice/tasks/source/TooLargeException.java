package sluice.tasks.source;

import java.io.IOException;
import java.util.Locale;

/** A server sends more than the file can have. */
final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLargeException(long mostBytes) {
        super(String.format(Locale.ROOT, "it sends more than %,d bytes, which is not the published file", mostBytes));
    }
}
