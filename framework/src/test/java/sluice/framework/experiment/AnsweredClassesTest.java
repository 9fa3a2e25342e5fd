package sluice.framework.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.evaluation.ClassificationReport;
import sluice.evaluation.MetricValue;
import sluice.framework.result.TestAnswers;
import sluice.tasks.Task;

class AnsweredClassesTest {
    private static TestAnswers answered(String name, int[] labels, int... answers) {
        float[][] rows = new float[labels.length][1];
        return new TestAnswers(Task.of(name, rows, labels, rows, labels), answers, new float[answers.length]);
    }

    private final TestAnswers early = answered("early", new int[] {0, 1, 1, 1}, 0, 1, 9, TestAnswers.UNKNOWN);
    private final TestAnswers late = answered("late", new int[] {8, 9, 8, 9}, 8, 9, 8, 9);

    @Test
    void anAnswerOfAnotherTasksClassOrNoneIsMissedByItsOwnClassAndNobodyElses() {
        assertThat(AnsweredClasses.metrics(List.of("early", "late"), List.of(early, late)))
                .containsEntry("macro_precision", MetricValue.of(1))
                .containsEntry("balanced_accuracy", MetricValue.of(((1 + 1 / 3.0) / 2 + 1) / 2))
                .containsEntry("macro_f1", MetricValue.of(((1 + 0.5) / 2 + 1) / 2));
    }

    @Test
    void aTaskThatWasNotAskedMakesThemUndefined() {
        assertThat(AnsweredClasses.metrics(List.of("before", "late"), List.of(late))
                        .values())
                .containsOnly(
                        MetricValue.undefined("what was answered to task before after the last task is not known"));
    }

    @Test
    void classesThatComeLaterHaveTheirPlaceAmongProbabilities() {
        TestAnswers of = answered("late", new int[] {8, 9}, 8, 2)
                .with(new TestAnswers.Outputs(
                        ImmutableList.of(2, 8, 9), new float[] {0.25f, 0.5f, 0.25f, 0.5f, 0.25f, 0.25f}));

        assertThat(AnsweredClasses.metrics(List.of("late"), List.of(of)))
                .containsEntry("brier", MetricValue.of((0.375 + 0.875) / 2))
                .containsEntry("top_2", MetricValue.of(0.5))
                .containsEntry("auc", MetricValue.of(0.75));
        assertThat(AnsweredClasses.predictions(of, label -> "class " + label).report())
                .isEqualTo(ClassificationReport.of(
                        List.of("class 8", "class 9"), List.of("class 8", "class 9"), List.of("class 8", "class 2")));
    }

    @Test
    void whatHasNoProbabilitiesHasItsAnswersAllTheSame() {
        assertThat(AnsweredClasses.metrics(List.of("late"), List.of(late)))
                .containsEntry("auc", MetricValue.undefined("the answers to task late have no probabilities"))
                .containsEntry("macro_f1", MetricValue.of(1));
    }
}
