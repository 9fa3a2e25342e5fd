package sluice.framework.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.evaluation.MetricValue;
import sluice.framework.result.TestAnswers;
import sluice.tasks.Scenario;
import sluice.tasks.Task;

class RecencyBiasTest {
    private static TestAnswers answered(String name, int[] labels, int... answers) {
        float[][] rows = new float[labels.length][1];
        return new TestAnswers(Task.of(name, rows, labels, rows, labels), answers, new float[answers.length]);
    }

    private final TestAnswers early = answered("early", new int[] {0, 1, 0, 1}, 0, 8, 9, TestAnswers.UNKNOWN);
    private final TestAnswers late = answered("late", new int[] {8, 9, 8, 9}, 8, 9, 1, 8);

    @Test
    void answersOfTheLastTasksClassesAreHeldAgainstHowOftenTheyOccur() {
        assertThat(RecencyBias.of(Scenario.CLASS, List.of(early, late))).isEqualTo(MetricValue.of(5.0 / 8 - 4.0 / 8));
    }

    @Test
    void itIsUndefinedWhereNothingCompetes() {
        assertThat(RecencyBias.of(Scenario.TASK, List.of(early, late)))
                .isEqualTo(MetricValue.undefined("classes of different tasks do not compete"));
        assertThat(RecencyBias.of(Scenario.CLASS, List.of(late)))
                .isEqualTo(MetricValue.undefined("there is only one task"));
    }
}
