package sluice.evaluation;

import java.nio.file.FileSystems;
import java.nio.file.Path;

/** A path as its user knows it: {@code runs.zip/gates-seed1/metrics.csv} of a file in an archive. */
public final class ShownPath {
    private ShownPath() {}

    /**
     * {@return its text, after that of the archive}
     *
     * @param path of a file or folder, of the usual file system or in an archive
     */
    public static String of(Path path) {
        return path.getFileSystem().equals(FileSystems.getDefault())
                ? path.toString()
                // an archive's file system is called as the archive is
                : path.getFileSystem() + path.toAbsolutePath().toString();
    }
}
