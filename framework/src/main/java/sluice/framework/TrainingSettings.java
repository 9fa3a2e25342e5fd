package sluice.framework;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

/**
 * How a task is trained.
 *
 * @param epochs passes over the task's training examples, at least 1
 * @param batchSize examples per step, at least 1
 * @param optimizer how weights and biases move
 * @param gradientClip largest global norm of the gradient of everything that a step may write (gate logits excepted);
 *     above 0, infinity for none
 */
public record TrainingSettings(int epochs, int batchSize, Optimizer optimizer, double gradientClip) {
    /** Five epochs of batches of 64 with Adam. */
    public static final TrainingSettings DEFAULT =
            new TrainingSettings(5, 64, Optimizer.DEFAULT, Double.POSITIVE_INFINITY);

    /** Checks the ranges. */
    public TrainingSettings {
        checkArgument(epochs >= 1, "epochs must be at least 1, got %s", epochs);
        checkArgument(batchSize >= 1, "batchSize must be at least 1, got %s", batchSize);
        checkNotNull(optimizer, "optimizer");
        checkArgument(gradientClip > 0, "gradientClip must be above 0, got %s", gradientClip);
    }

    /**
     * @param count passes, at least 1
     * @return these settings with it
     */
    public TrainingSettings withEpochs(int count) {
        return new TrainingSettings(count, batchSize, optimizer, gradientClip);
    }

    /**
     * @param other how weights move
     * @return these settings with it
     */
    public TrainingSettings withOptimizer(Optimizer other) {
        return new TrainingSettings(epochs, batchSize, other, gradientClip);
    }
}
