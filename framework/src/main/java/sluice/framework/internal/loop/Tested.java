package sluice.framework.internal.loop;

import java.util.Optional;
import java.util.function.Supplier;
import sluice.framework.result.TestAnswers;

/**
 * How a model did on all test examples of a task.
 *
 * @param correct examples answered right
 * @param answers what was answered, asked for in the last row alone; empty where that is not told
 */
public record Tested(int correct, Supplier<Optional<TestAnswers>> answers) {
    /**
     * {@return so many, and not what was answered}
     *
     * @param correct examples answered right
     */
    public static Tested of(int correct) {
        return new Tested(correct, Optional::empty);
    }

    /**
     * {@return both}
     *
     * @param correct examples answered right
     * @param answers what was answered
     */
    public static Tested of(int correct, Supplier<TestAnswers> answers) {
        return new Tested(correct, () -> Optional.of(answers.get()));
    }
}
