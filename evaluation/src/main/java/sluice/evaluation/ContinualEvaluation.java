package sluice.evaluation;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;

/**
 * How well a run did on tasks while others were learned: continual evaluation (De Lange et al. 2023), between the steps of
 * every task and not after tasks alone. What falls there and recovers until the task is learned shows in no accuracy
 * matrix.
 *
 * @param strategy how tasks were learned, not empty
 * @param seed of the run
 * @param tasks their names, in the order in which they were learned
 * @param points in the order in which they were measured; none where nothing was measured between steps
 */
public record ContinualEvaluation(
        String strategy, long seed, ImmutableList<String> tasks, ImmutableList<ContinualEvaluation.Point> points) {
    /**
     * The accuracy on a task at one moment.
     *
     * @param learning the task that was being learned, from 1
     * @param step steps of it that were done; 0 before the first
     * @param task the task that was asked for, from 1 to {@code learning}
     * @param correct test examples answered right
     * @param total test examples asked for, at least 1
     */
    public record Point(int learning, long step, int task, int correct, int total) {
        /** Checks the ranges. */
        public Point {
            checkArgument(task >= 1 && task <= learning, "task must be in [1, %s], got %s", learning, task);
            checkArgument(step >= 0, "step must be at least 0, got %s", step);
            checkArgument(correct >= 0 && correct <= total && total > 0, "%s of %s cannot be correct", correct, total);
        }

        /** {@return correct / total} */
        public double accuracy() {
            return (double) correct / total;
        }

        /** Whether this is another moment than that, and no earlier one, or the same moment of a later task. */
        boolean follows(Point that) {
            if (learning != that.learning) {
                return learning > that.learning;
            }
            return step != that.step ? step > that.step : task > that.task;
        }
    }

    /** Checks names, places and order. */
    public ContinualEvaluation {
        checkArgument(!strategy.isEmpty(), "the strategy's name must not be empty");
        for (int i = 0; i < points.size(); i++) {
            Point point = points.get(i);
            checkArgument(point.learning() <= tasks.size(), "there are %s tasks, got %s", tasks.size(), point);
            checkArgument(i == 0 || point.follows(points.get(i - 1)), "%s is out of order", point);
        }
    }

    /**
     * {@return nothing measured}
     *
     * @param strategy how tasks were learned, not empty
     * @param seed of the run
     * @param tasks their names, in the order in which they were learned
     */
    public static ContinualEvaluation none(String strategy, long seed, ImmutableList<String> tasks) {
        return new ContinualEvaluation(strategy, seed, tasks, ImmutableList.of());
    }
}
