package sluice.framework.strategy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.plain.Batch;
import sluice.framework.result.TrainingListener;
import sluice.framework.result.TrainingResult;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;
import sluice.tasks.OutputLayout;
import sluice.tasks.Scenario;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/** One training of a strategy on tasks of two noisy clouds each, every cloud a class of its own. */
final class Clouds implements AutoCloseable {
    static final int FEATURES = 6;
    static final int TRAINED = 48;
    private static final int TESTED = 30;
    private static final int ROWS = 64;

    private final TaskSequence sequence;
    private final Lanes lanes = Lanes.start(1);
    final PlainTraining training;

    Clouds(Scenario scenario, int tasks) {
        sequence = sequence(scenario, tasks);
        training = new PlainTraining(sequence, setup(), ROWS, lanes);
    }

    /** What a strategy comes to that learns three tasks from end to end. */
    static TrainingResult result(PlainStrategy strategy, Scenario scenario) {
        return result(strategy, scenario, setup().training());
    }

    /** The same, trained otherwise. */
    static TrainingResult result(PlainStrategy strategy, Scenario scenario, TrainingSettings training) {
        return strategy.learn(
                sequence(scenario, 3),
                Setup.dense(setup().hidden(), training, setup().seed(), 1),
                TrainingListener.SILENT);
    }

    /** The parameters after a strategy has learned three tasks. */
    static float[] parameters(PlainStrategy strategy, Scenario scenario) {
        try (Clouds clouds = new Clouds(scenario, 3)) {
            TaskLearner learner = strategy.begin(clouds.training);
            for (int t = 0; t < 3; t++) {
                clouds.learn(learner, t, 20);
            }
            return clouds.training.network().parameters().clone();
        }
    }

    static TaskSequence sequence(Scenario scenario, int tasks) {
        return sequence(scenario, tasks, Normalisation.NONE);
    }

    /** What a strategy can learn. */
    static TaskSequence sequence(Strategy strategy, Scenario scenario, int tasks) {
        return Strategies.BY_NAME.get(strategy.name()).family() == Strategies.Family.GENERATION
                ? unit(scenario, tasks)
                : sequence(scenario, tasks);
    }

    /** Parameters with which a strategy is done soon; none where it is with its defaults. */
    static ImmutableMap<String, Double> small(Strategies.Entry entry) {
        return entry.family() == Strategies.Family.GENERATION
                ? ImmutableMap.of("hidden", 8.0, "variables", 2.0, "choices", 3.0, "iterations", 20.0)
                : ImmutableMap.of();
    }

    /** With values in [0, 1]. */
    static TaskSequence unit(Scenario scenario, int tasks) {
        return sequence(scenario, tasks, new Normalisation(-2, 0.25f));
    }

    private static TaskSequence sequence(Scenario scenario, int tasks, Normalisation normalisation) {
        return TaskSequence.of(
                        "clouds",
                        normalisation,
                        IntStream.range(0, tasks).mapToObj(Clouds::task).toArray(Task[]::new))
                .withScenario(scenario);
    }

    static Setup setup() {
        return Setup.dense(
                ImmutableList.of(12, 10),
                new TrainingSettings(12, 8, Optimizer.adam(0.01), Double.POSITIVE_INFINITY),
                5,
                1);
    }

    private static Task task(int index) {
        SplittableRandom random = new SplittableRandom(40 + index);
        double[][] centres = {
            random.doubles(FEATURES, -1, 1).toArray(),
            random.doubles(FEATURES, -1, 1).toArray()
        };
        return Task.of(
                "task " + index,
                rows(TRAINED, centres, random),
                labels(TRAINED, index),
                rows(TESTED, centres, random),
                labels(TESTED, index));
    }

    private static float[][] rows(int count, double[][] centres, SplittableRandom random) {
        float[][] rows = new float[count][FEATURES];
        for (int i = 0; i < count; i++) {
            for (int f = 0; f < FEATURES; f++) {
                rows[i][f] = (float) (centres[i % 2][f] + random.nextGaussian() * 0.2);
            }
        }
        return rows;
    }

    private static int[] labels(int count, int index) {
        return IntStream.range(0, count).map(i -> 2 * index + i % 2).toArray();
    }

    /** All training examples of a task, in order, in batches of 16. */
    LearnedTask task(int index, long steps) {
        return new LearnedTask(index, steps, 16, feed(index, new Batch(16, FEATURES)));
    }

    /** The first examples of a task, with room for as many again twice. */
    Batch batch(int index, int count) {
        training.begin(index);
        Batch batch = new Batch(3 * count, FEATURES);
        feed(index, batch).next(count, new SplittableRandom(index));
        return batch;
    }

    private TaskFeed feed(int index, Batch batch) {
        return new TaskFeed(
                new Examples[] {sequence.tasks().get(index).train()},
                new int[] {index},
                sequence.normalisation(),
                OutputLayout.of(sequence),
                batch);
    }

    /** Learns a task from its beginning to its end. */
    void learn(TaskLearner learner, int index, int steps) {
        training.begin(index);
        LearnedTask task = task(index, steps);
        learner.begin(task);
        Batch batch = new Batch(48, FEATURES);
        TaskFeed feed = feed(index, batch);
        SplittableRandom shuffling = new SplittableRandom(index);
        for (int step = 0; step < steps; step++) {
            learner.step(feed.next(16, shuffling));
        }
        learner.end(task);
    }

    @Override
    public void close() {
        training.close();
        lanes.close();
    }
}
