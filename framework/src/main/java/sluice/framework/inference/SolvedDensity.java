package sluice.framework.inference;

import sluice.framework.internal.kernel.Lanes;
import sluice.tasks.Examples;

/** What a density of each task says of examples, without the sums that it follows from. Any number of threads may ask it. */
sealed interface SolvedDensity permits ProductScores, LowRankScores {
    /**
     * Scores examples by all tasks.
     *
     * @param examples raw features
     * @param rows which of them
     * @param lanes share out the work
     * @param into by row and task, overwritten: logarithms up to what all tasks share; negative infinity of tasks that are ruled out
     * @return the multiply-adds that all of them took
     */
    long score(Examples examples, int[] rows, Lanes lanes, double[][] into);

    /**
     * {@return how well each example fits a task, whatever other tasks there are}
     *
     * @param examples raw features
     * @param rows which of them
     * @param ofTasks a task for each of those
     */
    double[] likelihoods(Examples examples, int[] rows, int[] ofTasks);

    /**
     * {@return the same without a task}
     *
     * @param place of the task
     */
    SolvedDensity without(int place);
}
