package sluice.framework.internal.loop;

import java.util.Optional;
import java.util.function.Supplier;
import sluice.evaluation.regression.RegressionCell;
import sluice.framework.result.TestAnswers;

/** How a model did on all test examples of a task. */
public sealed interface Tested {
    /**
     * Classes were told apart.
     *
     * @param correct examples answered right
     * @param answers what was answered, asked for in the last row alone; empty where that is not told
     */
    record Classes(int correct, Supplier<Optional<TestAnswers>> answers) implements Tested {}

    /**
     * Numbers were predicted.
     *
     * @param errors how far off they were
     */
    record Numbers(RegressionCell errors) implements Tested {}

    /**
     * {@return so many, and not what was answered}
     *
     * @param correct examples answered right
     */
    static Tested of(int correct) {
        return new Classes(correct, Optional::empty);
    }

    /**
     * {@return both}
     *
     * @param correct examples answered right
     * @param answers what was answered
     */
    static Tested of(int correct, Supplier<TestAnswers> answers) {
        return new Classes(correct, () -> Optional.of(answers.get()));
    }
}
