package sluice.framework.optimizer;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.math.IntMath;
import java.math.RoundingMode;
import java.util.Optional;
import sluice.framework.loss.ClassWeightedLoss;
import sluice.framework.loss.Loss;
import sluice.gating.Schedule;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/**
 * How a task is trained.
 *
 * @param length how long
 * @param batchSize examples per step, at least 1
 * @param optimizer how weights and biases move
 * @param gradientClip largest global norm of the gradient of everything that a step may write (gate logits excepted);
 *     above 0, infinity for none
 * @param learningRateFactor what the optimiser's learning rate is multiplied by; above 0
 * @param loss what is made small
 * @param validation what is held out to say when a task is trained; empty where all is learned from, for the whole length
 * @param classWeights how much the loss of an example counts, by its class
 */
public record TrainingSettings(
        TrainingDuration length,
        int batchSize,
        Optimizer optimizer,
        double gradientClip,
        Schedule learningRateFactor,
        Loss loss,
        Optional<Validation> validation,
        ClassWeights classWeights) {
    /** Five epochs of batches of 64 with Adam. */
    public static final TrainingSettings DEFAULT =
            new TrainingSettings(5, 64, Optimizer.DEFAULT, Double.POSITIVE_INFINITY);

    /** Checks the ranges. */
    public TrainingSettings {
        checkNotNull(length, "length");
        checkArgument(batchSize >= 1, "batchSize must be at least 1, got %s", batchSize);
        checkNotNull(optimizer, "optimizer");
        checkArgument(gradientClip > 0, "gradientClip must be above 0, got %s", gradientClip);
        learningRateFactor.checkPositive("learningRateFactor");
        checkNotNull(loss, "loss");
        checkNotNull(validation, "validation");
        checkNotNull(classWeights, "classWeights");
    }

    /**
     * Settings of training on all examples, for the whole length.
     *
     * @param length how long
     * @param batchSize examples per step, at least 1
     * @param optimizer how weights and biases move
     * @param gradientClip largest global norm of the gradient, infinity for none
     * @param learningRateFactor what the optimiser's learning rate is multiplied by; above 0
     * @param loss what is made small
     */
    public TrainingSettings(
            TrainingDuration length,
            int batchSize,
            Optimizer optimizer,
            double gradientClip,
            Schedule learningRateFactor,
            Loss loss) {
        this(
                length,
                batchSize,
                optimizer,
                gradientClip,
                learningRateFactor,
                loss,
                Optional.empty(),
                ClassWeights.none());
    }

    /**
     * Settings with softmax cross-entropy.
     *
     * @param length how long
     * @param batchSize examples per step, at least 1
     * @param optimizer how weights and biases move
     * @param gradientClip largest global norm of the gradient, infinity for none
     * @param learningRateFactor what the optimiser's learning rate is multiplied by; above 0
     */
    public TrainingSettings(
            TrainingDuration length,
            int batchSize,
            Optimizer optimizer,
            double gradientClip,
            Schedule learningRateFactor) {
        this(length, batchSize, optimizer, gradientClip, learningRateFactor, Loss.DEFAULT);
    }

    /**
     * Settings with one learning rate throughout.
     *
     * @param epochs passes over the task's training examples, at least 1
     * @param batchSize examples per step, at least 1
     * @param optimizer how weights and biases move
     * @param gradientClip largest global norm of the gradient, infinity for none
     */
    public TrainingSettings(int epochs, int batchSize, Optimizer optimizer, double gradientClip) {
        this(new TrainingDuration.Epochs(epochs), batchSize, optimizer, gradientClip, new Schedule.Constant(1));
    }

    /** {@return whether the gradient is scaled down where its norm is too large} */
    public boolean clips() {
        return gradientClip < Double.POSITIVE_INFINITY;
    }

    /**
     * {@return training steps that it takes}
     *
     * @param examples of a task, at least 1
     */
    public long steps(int examples) {
        int perEpoch = IntMath.divide(examples, Math.min(batchSize, examples), RoundingMode.CEILING);
        return TrainingPlan.of(length, perEpoch).steps();
    }

    /**
     * {@return these settings with it}
     *
     * @param factor what the learning rate is multiplied by; above 0
     */
    public TrainingSettings withLearningRateFactor(Schedule factor) {
        return new TrainingSettings(length, batchSize, optimizer, gradientClip, factor, loss, validation, classWeights);
    }

    /**
     * {@return these settings with it}
     *
     * @param count passes, at least 1
     */
    public TrainingSettings withEpochs(int count) {
        return withLength(new TrainingDuration.Epochs(count));
    }

    /**
     * {@return these settings with it}
     *
     * @param other how long a task is trained
     */
    public TrainingSettings withLength(TrainingDuration other) {
        return new TrainingSettings(
                other, batchSize, optimizer, gradientClip, learningRateFactor, loss, validation, classWeights);
    }

    /**
     * {@return these settings with it}
     *
     * @param other how weights move
     */
    public TrainingSettings withOptimizer(Optimizer other) {
        return new TrainingSettings(
                length, batchSize, other, gradientClip, learningRateFactor, loss, validation, classWeights);
    }

    /**
     * {@return these settings with it}
     *
     * @param other what is made small
     */
    public TrainingSettings withLoss(Loss other) {
        return new TrainingSettings(
                length, batchSize, optimizer, gradientClip, learningRateFactor, other, validation, classWeights);
    }

    /**
     * {@return these settings with it}
     *
     * @param other what is held out, and how long training waits for a better pass
     */
    public TrainingSettings withValidation(Validation other) {
        return new TrainingSettings(
                length, batchSize, optimizer, gradientClip, learningRateFactor, loss, Optional.of(other), classWeights);
    }

    /**
     * {@return these settings with it}
     *
     * @param other how much the loss of an example counts, by its class
     */
    public TrainingSettings withClassWeights(ClassWeights other) {
        return new TrainingSettings(
                length, batchSize, optimizer, gradientClip, learningRateFactor, loss, validation, other);
    }

    /**
     * {@return these settings for a task alone: its loss counts by its classes}
     *
     * @param task the task
     * @param sequence that has it
     */
    public TrainingSettings weighted(Task task, TaskSequence sequence) {
        return classWeights.equals(ClassWeights.none())
                ? this
                : withLoss(new ClassWeightedLoss(loss, classWeights.of(task, sequence)));
    }

    /** {@return these settings, with nothing held out} */
    public TrainingSettings withoutValidation() {
        return new TrainingSettings(
                length, batchSize, optimizer, gradientClip, learningRateFactor, loss, Optional.empty(), classWeights);
    }
}
