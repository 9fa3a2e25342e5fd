package sluice.framework.internal.file;

import java.io.IOException;
import java.nio.file.Path;
import sluice.evaluation.WholeFile.Content;
import sluice.tasks.InputException;

/** Writes whole files that users asked for: what keeps one from being written is told as a mistake that can be mended. */
public final class WholeFile {
    private WholeFile() {}

    /**
     * @param file where to; replaced if there; its folder must exist
     * @param content what
     * @throws InputException if the folder is missing or cannot be written to, or the disk is full
     */
    public static void write(Path file, Content content) {
        try {
            sluice.evaluation.WholeFile.write(file, content);
        } catch (IOException failed) {
            throw new InputException(
                    "cannot write %s: %s: choose a folder that is there and writable, with room left"
                            .formatted(file, failed.getMessage()),
                    failed);
        }
    }
}
