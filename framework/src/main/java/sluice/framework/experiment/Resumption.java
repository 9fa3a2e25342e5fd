package sluice.framework.experiment;

import java.nio.file.Files;
import java.util.function.Supplier;
import sluice.framework.internal.state.StateMisfitException;
import sluice.framework.result.DivergedException;
import sluice.tasks.InputException;

/**
 * A run that may go on from the checkpoints in its folder, or begin anew where these do not fit and may be left aside.
 *
 * @param folder of the checkpoints
 */
record Resumption(CheckpointFolder folder) {
    /** Makes an attempt of the run, and another one without checkpoints where that is what is wanted. */
    <T> T of(Supplier<T> attempt) {
        boolean stays = Files.isDirectory(folder.folder()) && !StoredCheckpoints.areAll(folder.folder());
        try {
            return attempt.get();
        } catch (StateMisfitException misfit) {
            if (folder.replaces()) {
                folder.delete();
                return attempt.get();
            }
            throw new InputException(
                    "the checkpoint in %s cannot be gone on from (%s): add --overwrite to start anew"
                            .formatted(folder.folder(), misfit.getMessage()),
                    misfit);
        } catch (DivergedException diverged) {
            // whoever goes on from its checkpoints diverges, too
            folder.delete();
            if (!stays) {
                // fails where anything else is in it
                folder.folder().toFile().delete();
            }
            throw diverged;
        }
    }
}
