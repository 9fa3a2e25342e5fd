package sluice.framework.regression;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.Arrays;
import java.util.Random;
import sluice.tasks.Examples;
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

    /** Inputs of each task lie elsewhere and targets are another sum of them, by one scale: one output is to learn all. */
    public static TaskSequence elsewhere(int tasks, int examples) {
        TargetScale scale = new TargetScale(0, 1);
        ImmutableList.Builder<Task> all = ImmutableList.builder();
        for (int t = 0; t < tasks; t++) {
            Random random = new Random(29 + t);
            double[] factors = random.doubles(FEATURES, -1, 1).toArray();
            float[][] train = shifted(rows(examples, random), 3 * t);
            float[][] test = shifted(rows(examples / 2, random), 3 * t);
            all.add(Task.regression(
                    "place-" + (t + 1),
                    Examples.of(train, new int[train.length]),
                    sums(train, factors),
                    Examples.of(test, new int[test.length]),
                    sums(test, factors),
                    scale));
        }
        return new TaskSequence("elsewhere", all.build(), Scenario.DOMAIN, Normalisation.NONE, ImmutableSortedMap.of());
    }

    private static float[][] shifted(float[][] rows, float by) {
        for (float[] row : rows) {
            row[0] += by;
        }
        return rows;
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
        double[] sums = sums(rows, factors);
        Arrays.setAll(sums, r -> 1000 * (task + 1) + 50 * (task + 1) * sums[r]);
        return sums;
    }

    private static double[] sums(float[][] rows, double[] factors) {
        double[] sums = new double[rows.length];
        for (int r = 0; r < rows.length; r++) {
            for (int i = 0; i < FEATURES; i++) {
                sums[r] += factors[i] * rows[r][i];
            }
        }
        return sums;
    }
}
