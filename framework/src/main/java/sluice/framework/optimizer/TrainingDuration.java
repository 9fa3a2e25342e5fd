package sluice.framework.optimizer;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.math.IntMath;
import java.math.RoundingMode;

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
     * Passes over the task's training examples, but as many as it takes for some steps: a few passes over few examples would be over before
     * anything is learned.
     *
     * @param epochs at least so many passes, at least 1
     * @param steps at least so many steps, at least 1
     */
    record Fitting(int epochs, int steps) implements TrainingDuration {
        /** Five passes, and five hundred steps. */
        public static final Fitting DEFAULT = new Fitting(5, 500);

        /** Checks the ranges. */
        public Fitting {
            checkArgument(epochs >= 1, "epochs must be at least 1, got %s", epochs);
            checkArgument(steps >= 1, "steps must be at least 1, got %s", steps);
        }

        /**
         * {@return the passes of a task}
         *
         * @param perEpoch steps of a whole pass, at least 1
         */
        public int epochs(int perEpoch) {
            return Math.max(epochs, IntMath.divide(steps, perEpoch, RoundingMode.CEILING));
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
