package sluice.framework.binary;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Doubles;
import com.google.common.primitives.Floats;
import java.util.ArrayList;
import java.util.List;
import sluice.evaluation.AccuracyMatrix;
import sluice.framework.checkpoint.Checkpoints;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.loop.SequenceRun;
import sluice.framework.internal.loop.TaskRun;
import sluice.framework.internal.loop.Tested;
import sluice.framework.internal.loop.TrainingLoop;
import sluice.framework.internal.loop.TrainingTime;
import sluice.framework.internal.predict.CompiledSubnetwork;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.internal.state.State;
import sluice.framework.internal.step.MiniBatches;
import sluice.framework.layer.Layer;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.optimizer.TrainingPlan;
import sluice.framework.result.DivergedException;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TrainingListener;
import sluice.gating.Progress;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/** One training of a {@link StochasticClassifier}, from initial weights to the result; it is tested after every epoch. */
final class ClassifierRun implements SequenceRun {
    private final ClassifierTrainer trainer;
    private final TaskSequence sequence;
    private final Task task;
    private final long seed;
    private final Lanes lanes;
    private final Layer hidden;
    private final Layer head;
    private final UnitReading reading;
    private final List<Double> losses = new ArrayList<>();
    private final List<Double> accuracies = new ArrayList<>();
    private StochasticClassifier classifier;
    private float[] logits = {};

    ClassifierRun(ClassifierTrainer trainer, TaskSequence sequence, long seed, Lanes lanes) {
        this.trainer = trainer;
        this.sequence = sequence;
        this.task = sequence.tasks().get(0);
        this.seed = seed;
        this.lanes = lanes;
        this.reading = trainer.reading();
        RandomStreams streams = new RandomStreams(seed);
        this.hidden =
                FullyConnected.heUniform(trainer.units(), sequence.features(), streams.stream("initial-weights", 0));
        this.head = FullyConnected.heUniform(task.classes().size(), trainer.units(), streams.stream("initial-head", 0));
        this.classifier = classifier(Progress.START);
    }

    ClassifierResult train(TrainingListener listener, Checkpoints checkpoints) {
        AccuracyMatrix empty = AccuracyMatrix.empty(ClassifierTrainer.STRATEGY, seed, sequence.names());
        TrainingLoop loop = new TrainingLoop(empty, sequence, this, listener).run(checkpoints);
        return new ClassifierResult(
                classifier,
                loop.results().matrix(),
                loop.results().learned().get(0),
                ImmutableList.copyOf(accuracies),
                ImmutableList.copyOf(losses),
                loop.results().evaluationSeconds());
    }

    @Override
    public int stretches() {
        return 1;
    }

    @Override
    public TaskRun begin(int stretch) {
        return new Training();
    }

    @Override
    public boolean keepsState() {
        return true;
    }

    /** There is one task, which tells all. */
    @Override
    public void state(State state, int stretch) {}

    /** Tells what every epoch came to that is over. */
    private static void tell(State state, String name, List<Double> ofEpochs) {
        double[] values = new double[state.count(name, ofEpochs.size())];
        for (int i = 0; i < values.length && !state.restores(); i++) {
            values[i] = ofEpochs.get(i);
        }
        state.doubles(name + "-values", values);
        if (state.restores()) {
            ofEpochs.addAll(Doubles.asList(values));
        }
    }

    /** The last epoch has been tested when it ended. */
    @Override
    public Tested test(int row, int tested) {
        if (row == 0) {
            test(Progress.START);
        }
        return Tested.of(correct(), () -> CompiledSubnetwork.answers(logits, task));
    }

    private void test(Progress progress) {
        classifier = classifier(progress);
        logits = classifier.logits(task.test(), reading);
        // the loss of a step is that before its update: the last update shows in the outputs only
        if (!Floats.asList(logits).stream().allMatch(Float::isFinite)) {
            throw new DivergedException(task.name(), progress.epoch() + 1, progress.step() + 1, Double.NaN);
        }
    }

    private int correct() {
        return StochasticClassifier.correct(logits, task.test());
    }

    private StochasticClassifier classifier(Progress progress) {
        return new StochasticClassifier(
                hidden,
                head,
                task.classes(),
                sequence.normalisation(),
                new StochasticClassifier.Neurons(
                        trainer.estimator().model(trainer.neuron()),
                        trainer.slope().at(progress),
                        reading));
    }

    private MiniBatches batches() {
        return MiniBatches.asRows(
                task.train(),
                sequence.normalisation(),
                trainer.training().batchSize(),
                new RandomStreams(seed).stream("shuffling", 0));
    }

    /** The steps, and the mean loss of each epoch. */
    private final class Training implements TaskRun {
        private final ClassifierTraining running =
                new ClassifierTraining(hidden, head, batches(), trainer, new RandomStreams(seed), lanes);
        private double sum;

        @Override
        public String task() {
            return task.name();
        }

        @Override
        public int position() {
            return 1;
        }

        @Override
        public TrainingPlan plan() {
            return running.plan();
        }

        @Override
        public void beginEpoch(int epoch) {
            running.beginEpoch(epoch);
            sum = 0;
        }

        @Override
        public double step(int index) {
            double loss = running.step(index);
            sum += loss;
            return loss;
        }

        @Override
        public boolean keepsState() {
            return true;
        }

        @Override
        public void state(State state) {
            running.state(state.part("training"));
            sum = state.number("sum", sum);
            tell(state, "losses", losses);
            tell(state, "accuracies", accuracies);
        }

        @Override
        public void continueEpoch(int epoch, int steps) {
            running.continueEpoch(epoch);
        }

        @Override
        public double accuracy() {
            return running.accuracy();
        }

        @Override
        public void endEpoch(int epoch, TrainingTime time) {
            running.writeBack();
            losses.add(sum / plan().steps(epoch));
            accuracies.add(time.evaluated(() -> {
                test(plan().last(epoch));
                return (double) correct() / task.test().size();
            }));
        }

        @Override
        public void end() {}

        @Override
        public TaskSummary consolidate(double seconds) {
            return TaskSummary.of(
                            task.name(), ImmutableList.of(trainer.units()), running.steps(), seconds, running.account())
                    .proven(classifier.digest(), 0);
        }

        @Override
        public void close() {
            running.close();
        }
    }
}
