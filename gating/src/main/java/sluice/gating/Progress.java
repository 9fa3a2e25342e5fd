package sluice.gating;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * How far the training of a task has come.
 *
 * @param epoch epochs already finished, in [0, epochs)
 * @param epochs epochs in all, at least 1
 * @param step steps of this epoch already finished, in [0, steps)
 * @param steps steps of an epoch, at least 1
 */
public record Progress(int epoch, int epochs, int step, int steps) {
    /** Before the first step. */
    public static final Progress START = new Progress(0, 1, 0, 1);

    /** Checks the ranges. */
    public Progress {
        checkArgument(epoch >= 0 && epoch < epochs, "epoch must be in [0, %s), got %s", epochs, epoch);
        checkArgument(step >= 0 && step < steps, "step must be in [0, %s), got %s", steps, step);
    }

    /**
     * @return 0 at the first step of the epoch, 1 at its last
     */
    public double ofEpoch() {
        return steps == 1 ? 0 : step / (steps - 1.0);
    }

    /**
     * @return 0 at the first step of the task, 1 at its last
     */
    public double ofTask() {
        double all = (double) epochs * steps;
        return all == 1 ? 0 : ((double) epoch * steps + step) / (all - 1);
    }
}
