package sluice.framework.internal.file;

import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.nio.file.Path;
import sluice.tasks.InputException;

/** What tells whether a file is the same as it was. */
public final class FileChecksum {
    private FileChecksum() {}

    /**
     * {@return SHA-256 (hex) of its bytes}
     *
     * @param file that is there
     * @throws InputException if it cannot be read
     */
    public static String of(Path file) {
        try {
            return MoreFiles.asByteSource(file).hash(Hashing.sha256()).toString();
        } catch (IOException unreadable) {
            throw new InputException(
                    "%s cannot be read (%s): look whether it is there, and whose it is"
                            .formatted(file, unreadable.getMessage()),
                    unreadable);
        }
    }
}
