package sluice.framework.binary;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import sluice.framework.checkpoint.Checkpoints;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.result.DivergedException;
import sluice.framework.result.TrainingListener;
import sluice.gating.BinaryNeuron;
import sluice.gating.GateLayout;
import sluice.gating.GradientEstimator;
import sluice.gating.Granularity;
import sluice.gating.Probe;
import sluice.gating.Schedule;
import sluice.tasks.TaskSequence;

/**
 * Trains a {@link StochasticClassifier}: each example's logits {@code a = W x + b} draw its hidden units, the head's loss
 * comes back through them by a gradient estimator. There is one task, and nothing is frozen.
 *
 * @param units binary neurons of the hidden layer, at least 1
 * @param neuron the kind of neuron
 * @param estimator how gradients reach its logits
 * @param slope the slope over the epochs, above 0
 * @param training how weights are learned
 * @param threads threads that a step is shared out over, in [1, 256]; the bits of the result depend on it
 */
public record ClassifierTrainer(
        int units,
        BinaryNeuron neuron,
        GradientEstimator estimator,
        Schedule slope,
        TrainingSettings training,
        int threads) {
    /** The name of this way of learning in matrices and reports. */
    public static final String STRATEGY = "binary-units";

    /**
     * Checks the ranges, and that the estimator can serve such neurons.
     *
     * @throws IllegalArgumentException if not; the message says what would work
     */
    public ClassifierTrainer {
        checkArgument(units >= 1, "units must be at least 1, got %s", units);
        checkNotNull(training, "training");
        slope.checkPositive("slope");
        Lanes.checkCount(threads);
        estimator.begin(new GateLayout(neuron, Granularity.PER_EXAMPLE, 1, 1, 1, GateLayout.Logits.PER_EXAMPLE));
    }

    /** The hidden layer as its estimator sees it. */
    GateLayout layout(int batchSize) {
        return new GateLayout(neuron, Granularity.PER_EXAMPLE, units, batchSize, 1, GateLayout.Logits.PER_EXAMPLE);
    }

    /**
     * Trains on the one task of a sequence.
     *
     * @param sequence holds one task
     * @param seed the one seed of initialisation, shuffling and sampling
     * @param listener told of progress
     * @return the classifier and its accuracies
     * @throws DivergedException if the loss becomes NaN or infinite
     * @throws IllegalArgumentException if the sequence has several tasks
     */
    public ClassifierResult train(TaskSequence sequence, long seed, TrainingListener listener) {
        return train(sequence, seed, listener, Checkpoints.NONE);
    }

    /**
     * Trains on the one task of a sequence, or goes on with a training.
     *
     * @param sequence holds one task
     * @param seed the one seed of initialisation, shuffling and sampling
     * @param listener told of progress
     * @param checkpoints what to go on from, and who takes what another may go on from
     * @return the classifier and its accuracies
     * @throws DivergedException if the loss becomes NaN or infinite
     * @throws IllegalArgumentException if the sequence has several tasks, or its task no test examples
     */
    public ClassifierResult train(
            TaskSequence sequence, long seed, TrainingListener listener, Checkpoints checkpoints) {
        checkArgument(
                sequence.tasks().size() == 1,
                "binary units learn one task, sequence %s has %s",
                sequence.name(),
                sequence.tasks().size());
        checkArgument(!sequence.isRegression(), "a classifier tells classes apart and predicts no numbers");
        checkArgument(
                sequence.tasks().get(0).isTested(),
                "binary units are tested after every epoch, task %s has no test examples",
                sequence.names().get(0));
        try (Lanes lanes = Lanes.start(threads)) {
            return new ClassifierRun(this, sequence, seed, lanes).train(listener, checkpoints);
        }
    }

    /** Binary units are read by the threshold; relaxed ones as the head has learned to take them. */
    UnitReading reading() {
        boolean binary = estimator.begin(layout(1)).probes().stream()
                .anyMatch(probe -> probe.trainsWeights() && probe.values() == Probe.Values.BINARY);
        return binary ? UnitReading.THRESHOLD : UnitReading.NOISELESS;
    }
}
