package sluice.framework.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sluice.framework.result.TestAnswers;
import sluice.tasks.Normalisation;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

class NeverPredictedTest {
    private static final int[] TRAINED = {4, 4, 4, 7, 7};

    private static Task task(String name, int... labels) {
        return Task.of(name, new float[TRAINED.length][1], TRAINED, new float[labels.length][1], labels);
    }

    private static TestAnswers answered(Task task, int... answers) {
        return new TestAnswers(task, answers, new float[answers.length]);
    }

    private static TaskSequence sequence(Task... tasks) {
        return TaskSequence.of("small", Normalisation.NONE, tasks);
    }

    @Test
    void aClassThatNoExampleOfItsTaskIsAnsweredByIsNamedWithItsExamples() {
        Task one = task("one", 4, 7, 4, 7, 7, 7);

        assertThat(NeverPredicted.line(sequence(one), List.of(answered(one, 4, 4, 4, 4, 4, TestAnswers.UNKNOWN))))
                .hasValue(
                        "class 7 of task one (2 training and 4 test examples) is never predicted after the last task, so that all its examples count as another class: train longer, give it more examples, or see in confusion.csv what is predicted instead");
    }

    @Test
    void aClassThatIsPredictedOnceEvenWronglyIsNotNamed() {
        Task one = task("one", 4, 7, 4, 7, 7, 7);

        assertThat(NeverPredicted.line(sequence(one), List.of(answered(one, 7, 4, 4, 4, 4, 4))))
                .isEmpty();
    }

    @Test
    void aClassOfTwoTestExamplesOrOfNoneMayBeMissedByBadLuck() {
        Task two = task("two", 4, 4, 4, 7, 7);
        Task none = task("none", 4, 4, 4, 4);

        assertThat(NeverPredicted.line(
                        sequence(two, none), List.of(answered(two, 4, 4, 4, 4, 4), answered(none, 4, 4, 4, 4))))
                .isEmpty();
    }

    @Test
    void manyClassesAreOneLine() {
        Task[] tasks = IntStream.range(0, 4)
                .mapToObj(t -> task("t" + t, 4, 4, 4, 7, 7, 7))
                .toArray(Task[]::new);
        List<TestAnswers> answers = Arrays.stream(tasks)
                .map(task -> answered(task, 4, 4, 4, 4, 4, 4))
                .toList();

        assertThat(NeverPredicted.line(sequence(tasks), answers).orElseThrow())
                .contains("class 7 of task t2 (2 training and 3 test examples) and 1 more are never predicted")
                .doesNotContain("t3", "\n");
    }
}
