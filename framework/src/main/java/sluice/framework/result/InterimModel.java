package sluice.framework.result;

import java.util.stream.IntStream;
import sluice.tasks.Examples;

/**
 * A model between two steps of a task's training, to be asked how well it does by then. Asking trains nothing, changes no
 * bit of what comes of the training, and is no part of its time and multiply-adds.
 */
public interface InterimModel {
    /**
     * What was answered.
     *
     * @param correct examples answered right, in [0, total]
     * @param total examples asked for, at least 1
     */
    record Answers(int correct, int total) {}

    /**
     * Whether it has answers for a task by now. A learner that classifies by what it keeps of a task has none for the task
     * that is being learned.
     *
     * @param task as {@link #ask} has it
     * @return whether it may be asked
     */
    boolean answers(int task);

    /**
     * Asks for test examples of a task, {@linkplain #spread spread evenly} over all that it has.
     *
     * @param task its place in the sequence of this training, from 0 to the one that is being learned
     * @param examples how many, at least 1; all where there are fewer
     * @return right answers
     */
    Answers ask(int task, int examples);

    /**
     * What the last hidden layer makes of test examples of a task, {@linkplain #spread spread evenly} over all that it has.
     *
     * @param task as {@link #ask} has it
     * @param examples how many, at least 1; all where there are fewer
     * @return [examples][units]; of maps their mean over positions; of a gated network the units that the task has open, none
     *     where none is
     */
    float[][] features(int task, int examples);

    /**
     * Examples at even distances, so that examples in the order of their classes are of all classes.
     *
     * @param examples all
     * @param most how many at the most, at least 1
     * @return so many of them, or all where there are fewer
     */
    static Examples spread(Examples examples, int most) {
        int count = Math.min(most, examples.size());
        int[] chosen = IntStream.range(0, count)
                .map(i -> (int) ((long) i * examples.size() / count))
                .toArray();
        return count == examples.size() ? examples : examples.select(chosen, label -> label);
    }
}
