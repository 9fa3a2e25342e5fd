package sluice.framework.inference;

import java.util.Arrays;
import java.util.stream.IntStream;
import sluice.tasks.Examples;

/** A mini-batch, by the tasks that its examples fit best, and which are strangers to it. */
record SortedBatch(Examples examples, int[] tasks, boolean[] strange, double[] fits) {
    /** In the place of a task where there is none. */
    static final int NONE = -1;

    /** The task that most examples are of, if any is of one. */
    int most(int known) {
        int[] counts = new int[known];
        for (int row = 0; row < tasks.length; row++) {
            counts[tasks[row]] += strange[row] ? 0 : 1;
        }
        int most = 0;
        for (int task = 1; task < known; task++) {
            most = counts[task] > counts[most] ? task : most;
        }
        return counts[most] == 0 ? NONE : most;
    }

    /** All but strangers. */
    Examples all() {
        return some(IntStream.range(0, tasks.length).filter(row -> !strange[row]))
                .examples();
    }

    /** All but strangers are of one task, which tells nothing of what is usual there. */
    SortedBatch all(int task) {
        double[] unknown = fits.clone();
        for (int row = 0; row < tasks.length; row++) {
            unknown[row] = tasks[row] == task || strange[row] ? fits[row] : Double.NaN;
        }
        return new SortedBatch(examples, filled(tasks.length, task), strange, unknown);
    }

    WithheldExamples.Some of(int task) {
        return some(IntStream.range(0, tasks.length).filter(row -> !strange[row] && tasks[row] == task));
    }

    /** As first examples of a task they tell nothing of what is usual; as outliers they do. */
    WithheldExamples.Some strangers() {
        return some(IntStream.range(0, tasks.length).filter(row -> strange[row]));
    }

    private WithheldExamples.Some some(IntStream which) {
        int[] rows = which.toArray();
        return new WithheldExamples.Some(
                examples.select(rows, label -> label),
                Arrays.stream(rows).mapToDouble(row -> fits[row]).toArray());
    }

    static int[] filled(int count, int value) {
        int[] filled = new int[count];
        Arrays.fill(filled, value);
        return filled;
    }
}
