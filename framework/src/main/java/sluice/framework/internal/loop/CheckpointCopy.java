package sluice.framework.internal.loop;

import java.util.function.Supplier;
import sluice.framework.checkpoint.Checkpoint;
import sluice.framework.checkpoint.Checkpoints;
import sluice.framework.internal.state.StateTooLargeException;

/** Copies of a training's state, as far as there is memory for them. */
public final class CheckpointCopy {
    private CheckpointCopy() {}

    /** Hands over a copy, or tells that none can be made. */
    public static void take(Checkpoints checkpoints, Supplier<Checkpoint> copy) {
        try {
            checkpoints.take(copy.get());
        } catch (OutOfMemoryError full) {
            // of the copy: training itself has what it needs
            checkpoints.missed("not enough memory for a copy of its state");
        } catch (StateTooLargeException large) {
            checkpoints.missed("its state has " + large.getMessage());
        }
    }
}
