package sluice.framework.binary;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.base.Stopwatch;
import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Floats;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import sluice.evaluation.AccuracyMatrix;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.layer.DenseLayer;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.result.DivergedException;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TrainingListener;
import sluice.gating.BinaryNeuron;
import sluice.gating.GateLayout;
import sluice.gating.GradientEstimator;
import sluice.gating.Granularity;
import sluice.gating.Probe;
import sluice.gating.Progress;
import sluice.gating.Schedule;
import sluice.tasks.Task;
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
        checkArgument(
                sequence.tasks().size() == 1,
                "binary units learn one task, sequence %s has %s",
                sequence.name(),
                sequence.tasks().size());
        try (Lanes lanes = Lanes.start(threads)) {
            return new Run(sequence, seed, listener, lanes).train();
        }
    }

    /** Binary units are read by the threshold; relaxed ones as the head has learned to take them. */
    private UnitReading reading() {
        boolean binary = estimator.begin(layout(1)).probes().stream()
                .anyMatch(probe -> probe.teaches() && probe.values() == Probe.Values.BINARY);
        return binary ? UnitReading.THRESHOLD : UnitReading.NOISELESS;
    }

    /** One training, from initial weights to the result. */
    private final class Run {
        private final TaskSequence sequence;
        private final Task task;
        private final long seed;
        private final TrainingListener listener;
        private final Lanes lanes;
        private final DenseLayer hidden;
        private final DenseLayer head;
        private final UnitReading reading = reading();
        private final Stopwatch trainingWatch = Stopwatch.createUnstarted();
        private final Stopwatch evaluationWatch = Stopwatch.createUnstarted();
        private final List<Double> losses = new ArrayList<>();
        private final List<Double> accuracies = new ArrayList<>();
        private int correct;

        Run(TaskSequence sequence, long seed, TrainingListener listener, Lanes lanes) {
            this.sequence = sequence;
            this.task = sequence.tasks().get(0);
            this.seed = seed;
            this.listener = listener;
            this.lanes = lanes;
            RandomStreams streams = new RandomStreams(seed);
            this.hidden = DenseLayer.heUniform(units, sequence.features(), streams.stream("initial-weights", 0));
            this.head = DenseLayer.heUniform(task.classes().size(), units, streams.stream("initial-head", 0));
        }

        ClassifierResult train() {
            evaluate(Progress.START);
            AccuracyMatrix matrix = row(AccuracyMatrix.empty(STRATEGY, seed, sequence.names()), 0);
            try (ClassifierTraining running = new ClassifierTraining(
                    hidden,
                    head,
                    task.train(),
                    sequence.normalisation(),
                    ClassifierTrainer.this,
                    new RandomStreams(seed),
                    lanes)) {
                listener.taskStarted(task.name(), 1, running.plan().steps());
                StochasticClassifier classifier = classifier(Progress.START);
                for (int epoch = 0; epoch < running.plan().epochs(); epoch++) {
                    losses.add(trainEpoch(running, epoch));
                    classifier = evaluate(running.plan().last(epoch));
                    accuracies.add((double) correct / task.test().size());
                }
                TaskSummary summary = summary(running, classifier);
                listener.taskConsolidated(summary);
                return new ClassifierResult(
                        classifier,
                        row(matrix, 1),
                        summary,
                        ImmutableList.copyOf(accuracies),
                        ImmutableList.copyOf(losses),
                        evaluationWatch.elapsed(TimeUnit.NANOSECONDS) / 1e9);
            }
        }

        private AccuracyMatrix row(AccuracyMatrix matrix, int row) {
            AccuracyMatrix filled = matrix.with(row, 1, correct, task.test().size());
            listener.rowEvaluated(filled, row);
            return filled;
        }

        private double trainEpoch(ClassifierTraining running, int epoch) {
            trainingWatch.start();
            running.beginEpoch(epoch);
            int steps = running.plan().steps(epoch);
            double sum = 0;
            for (int step = 0; step < steps; step++) {
                double loss = running.step(step);
                if (!Double.isFinite(loss)) {
                    throw new DivergedException(task.name(), epoch + 1, step + 1, loss);
                }
                sum += loss;
                listener.stepDone(epoch + 1, loss, running.accuracy());
            }
            running.writeBack();
            trainingWatch.stop();
            return sum / steps;
        }

        private StochasticClassifier evaluate(Progress progress) {
            evaluationWatch.start();
            StochasticClassifier classifier = classifier(progress);
            float[] logits = classifier.logits(task.test(), reading);
            correct = StochasticClassifier.correct(logits, task.test());
            evaluationWatch.stop();
            // the loss of a step is that before its update: the last update shows in the outputs only
            if (!Floats.asList(logits).stream().allMatch(Float::isFinite)) {
                throw new DivergedException(task.name(), progress.epoch() + 1, progress.step() + 1, Double.NaN);
            }
            return classifier;
        }

        private StochasticClassifier classifier(Progress progress) {
            return new StochasticClassifier(
                    hidden,
                    head,
                    task.classes(),
                    sequence.normalisation(),
                    estimator.model(neuron),
                    slope.at(progress),
                    reading);
        }

        private TaskSummary summary(ClassifierTraining running, StochasticClassifier classifier) {
            return new TaskSummary(
                    task.name(),
                    ImmutableList.of(units),
                    running.steps(),
                    trainingWatch.elapsed(TimeUnit.NANOSECONDS) / 1e9,
                    running.account(),
                    classifier.digest(),
                    Optional.empty(),
                    0);
        }
    }
}
