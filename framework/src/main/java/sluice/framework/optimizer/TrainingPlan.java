package sluice.framework.optimizer;

import com.google.common.math.LongMath;
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
public record TrainingPlan(int epochs, int perEpoch, int lastSteps) {
    /**
     * {@return the passes that so many steps make, the last perhaps cut short}
     *
     * @param steps in all, at least 1
     * @param perEpoch steps of a whole pass, at least 1
     */
    public static TrainingPlan ofSteps(long steps, int perEpoch) {
        int epochs = Math.toIntExact(LongMath.divide(steps, perEpoch, RoundingMode.CEILING));
        return new TrainingPlan(epochs, perEpoch, (int) (steps - (epochs - 1L) * perEpoch));
    }

    /**
     * {@return the passes that it makes}
     *
     * @param length how long
     * @param perEpoch steps of a whole pass, at least 1
     */
    public static TrainingPlan of(TrainingDuration length, int perEpoch) {
        if (length instanceof TrainingDuration.Iterations iterations) {
            return ofSteps(iterations.count(), perEpoch);
        }
        int epochs = length instanceof TrainingDuration.Fitting fitting
                ? fitting.epochs(perEpoch)
                : ((TrainingDuration.Epochs) length).count();
        return new TrainingPlan(epochs, perEpoch, perEpoch);
    }

    /** Steps in all. */
    public long steps() {
        return (epochs - 1L) * perEpoch + lastSteps;
    }

    /** Steps of an epoch, from 0. */
    public int steps(int epoch) {
        return epoch == epochs - 1 ? lastSteps : perEpoch;
    }

    /**
     * {@return when each step of it is, ready so that a step allocates nothing}
     *
     * @param epoch from 0
     */
    public Progress[] progress(int epoch) {
        return IntStream.range(0, steps(epoch))
                .mapToObj(step -> new Progress(epoch, epochs, step, perEpoch, lastSteps))
                .toArray(Progress[]::new);
    }

    /** When the last step of an epoch is. */
    public Progress last(int epoch) {
        return new Progress(epoch, epochs, steps(epoch) - 1, perEpoch, lastSteps);
    }
}
