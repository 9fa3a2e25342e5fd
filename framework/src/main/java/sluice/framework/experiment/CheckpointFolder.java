package sluice.framework.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import sluice.tasks.InputException;

/**
 * Where checkpoints of a run are kept, and what is done with those that are there.
 *
 * @param folder of the run
 * @param replaces whether what does not fit is left aside, and the run begins anew
 * @param otherThreads whether a checkpoint of another number of threads is gone on from, with other bits
 */
public record CheckpointFolder(Path folder, boolean replaces, boolean otherThreads) {
    /**
     * Makes room for a run that goes on from none.
     *
     * @throws InputException if there are some that may not be left aside, or they cannot be removed
     */
    public void clear() {
        if (!replaces && files().findAny().isPresent()) {
            throw new InputException(
                    "%s holds a checkpoint, and this run goes on from none: add --overwrite to start anew, or name another folder with --out"
                            .formatted(folder));
        }
        delete();
    }

    /** Removes those that are there. */
    void delete() {
        files().forEach(CheckpointFolder::delete);
    }

    private Stream<Path> files() {
        return StoredCheckpoints.NAMES.stream().map(folder::resolve).filter(Files::isRegularFile);
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException stays) {
            throw new InputException("cannot remove %s (%s): remove it".formatted(file, stays.getMessage()), stays);
        }
    }
}
