package sluice.framework.optimizer;

import static com.google.common.base.Preconditions.checkArgument;

/** How long a task is trained. */
public sealed interface TrainingDuration {
    /**
     * Passes over the task's training examples.
     *
     * @param count at least 1
     */
    record Epochs(int count) implements TrainingDuration {
        /** Checks the range. */
        public Epochs {
            checkArgument(count >= 1, "epochs must be at least 1, got %s", count);
        }
    }

    /**
     * Steps, however many examples the task has: passes over them, of which the last may be cut short.
     *
     * @param count at least 1
     */
    record Iterations(int count) implements TrainingDuration {
        /** Checks the range. */
        public Iterations {
            checkArgument(count >= 1, "iterations must be at least 1, got %s", count);
        }
    }
}
