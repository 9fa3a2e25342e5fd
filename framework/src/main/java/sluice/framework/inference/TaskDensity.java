package sluice.framework.inference;

import java.util.Optional;
import sluice.framework.internal.state.State;
import sluice.tasks.Examples;
import sluice.tasks.Task;

/** How likely examples are of each task, from sums over the tasks' training examples. Mutable: one thread adds, then others may ask. */
interface TaskDensity extends AutoCloseable {
    /** {@return what reports call it} */
    String word();

    /**
     * Adds examples to the sums of a task: the newest, or one that comes after all others.
     *
     * @param place of the task, from 0
     * @param task whose training examples they are
     * @param rows which of them
     */
    void add(int place, Task task, int[] rows);

    /** Solves for what follows from the sums, for whoever asks from now on. */
    void solve();

    /**
     * Scores examples by all tasks that were added.
     *
     * @param examples raw features
     * @param rows which of them
     * @param into by row and task, overwritten: logarithms up to what all tasks share; negative infinity of tasks that are ruled out
     */
    void score(Examples examples, int[] rows, double[][] into);

    /**
     * {@return how well each example fits a task, whatever other tasks there are: a log-likelihood up to a constant of all}
     *
     * @param examples raw features
     * @param rows which of them
     * @param ofTasks a task for each of those
     */
    double[] likelihoods(Examples examples, int[] rows, int[] ofTasks);

    /** {@return whether {@link #likelihoods} of a task's examples become others with later tasks, though alike for all tasks} */
    default boolean likelihoodsAge() {
        return false;
    }

    /** {@return what it says now, without sums; empty of what is no density of each task} */
    Optional<SolvedDensity> solved();

    /** {@return multiply-adds of scoring an example, mean over those that were scored since the sums were last solved} */
    double multiplyAdds();

    /** {@return bytes that are kept} */
    long bytes();

    /**
     * Tells the sums of so many tasks.
     *
     * @param state keeps them, or gives what was kept
     * @param tasks that were added
     */
    void state(State state, int tasks);

    @Override
    void close();
}
