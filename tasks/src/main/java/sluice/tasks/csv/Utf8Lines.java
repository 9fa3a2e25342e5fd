package sluice.tasks.csv;

import com.google.common.base.Utf8;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Finds text that is not UTF-8. A reader decodes ahead of what it hands out, so that it cannot tell the line. */
final class Utf8Lines {
    private Utf8Lines() {}

    /**
     * {@return the first line, from 1, that is not; no character holds the byte of a line end}
     *
     * @param path a file that is not UTF-8
     * @throws IOException if it cannot be read
     */
    static long firstWrong(Path path) throws IOException {
        long number = 1;
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (InputStream in = TableContent.open(path)) {
            for (int next = in.read(); next >= 0; next = in.read()) {
                line.write(next);
                if (next == '\n') {
                    if (!Utf8.isWellFormed(line.toByteArray())) {
                        return number;
                    }
                    line.reset();
                    number++;
                }
            }
        }
        return number;
    }
}
