package sluice.evaluation;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A folder of results that is replaced lies beside its place, as {@code .NAME.old}, until the new one is there. A process
 * that is killed just between leaves it so, whole: readers find it there, and the next run into that place ends the matter.
 */
public final class DisplacedFolder {
    private DisplacedFolder() {}

    /**
     * {@return where it lies while it is replaced}
     *
     * @param folder any that has a name
     */
    public static Path of(Path folder) {
        return folder.resolveSibling("." + folder.getFileName() + ".old");
    }

    /**
     * {@return where to read it: the path itself, unless it is missing and was left beside its place}
     *
     * @param path of a folder of results, or of something in it
     */
    public static Path present(Path path) {
        if (path.getFileName() == null || Files.exists(path)) {
            return path;
        }
        Path old = of(path);
        if (Files.isDirectory(old, LinkOption.NOFOLLOW_LINKS)) {
            return old;
        }
        Path parent = path.getParent();
        return parent == null ? path : present(parent).resolve(path.getFileName());
    }
}
