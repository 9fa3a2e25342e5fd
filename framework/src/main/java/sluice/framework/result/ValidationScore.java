package sluice.framework.result;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How a model did on examples that were held out of a task's training.
 *
 * @param correct examples answered right; empty where numbers are predicted
 * @param examples held out, at least 1
 * @param loss mean cross-entropy of the right classes among those that compete, in nats; where numbers are predicted, their mean squared
 *     error by the targets' scale
 */
public record ValidationScore(OptionalInt correct, int examples, double loss) {
    /** Checks the ranges. */
    public ValidationScore {
        checkArgument(examples >= 1, "examples must be at least 1, got %s", examples);
        checkArgument(
                correct.isEmpty() || (correct.getAsInt() >= 0 && correct.getAsInt() <= examples),
                "correct must be in [0, %s], got %s",
                examples,
                correct);
    }

    /**
     * Of classes.
     *
     * @param correct examples answered right
     * @param examples held out, at least 1
     * @param loss mean cross-entropy of the right classes, in nats
     */
    public ValidationScore(int correct, int examples, double loss) {
        this(OptionalInt.of(correct), examples, loss);
    }

    /**
     * {@return of numbers}
     *
     * @param examples held out, at least 1
     * @param loss their mean squared error, by the targets' scale
     */
    public static ValidationScore ofNumbers(int examples, double loss) {
        return new ValidationScore(OptionalInt.empty(), examples, loss);
    }

    /** {@return share answered right, in [0, 1]; empty where numbers are predicted} */
    public OptionalDouble accuracy() {
        return correct.isPresent() ? OptionalDouble.of((double) correct.getAsInt() / examples) : OptionalDouble.empty();
    }

    /**
     * {@return whether more was answered right, or as much at a lower loss}
     *
     * @param other of the same examples
     */
    public boolean isBetterThan(ValidationScore other) {
        int more = Integer.compare(correct.orElse(0), other.correct.orElse(0));
        return more > 0 || (more == 0 && loss < other.loss);
    }
}
