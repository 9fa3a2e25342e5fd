package sluice.framework.strategy;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.plain.Batch;
import sluice.framework.plain.ParameterBlock;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;
import sluice.tasks.OutputRange;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/** A strategy at work on three small tasks, task incremental, that can be looked at between its steps. */
final class SteppedTraining implements AutoCloseable {
    static final int TASKS = 3;
    static final int TESTS = 30;
    static final ImmutableList<Integer> HIDDEN = ImmutableList.of(20, 15);
    private static final int FEATURES = 6;
    private static final int BATCH = 4;
    private static final int EPOCHS = 10;

    private final TaskSequence sequence;
    private final Lanes lanes = Lanes.start(1);
    private final RandomGenerator shuffling = new SplittableRandom(3);
    private final Batch trainBatch = new Batch(BATCH, FEATURES);
    private final Batch testBatch = new Batch(TESTS, FEATURES);
    final PlainTraining training;
    final TaskLearner learner;

    SteppedTraining(PlainStrategy strategy, Optimizer optimizer, long seed) {
        this.sequence = TaskSequence.of(
                "drawn",
                Normalisation.NONE,
                IntStream.range(0, TASKS).mapToObj(t -> task(t, seed)).toArray(Task[]::new));
        TrainingSettings settings = new TrainingSettings(EPOCHS, BATCH, optimizer, Double.POSITIVE_INFINITY);
        this.training = new PlainTraining(sequence, Setup.dense(HIDDEN, settings, seed, 1), TESTS, lanes);
        this.learner = strategy.begin(training);
    }

    private static Task task(int index, long seed) {
        SplittableRandom random = new SplittableRandom(seed + index);
        double[] centre = random.doubles(FEATURES, -1, 1).toArray();
        return Task.of(
                "task " + index, rows(48, centre, random), labels(48), rows(TESTS, centre, random), labels(TESTS));
    }

    private static float[][] rows(int count, double[] centre, SplittableRandom random) {
        float[][] rows = new float[count][FEATURES];
        for (int i = 0; i < count; i++) {
            for (int f = 0; f < FEATURES; f++) {
                rows[i][f] = (float) ((i % 2 == 0 ? 1 : -1) * centre[f] + random.nextGaussian() * 0.3);
            }
        }
        return rows;
    }

    private static int[] labels(int count) {
        return IntStream.range(0, count).map(i -> i % 2).toArray();
    }

    /** Begins a task, and takes all its steps; what is left is to end it. */
    LearnedTask train(int task) {
        LearnedTask learned = learned(task);
        training.begin(task);
        learner.begin(learned);
        for (long step = 0; step < learned.steps(); step++) {
            learner.step(learned.next(shuffling));
        }
        return learned;
    }

    /** Begins a task, and takes one step; gives the examples that it saw. */
    Batch step(int task) {
        LearnedTask learned = learned(task);
        training.begin(task);
        learner.begin(learned);
        Batch batch = learned.next(shuffling);
        learner.step(batch);
        return batch;
    }

    void learn(int task) {
        learner.end(train(task));
    }

    private LearnedTask learned(int task) {
        Examples train = sequence.tasks().get(task).train();
        TaskFeed feed = feed(train, task, trainBatch);
        return new LearnedTask(task, (long) EPOCHS * ((train.size() + BATCH - 1) / BATCH), BATCH, feed);
    }

    private TaskFeed feed(Examples examples, int task, Batch batch) {
        return new TaskFeed(
                new Examples[] {examples}, new int[] {task}, sequence.normalisation(), training.outputs(), batch);
    }

    /** Asks of all test examples of a task. */
    float[] ask(int task) {
        float[][] scores = new float[1][];
        feed(sequence.tasks().get(task).test(), task, testBatch)
                .forEachBatch(TESTS, batch -> scores[0] = learner.scores(batch, task));
        return scores[0];
    }

    /** All bits of what a task's own outputs say. */
    List<Integer> bits(int task) {
        float[] scores = ask(task);
        OutputRange own = training.outputs().learning(task);
        List<Integer> bits = new ArrayList<>();
        for (int row = 0; row < TESTS; row++) {
            for (int o = own.from(); o < own.to(); o++) {
                bits.add(Float.floatToRawIntBits(scores[row * training.outputs().count() + o]));
            }
        }
        return bits;
    }

    double accuracy(int task) {
        float[] scores = ask(task);
        int first = training.outputs().learning(task).from();
        int correct = 0;
        for (int row = 0; row < TESTS; row++) {
            int at = row * training.outputs().count() + first;
            correct += (scores[at + 1] > scores[at] ? 1 : 0) == row % 2 ? 1 : 0;
        }
        return correct / (double) TESTS;
    }

    float[] parameters() {
        return training.network().parameters().clone();
    }

    /** Where a layer's weights lie that are not 0. */
    int[] inUse(int layer) {
        float[] parameters = training.network().parameters();
        ParameterBlock block = training.network().blocks().get(layer);
        return IntStream.range(block.start(), block.biases())
                .filter(i -> parameters[i] != 0)
                .toArray();
    }

    @Override
    public void close() {
        training.close();
        lanes.close();
    }
}
