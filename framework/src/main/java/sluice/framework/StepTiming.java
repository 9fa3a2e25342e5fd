package sluice.framework;

import sluice.framework.kernel.Lanes;

/**
 * What one training step costs: of a 784-W-W network with a head of two classes, batches of 64 random examples and plain
 * gradient descent, with gates that are given and do not learn.
 *
 * @param shares open and frozen units of each hidden layer
 * @param milliseconds wall-clock time of a step: the median of repetitions, after a warm-up
 * @param done multiply-adds of a step
 * @param dense those of a step of a dense network of the same widths
 */
public record StepTiming(UnitShares shares, double milliseconds, MultiplyAdds done, MultiplyAdds dense) {
    /**
     * Measures, for about a second where a step takes less than a tenth of one.
     *
     * @param width W, units of each of the two hidden layers, at least 1
     * @param shares open and frozen units of each
     * @param lanes threads that share the step
     * @return what a step costs
     */
    public static StepTiming measure(int width, UnitShares shares, Lanes lanes) {
        try (RandomTask task = new RandomTask(width, shares, lanes)) {
            return of(shares, MedianTime.of(task::step), task);
        }
    }

    static StepTiming of(UnitShares shares, double milliseconds, RandomTask task) {
        LayerAccount account = task.account();
        return new StepTiming(
                shares, milliseconds, perStep(account.done(), task.steps()), perStep(account.dense(), task.steps()));
    }

    private static MultiplyAdds perStep(MultiplyAdds sum, long steps) {
        return new MultiplyAdds(sum.forward() / steps, sum.inputGradient() / steps, sum.weightGradient() / steps);
    }

    /**
     * @return multiply-adds of the step as a share of the dense network's
     */
    public double workShare() {
        return (double) done.total() / dense.total();
    }
}
