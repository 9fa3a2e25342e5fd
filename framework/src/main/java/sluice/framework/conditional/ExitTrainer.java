package sluice.framework.conditional;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableList;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.result.DivergedException;
import sluice.framework.result.TrainingListener;
import sluice.tasks.TaskSequence;

/**
 * Trains a network with exits, part by part: the lowest first, each on what those below it say, which are not touched any
 * more. When examples stop is then chosen on examples that were held out. There is one task.
 *
 * @param layers hidden layers, lowest first
 * @param inputNoise standard deviation of the Gaussian noise that training adds to normalised features, at least 0
 * @param heldOut share of the training examples, the last ones, that thresholds are chosen on, in (0, 1)
 * @param budget mean multiply-adds that an example may take where the network is tested; all of them where none is set
 * @param training how long each part is trained, by which optimiser; its loss and clip are not looked at
 */
public record ExitTrainer(
        ImmutableList<ExitLayer> layers, double inputNoise, double heldOut, long budget, TrainingSettings training) {
    /** No bound on what an example may take. */
    public static final long NO_BUDGET = Long.MAX_VALUE;

    /** What this way of learning is called in matrices and reports. */
    public static final String STRATEGY = "exits";

    /** Checks the ranges, and that the layers fit on each other. */
    public ExitTrainer {
        ExitShape.checkLayers(layers);
        checkArgument(
                inputNoise >= 0 && Double.isFinite(inputNoise), "inputNoise must be at least 0, got %s", inputNoise);
        checkArgument(heldOut > 0 && heldOut < 1, "heldOut must be in (0, 1), got %s", heldOut);
        checkArgument(budget >= 1, "budget must be at least 1, got %s", budget);
        checkNotNull(training, "training");
    }

    /**
     * Trains on the one task of a sequence.
     *
     * @param sequence holds one task
     * @param seed the one seed of initialisation, shuffling and noise
     * @param listener told of progress
     * @return the network, its rules and its accuracies
     * @throws DivergedException if the loss becomes NaN or infinite
     * @throws IllegalArgumentException if the sequence has several tasks, or the budget is below the first exit's cost
     */
    public ExitResult train(TaskSequence sequence, long seed, TrainingListener listener) {
        checkArgument(
                sequence.tasks().size() == 1,
                "a network with exits learns one task, sequence %s has %s",
                sequence.name(),
                sequence.tasks().size());
        ExitShape shape = shape(sequence);
        checkArgument(
                budget >= shape.multiplyAdds(0),
                "a budget of %s multiply-adds is below the %s that every example takes to the first exit",
                budget,
                shape.multiplyAdds(0));
        try (ExitRun run = new ExitRun(this, shape, sequence, seed)) {
            return run.train(listener);
        }
    }

    /**
     * {@return the network's form}
     *
     * @param sequence that it learns
     */
    public ExitShape shape(TaskSequence sequence) {
        return new ExitShape(
                sequence.features(), sequence.tasks().get(0).classes().size(), layers);
    }
}
