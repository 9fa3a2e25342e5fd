package sluice.framework.regression;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.Random;
import sluice.tasks.Normalisation;
import sluice.tasks.Scenario;
import sluice.tasks.TargetScale;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/** Tasks that predict a number from a few drawn ones. */
public final class RegressionTasks {
    public static final int FEATURES = 4;

    private RegressionTasks() {}

    /** Of each task, targets are another sum of the features, far from 0 and of another size. */
    public static TaskSequence sums(int tasks, int examples) {
        Task[] all = new Task[tasks];
        for (int t = 0; t < tasks; t++) {
            Random random = new Random(17 + t);
            double[] factors = random.doubles(FEATURES, -1, 1).toArray();
            float[][] train = rows(examples, random);
            float[][] test = rows(examples / 2, random);
            all[t] = Task.regression("sum-" + (t + 1), train, sums(train, factors, t), test, sums(test, factors, t));
        }
        return TaskSequence.of("sums", Normalisation.NONE, all);
    }

    /** The same inputs, but of each task targets are another sum, by one scale: what one output cannot learn task after task. */
    public static TaskSequence contraries(int tasks, int examples) {
        TaskSequence apart = sums(tasks, examples);
        TargetScale scale = TargetScale.of(new double[] {-1, 1});
        ImmutableList.Builder<Task> all = ImmutableList.builder();
        for (Task task : apart.tasks()) {
            double mean = task.train().scale().orElseThrow().mean();
            double deviation = task.train().scale().orElseThrow().deviation();
            all.add(Task.regression(
                    task.name(),
                    task.train(),
                    Arrays.stream(task.train().targets())
                            .map(t -> (t - mean) / deviation)
                            .toArray(),
                    task.test(),
                    Arrays.stream(task.test().targets())
                            .map(t -> (t - mean) / deviation)
                            .toArray(),
                    scale));
        }
        return apart.withTasks(all.build()).withScenario(Scenario.DOMAIN);
    }

    static float[][] rows(int count, Random random) {
        float[][] rows = new float[count][FEATURES];
        for (float[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = (float) random.nextGaussian();
            }
        }
        return rows;
    }

    private static double[] sums(float[][] rows, double[] factors, int task) {
        double[] sums = new double[rows.length];
        for (int r = 0; r < rows.length; r++) {
            for (int i = 0; i < FEATURES; i++) {
                sums[r] += factors[i] * rows[r][i];
            }
            sums[r] = 1000 * (task + 1) + 50 * (task + 1) * sums[r];
        }
        return sums;
    }
}
