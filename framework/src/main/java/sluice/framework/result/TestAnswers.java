package sluice.framework.result;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import sluice.tasks.Task;

/**
 * What was answered to every test example of a task.
 *
 * @param task the task
 * @param answers per test example the class that was answered, an original label such as {@code task.classes()} has, or
 *     {@link #UNKNOWN}
 * @param probabilities per test example that of its own class, in [0, 1]
 */
public record TestAnswers(Task task, int[] answers, float[] probabilities) {
    /** In place of a class where none was likely enough. */
    public static final int UNKNOWN = -1;

    /** Checks that there is one per test example. */
    public TestAnswers {
        checkArgument(
                answers.length == task.test().size() && probabilities.length == answers.length,
                "task %s has %s test examples, got %s answers and %s probabilities",
                task.name(),
                task.test().size(),
                answers.length,
                probabilities.length);
    }

    /**
     * Answers to be filled in, all of them unknown with probability 0.
     *
     * @param task the task
     * @return arrays of its number of test examples
     */
    public static TestAnswers of(Task task) {
        int[] answers = new int[task.test().size()];
        Arrays.fill(answers, UNKNOWN);
        return new TestAnswers(task, answers, new float[answers.length]);
    }

    /**
     * {@return its own class, an original label}
     *
     * @param example position among the test examples, from 0
     */
    public int actual(int example) {
        return task.classes().get(task.test().label(example));
    }
}
