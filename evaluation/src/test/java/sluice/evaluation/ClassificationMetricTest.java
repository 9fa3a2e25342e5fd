package sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassificationMetricTest {
    private static final List<String> TASKS = List.of("early", "late");

    /** Nothing but classes of the later task is answered: the earlier is lost. */
    private static final ClassificationReport LOST =
            ClassificationReport.of(List.of("0", "1"), List.of("0", "0", "0", "1"), List.of("8", "9", "9", "8"));

    private static final ClassificationReport LEARNED =
            ClassificationReport.of(List.of("8", "9", "7"), List.of("8", "8", "8", "9"), List.of("8", "8", "9", "9"));

    @Test
    void aFigureIsTheMeanOverTasksOfTheMeanOverClassesThatHaveRows() {
        Map<String, ClassificationReport> reports = Map.of("early", LOST, "late", LEARNED);

        assertThat(number(ClassificationMetric.MACRO_PRECISION, reports)).isEqualTo((0 + (1 + 0.5) / 2) / 2);
        assertThat(number(ClassificationMetric.MACRO_RECALL, reports))
                .isCloseTo((0 + (2 / 3.0 + 1) / 2) / 2, within(1e-12));
        assertThat(number(ClassificationMetric.BALANCED_ACCURACY, reports))
                .isEqualTo(number(ClassificationMetric.MACRO_RECALL, reports));
        assertThat(number(ClassificationMetric.MACRO_F1, reports))
                .isCloseTo((0 + (0.8 + 2 / 3.0) / 2) / 2, within(1e-12));
    }

    @Test
    void pooledFiguresCountAnswersThatNameClassesOfOtherTasks() {
        Map<String, ClassificationReport> reports = Map.of("early", LOST, "late", LEARNED);

        assertThat(number(ClassificationMetric.POOLED_PRECISION, reports)).isEqualTo((0.5 + 0.25) / 4);
        assertThat(number(ClassificationMetric.POOLED_RECALL, reports)).isCloseTo((2 / 3.0 + 1) / 4, within(1e-12));
        assertThat(number(ClassificationMetric.POOLED_F1, reports)).isCloseTo((4 / 7.0 + 0.4) / 4, within(1e-12));
    }

    @Test
    void aPooledReportIsThatOfAllExamples() {
        assertThat(ClassificationReport.pooled(List.of(LOST, LEARNED)))
                .isEqualTo(ClassificationReport.of(
                        List.of("0", "1", "8", "9"),
                        List.of("0", "0", "0", "1", "8", "8", "8", "9"),
                        List.of("8", "9", "9", "8", "8", "8", "9", "9")));
        assertThat(ClassificationReport.pooled(List.of(LEARNED))).isEqualTo(LEARNED);
        assertThat(ClassificationReport.pooled(List.of(LOST)).others()).containsOnly("8", "9");
    }

    @Test
    void aTaskWhoseAnswersAreNotKnownMakesItUndefined() {
        assertThat(ClassificationMetric.all(TASKS, Map.of("late", LEARNED)).values())
                .containsOnly(
                        MetricValue.undefined("what was answered to task early after the last task is not known"));
    }

    @Test
    void allAreKnownByTheirKeys() {
        assertThat(ClassificationMetric.all(TASKS, Map.of()).keySet())
                .containsExactly(
                        "macro_precision",
                        "macro_recall",
                        "macro_f1",
                        "balanced_accuracy",
                        "pooled_precision",
                        "pooled_recall",
                        "pooled_f1")
                .allSatisfy(key -> assertThat(Metrics.of(key))
                        .hasValueSatisfying(
                                metric -> assertThat(metric.definition()).startsWith("mean over t")));
    }

    private static double number(ClassificationMetric metric, Map<String, ClassificationReport> reports) {
        return metric.of(TASKS, reports).number().orElseThrow();
    }
}
