package sluice.framework.experiment;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Stream;
import sluice.tasks.InputException;

/**
 * The folder in a comparison's folder that holds, in a folder for each, the checkpoints of runs that have not ended.
 *
 * @param comparison its folder
 */
record ComparisonCheckpoints(Path comparison) {
    /** No run's folder has the name: those end with a seed. */
    private static final String NAME = "checkpoints";

    /** Whether a file in a comparison's folder is that folder, with nothing else in it. */
    static boolean isFolder(Path file) {
        if (!file.getFileName().toString().equals(NAME) || !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (Stream<Path> runs = Files.list(file)) {
            return runs.allMatch(run -> isEmpty(run) || StoredCheckpoints.areAll(run));
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static boolean isEmpty(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        } catch (IOException unreadable) {
            return false;
        }
    }

    private Path folder() {
        return comparison.resolve(NAME);
    }

    /** Of the run with that folder. */
    Path of(String run) {
        return folder().resolve(run);
    }

    /** Whether any run has one. */
    boolean areThere() {
        if (!Files.isDirectory(folder())) {
            return false;
        }
        try (Stream<Path> runs = Files.list(folder())) {
            return runs.anyMatch(StoredCheckpoints::areAll);
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** Those of a run that is not to go on. */
    void delete(String run) {
        try {
            if (Files.exists(of(run))) {
                MoreFiles.deleteRecursively(of(run), RecursiveDeleteOption.ALLOW_INSECURE);
            }
        } catch (IOException stays) {
            throw new InputException("cannot remove %s (%s): remove it".formatted(of(run), stays.getMessage()), stays);
        }
    }

    /** Leaves no empty folder. */
    void sweep() {
        try {
            if (isFolder(folder())) {
                try (Stream<Path> runs = Files.list(folder())) {
                    for (Path run : runs.filter(ComparisonCheckpoints::isEmpty).toList()) {
                        Files.delete(run);
                    }
                }
                if (isEmpty(folder())) {
                    Files.delete(folder());
                }
            }
        } catch (IOException stays) {
            // an empty folder harms nobody
        }
    }
}
