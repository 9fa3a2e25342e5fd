package sluice.gating;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * How far the training of a task has come.
 *
 * @param epoch epochs already finished, in [0, epochs)
 * @param epochs epochs in all, at least 1
 * @param step steps of this epoch already finished, fewer than it has
 * @param steps steps of a whole epoch, at least 1
 * @param lastSteps steps of the last epoch, which may be cut short, in [1, steps]
 */
public record Progress(int epoch, int epochs, int step, int steps, int lastSteps) {
    /** Before the first step. */
    public static final Progress START = new Progress(0, 1, 0, 1);

    /** Checks the ranges. */
    public Progress {
        checkArgument(epoch >= 0 && epoch < epochs, "epoch must be in [0, %s), got %s", epochs, epoch);
        checkArgument(lastSteps >= 1 && lastSteps <= steps, "lastSteps must be in [1, %s], got %s", steps, lastSteps);
        int ofThis = epoch == epochs - 1 ? lastSteps : steps;
        checkArgument(step >= 0 && step < ofThis, "step must be in [0, %s), got %s", ofThis, step);
    }

    /**
     * Progress where all epochs are whole.
     *
     * @param epoch epochs already finished, in [0, epochs)
     * @param epochs epochs in all, at least 1
     * @param step steps of this epoch already finished, in [0, steps)
     * @param steps steps of an epoch, at least 1
     */
    public Progress(int epoch, int epochs, int step, int steps) {
        this(epoch, epochs, step, steps, steps);
    }

    /**
     * {@return 0 at the first step of the epoch, 1 at its last; 0 where a whole epoch is one step, 1 where the last one
     * is cut short to one}
     */
    public double ofEpoch() {
        int ofThis = epoch == epochs - 1 ? lastSteps : steps;
        if (ofThis == 1) {
            return ofThis < steps ? 1 : 0;
        }
        return step / (ofThis - 1.0);
    }

    /** {@return 0 at the first step of the task, 1 at its last} */
    public double ofTask() {
        double all = (epochs - 1.0) * steps + lastSteps;
        return all == 1 ? 0 : ((double) epoch * steps + step) / (all - 1);
    }
}
