package sluice.framework;

import com.google.common.math.IntMath;
import java.math.RoundingMode;
import java.util.stream.IntStream;
import sluice.gating.Progress;

/**
 * The epochs of a task's training, and the steps of each.
 *
 * @param epochs passes over the examples, at least 1
 * @param perEpoch steps of a whole pass, at least 1
 * @param lastSteps steps of the last pass, in [1, perEpoch]
 */
record TrainingPlan(int epochs, int perEpoch, int lastSteps) {
    static TrainingPlan of(Length length, int perEpoch) {
        if (length instanceof Length.Iterations iterations) {
            int epochs = IntMath.divide(iterations.count(), perEpoch, RoundingMode.CEILING);
            return new TrainingPlan(epochs, perEpoch, iterations.count() - (epochs - 1) * perEpoch);
        }
        return new TrainingPlan(((Length.Epochs) length).count(), perEpoch, perEpoch);
    }

    /** Steps in all. */
    long steps() {
        return (epochs - 1L) * perEpoch + lastSteps;
    }

    /** Steps of an epoch, from 0. */
    int steps(int epoch) {
        return epoch == epochs - 1 ? lastSteps : perEpoch;
    }

    /** When each step of an epoch is, ready so that a step allocates nothing. */
    Progress[] progress(int epoch) {
        return IntStream.range(0, steps(epoch))
                .mapToObj(step -> new Progress(epoch, epochs, step, perEpoch, lastSteps))
                .toArray(Progress[]::new);
    }

    /** When the last step of an epoch is. */
    Progress last(int epoch) {
        return new Progress(epoch, epochs, steps(epoch) - 1, perEpoch, lastSteps);
    }
}
