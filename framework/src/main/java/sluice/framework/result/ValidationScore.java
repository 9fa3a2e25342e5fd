package sluice.framework.result;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * How a model did on examples that were held out of a task's training.
 *
 * @param correct examples answered right
 * @param examples held out, at least 1
 * @param loss mean cross-entropy of the right classes among those that compete, in nats
 */
public record ValidationScore(int correct, int examples, double loss) {
    /** Checks the ranges. */
    public ValidationScore {
        checkArgument(examples >= 1, "examples must be at least 1, got %s", examples);
        checkArgument(correct >= 0 && correct <= examples, "correct must be in [0, %s], got %s", examples, correct);
    }

    /** {@return share answered right, in [0, 1]} */
    public double accuracy() {
        return (double) correct / examples;
    }

    /**
     * {@return whether more was answered right, or as much at a lower loss}
     *
     * @param other of the same examples
     */
    public boolean isBetterThan(ValidationScore other) {
        return correct > other.correct || (correct == other.correct && loss < other.loss);
    }
}
