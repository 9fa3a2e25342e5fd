package sluice.framework.result;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.Optional;
import sluice.tasks.Task;

/**
 * What was answered to every test example of a task.
 *
 * @param task the task
 * @param answers per test example the class that was answered, an original label such as {@code task.classes()} has, or
 *     {@link #UNKNOWN}
 * @param probabilities per test example that of its own class, in [0, 1]
 * @param outputs probabilities of all classes that could be answered; empty where the learner has none
 */
public record TestAnswers(Task task, int[] answers, float[] probabilities, Optional<Outputs> outputs) {
    /** In place of a class where none was likely enough. */
    public static final int UNKNOWN = -1;

    /**
     * How likely each test example was held to be of each class.
     *
     * @param labels of the classes that could be answered, original ones, each once
     * @param probabilities [examples, labels], row-major
     */
    public record Outputs(ImmutableList<Integer> labels, float[] probabilities) {
        /**
         * {@return probabilities to be filled in, all of them 0}
         *
         * @param labels of the classes
         * @param examples how many
         */
        public static Outputs of(Iterable<Integer> labels, int examples) {
            ImmutableList<Integer> all = ImmutableList.copyOf(labels);
            return new Outputs(all, new float[Math.multiplyExact(examples, all.size())]);
        }
    }

    /** Checks that there is one per test example. */
    public TestAnswers {
        checkArgument(
                answers.length == task.test().size() && probabilities.length == answers.length,
                "task %s has %s test examples, got %s answers and %s probabilities",
                task.name(),
                task.test().size(),
                answers.length,
                probabilities.length);
        outputs.ifPresent(of -> checkArgument(
                of.probabilities().length == answers.length * of.labels().size(),
                "task %s has %s test examples and %s outputs, got %s probabilities",
                task.name(),
                answers.length,
                of.labels().size(),
                of.probabilities().length));
    }

    /**
     * Answers of a learner that has no probabilities of all classes.
     *
     * @param task the task
     * @param answers per test example the class that was answered, or {@link #UNKNOWN}
     * @param probabilities per test example that of its own class, in [0, 1]
     */
    public TestAnswers(Task task, int[] answers, float[] probabilities) {
        this(task, answers, probabilities, Optional.empty());
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
     * {@return these answers with them}
     *
     * @param others probabilities of all classes that could be answered
     */
    public TestAnswers with(Outputs others) {
        return new TestAnswers(task, answers, probabilities, Optional.of(others));
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
