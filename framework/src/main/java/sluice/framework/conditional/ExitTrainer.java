package sluice.framework.conditional;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableList;
import com.google.common.math.IntMath;
import com.google.common.primitives.Ints;
import java.math.RoundingMode;
import java.util.BitSet;
import java.util.Optional;
import java.util.stream.LongStream;
import sluice.framework.account.MultiplyAdds;
import sluice.framework.checkpoint.Checkpoints;
import sluice.framework.optimizer.TrainingPlan;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.result.DivergedException;
import sluice.framework.result.TrainingListener;
import sluice.gating.GradientEstimator;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;
import sluice.tasks.TestShare;

/**
 * Trains a network with exits, part by part: the lowest first, each on what those below it say, which are not touched any
 * more. When examples stop is then chosen on examples that were held out. There is one task.
 *
 * @param layers hidden layers, lowest first
 * @param inputNoise standard deviation of the Gaussian noise that training adds to normalised features, at least 0
 * @param heldOut share of each class's training examples, by lot, that thresholds are chosen on, in (0, 1)
 * @param budget mean multiply-adds that an example may take where the network is tested; all of them where none is set
 * @param neurons how gradients reach the neurons that say at exits whether an example stops, by what the head there says; trained when
 *     the parts are, on the held-out examples, against loss and budget. None for the difference of the two largest probabilities
 * @param training how long each part is trained, by which optimiser, in batches of at least 2; its loss is not looked at
 */
public record ExitTrainer(
        ImmutableList<ExitLayer> layers,
        double inputNoise,
        double heldOut,
        long budget,
        Optional<GradientEstimator> neurons,
        TrainingSettings training) {
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
        neurons.ifPresent(estimator -> estimator.begin(Gater.layout(1, 1)));
        checkNotNull(training, "training");
        checkArgument(
                training.batchSize() >= 2,
                "one example has no variance to be normalised by: batchSize must be at least 2");
        checkArgument(
                !training.clips(), "gradients of networks with exits are not clipped: gradientClip must be infinite");
    }

    /**
     * Exits where the difference of the two largest probabilities decides.
     *
     * @param layers hidden layers, lowest first
     * @param inputNoise standard deviation of the Gaussian noise that training adds to normalised features, at least 0
     * @param heldOut share of each class's training examples, by lot, that thresholds are chosen on, in (0, 1)
     * @param budget mean multiply-adds that an example may take where the network is tested
     * @param training how long each part is trained, by which optimiser, in batches of at least 2
     */
    public ExitTrainer(
            ImmutableList<ExitLayer> layers,
            double inputNoise,
            double heldOut,
            long budget,
            TrainingSettings training) {
        this(layers, inputNoise, heldOut, budget, Optional.empty(), training);
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
        return train(sequence, seed, listener, Checkpoints.NONE);
    }

    /**
     * Trains on the one task of a sequence, or goes on with a training.
     *
     * @param sequence holds one task
     * @param seed the one seed of initialisation, shuffling and noise
     * @param listener told of progress
     * @param checkpoints what to go on from, and who takes what another may go on from
     * @return the network, its rules and its accuracies
     * @throws DivergedException if the loss becomes NaN or infinite
     * @throws IllegalArgumentException if the sequence has several tasks, its task no test examples, or the budget is below the first exit's cost
     */
    public ExitResult train(TaskSequence sequence, long seed, TrainingListener listener, Checkpoints checkpoints) {
        checkArgument(
                sequence.tasks().size() == 1,
                "a network with exits learns one task, sequence %s has %s",
                sequence.name(),
                sequence.tasks().size());
        checkArgument(!sequence.isRegression(), "a network with exits tells classes apart and predicts no numbers");
        checkArgument(
                sequence.tasks().get(0).isTested(),
                "a network with exits is judged by what test examples take, task %s has none",
                sequence.names().get(0));
        ExitShape shape = shape(sequence);
        checkArgument(
                budget >= shape.multiplyAdds(0),
                "a budget of %s multiply-adds is below the %s that every example takes to the first exit",
                budget,
                shape.multiplyAdds(0));
        return new ExitRun(this, shape, sequence, seed).train(listener, checkpoints);
    }

    /**
     * {@return which training examples thresholds are chosen on}
     *
     * @param task that is learned
     * @param seed of the lot
     */
    BitSet heldOut(Task task, long seed) {
        BitSet held =
                new TestShare(heldOut, seed).choose(Ints.asList(task.train().labels()));
        if (held.isEmpty()) {
            // every class has one example
            held.set(0);
        }
        return held;
    }

    /**
     * {@return what the training takes}
     *
     * @param sequence holds the task
     * @param seed of the training
     */
    public Work work(TaskSequence sequence, long seed) {
        ExitShape shape = shape(sequence);
        Task task = sequence.tasks().get(0);
        int learned = task.train().size() - heldOut(task, seed).cardinality();
        int batch = Math.min(training.batchSize(), learned);
        TrainingPlan ofPart = TrainingPlan.of(training.length(), IntMath.divide(learned, batch, RoundingMode.CEILING));
        long dealt = (ofPart.epochs() - 1L) * learned + Math.min(learned, (long) ofPart.lastSteps() * batch);
        ExitCost cost = new ExitCost(shape);
        return new Work(
                learned,
                ofPart.steps() * shape.exits(),
                cost.parameters(),
                cost.total(ofLast(shape, batch)),
                cost.total(LongStream.generate(() -> dealt).limit(shape.exits()).toArray()),
                (double) dealt / learned);
    }

    private static long[] ofLast(ExitShape shape, int batch) {
        long[] examples = new long[shape.exits()];
        examples[examples.length - 1] = batch;
        return examples;
    }

    /**
     * What a training takes.
     *
     * @param examples that are trained on
     * @param steps of all parts
     * @param parameters of all parts
     * @param step multiply-adds of a full step of the last part
     * @param total multiply-adds of all steps
     * @param epochs of each part, the last perhaps cut short
     */
    public record Work(
            int examples, long steps, long parameters, MultiplyAdds step, MultiplyAdds total, double epochs) {}

    /**
     * {@return the network's form}
     *
     * @param sequence that it learns
     */
    public ExitShape shape(TaskSequence sequence) {
        return new ExitShape(sequence.shape(), sequence.tasks().get(0).classes().size(), layers);
    }
}
