package sluice.framework.internal.timing;

import sluice.framework.internal.clock.MedianTime;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.optimizer.Optimizer;

/**
 * What a training step costs a task that uses frozen units only, so that its head alone learns, against a mere forward
 * pass of the same layers.
 *
 * @param step the training step
 * @param forwardMilliseconds wall-clock time of the matrix multiplies, biases and ReLU of a forward pass, without
 *     gathering the batch, drawing gates or the loss
 */
public record ReuseTiming(StepTiming step, double forwardMilliseconds) {
    private static final UnitShares FROZEN_ONLY = new UnitShares(1, 1);

    /**
     * Measures both in turns.
     *
     * @param width W, units of each of the two hidden layers, at least 1
     * @param optimizer how the head's weights move
     * @param lanes threads that share the work
     * @param clock how long to measure each
     * @return the two times
     */
    public static ReuseTiming measure(int width, Optimizer optimizer, Lanes lanes, MedianTime clock) {
        try (RandomTask task = new RandomTask(width, FROZEN_ONLY, optimizer, lanes);
                ForwardPass forward = new ForwardPass(width, lanes)) {
            double[] milliseconds = clock.alternating(task::step, forward::run);
            return new ReuseTiming(StepTiming.of(FROZEN_ONLY, milliseconds[0], task), milliseconds[1]);
        }
    }

    /** {@return time of the step in forward passes} */
    public double forwardPasses() {
        return step.milliseconds() / forwardMilliseconds;
    }
}
