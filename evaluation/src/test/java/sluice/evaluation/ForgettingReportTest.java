package sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.evaluation.RandomMatrices.percent;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ForgettingReportTest {
    @Test
    void aReportShowsTheRunTheMatrixAndEveryMetricWithItsDefinition() {
        AccuracyMatrix matrix = percent(new int[] {50, 48}, new int[] {90, 55}, new int[] {75, 80});

        assertThat(ForgettingReport.of(matrix)).hasToString("""
                        strategy naive, seed 1
                        +---------------------------+--------+--------+
                        | accuracy                  |     t1 |     t2 |
                        +---------------------------+--------+--------+
                        | untrained                 | 0.5000 | 0.4800 |
                        | after 1: t1               | 0.9000 | 0.5500 |
                        | after 2: t2               | 0.7500 | 0.8000 |
                        +---------------------------+--------+--------+
                        | forgetting (best-earlier) | 0.1500 |      - |
                        +---------------------------+--------+--------+
                        ACC                 0.7750  accuracy on all tasks after the last one was learned, mean (Lopez-Paz & Ranzato 2017)
                        BWT                -0.1500  what earlier tasks gained after they were learned, lost where below 0, mean (Lopez-Paz & Ranzato 2017)
                        FWT                 0.0700  accuracy on a task just before it is learned, less that of the untrained network, mean (Lopez-Paz & Ranzato 2017)
                        Forgetting          0.1500  best-earlier: how far a task ends below its best since it was learned, mean over earlier tasks (after Chaudhry et al. 2018)
                        Learning accuracy   0.8500  accuracy on each task right after it was learned, mean
                        Incremental acc.    0.8375  accuracy on the tasks so far, after each task, mean (after Rebuffi et al. 2017)
                        Worst task          0.7500  accuracy in the end on the task that is answered worst""");
    }

    @Test
    void aReportOfAnotherDefinitionNamesItBesideTheFigureAndBelowTheTable() {
        AccuracyMatrix matrix = percent(new int[] {50, 48}, new int[] {70, 55}, new int[] {90, 80});

        ForgettingReport report = ForgettingReport.of(matrix, ForgettingDefinition.BEST_OF_ALL);

        assertThat(report.metrics()).containsEntry(ForgettingMetric.FORGETTING, MetricValue.of(0));
        assertThat(report.taskForgetting().get(0)).isEqualTo(MetricValue.of(0));
        assertThat(report.render())
                .contains("| forgetting (best-of-all) | 0.0000 |")
                .contains(
                        "Forgetting          0.0000  best-of-all: how far a task ends below its best since it was learned, the end included, mean over earlier tasks "
                                + "(after Mammoth, PyCIL; never below 0)\n");
    }

    @Test
    void anUndefinedMetricIsShownWithItsReason() {
        ForgettingReport report = ForgettingReport.of(percent(new int[] {50, 50}, new int[] {90, 50}));

        assertThat(report.render())
                .contains(
                        "ACC                      -  undefined because there is no row after task 2; accuracy on all tasks");
        assertThat(report.render()).contains("FWT                 0.0000  accuracy on a task just before");
    }

    @Test
    void ofOneTaskAReportWithFiguresTellsHowWellClassesAreToldApart() {
        ForgettingReport report = ForgettingReport.of(percent(new int[] {50}, new int[] {90}));

        assertThat(report.render(RunMetrics.of(report).with(ClassificationMetric.MACRO_F1, 0.875)))
                .isEqualTo("""
                        strategy naive, seed 1
                        +-------------+--------+
                        | accuracy    |     t1 |
                        +-------------+--------+
                        | untrained   | 0.5000 |
                        | after 1: t1 | 0.9000 |
                        +-------------+--------+
                        Accuracy            0.9000  share of the test rows that are answered right
                        Balanced accuracy        -  undefined because it was not measured; %s
                        Macro F1            0.8750  %s""".formatted(
                                ClassificationMetric.BALANCED_ACCURACY.definition(),
                                ClassificationMetric.MACRO_F1.definition()));
    }

    @Test
    void ofSeveralTasksFiguresDoNotChangeTheReport() {
        ForgettingReport report =
                ForgettingReport.of(percent(new int[] {50, 48}, new int[] {90, 55}, new int[] {90, 80}));

        assertThat(report.render(RunMetrics.of(report))).isEqualTo(report.render());
    }

    @Test
    void metricsComeInTheOrderOfTheirDeclaration() {
        ForgettingReport report = ForgettingReport.of(percent(new int[] {50}, new int[] {90}));

        assertThat(report.metrics().keySet()).containsExactly(ForgettingMetric.values());
    }

    @Test
    void theTaskLearnedLastHasNoForgettingYet() {
        AccuracyMatrix matrix = percent(new int[] {50, 48}, new int[] {90, 55}, new int[] {90, 80});

        assertThat(ForgettingReport.of(matrix).taskForgetting())
                .containsExactly(MetricValue.of(0), MetricValue.undefined("task 2 was learned last"));
        assertThat(ForgettingReport.of(percent(new int[] {50}, new int[] {90})).taskForgetting())
                .containsExactly(MetricValue.undefined("there is only one task"));
    }

    @Domain(RandomMatrices.class)
    @Property
    void forgettingIsTheMeanOfTheTasksForgetting(@ForAll AccuracyMatrix matrix) {
        ForgettingReport report = ForgettingReport.of(matrix);

        report.metrics().get(ForgettingMetric.FORGETTING).number().ifPresent(mean -> {
            double average = report.taskForgetting().stream()
                    .limit(matrix.tasks().size() - 1L)
                    .mapToDouble(value -> value.number().orElseThrow())
                    .average()
                    .orElseThrow();
            assertThat(mean).isCloseTo(average, Offset.offset(1e-12));
        });
    }

    @Domain(RandomMatrices.class)
    @Property(tries = 200)
    void everyMatrixHasAReportWithoutControlCharacters(@ForAll AccuracyMatrix matrix) {
        assertThat(ForgettingReport.of(matrix).render().chars()).allMatch(c -> c == '\n' || !Character.isISOControl(c));
    }

    @Test
    void forwardTransferIsCalledNoiseBesideItsNumberWhereTasksHaveOutputsOfTheirOwn() {
        AccuracyMatrix matrix = AccuracyMatrix.empty("a", 1, List.of("0", "1")).with(1, 1, 3, 4);

        assertThat(ForgettingReport.of(matrix).withOwnHeads(true).render().lines())
                .filteredOn(line -> line.startsWith("FWT"))
                .singleElement()
                .asString()
                .contains("noise here: the outputs of a task are untrained");
        assertThat(ForgettingReport.of(matrix).render()).doesNotContain("noise");
    }

    @Test
    void ofTasksThatWereNeverTestedOneLineIsTold() {
        AccuracyMatrix matrix = AccuracyMatrix.empty("a", 1, List.of("0", "1"));
        String told =
                "strategy a, seed 1\nnot tested        no task has test examples: there is no accuracy, and no forgetting, to tell";

        ForgettingReport report = ForgettingReport.of(matrix);

        assertThat(report.render()).isEqualTo(told);
        assertThat(report.renderMetrics()).isEqualTo(told);
        assertThat(report.metrics().values()).containsOnly(AccuracyMatrix.NOT_TESTED);
        assertThat(report.referenceMetrics().values()).containsOnly(AccuracyMatrix.NOT_TESTED);
        assertThat(report.taskForgetting().get(0)).isEqualTo(AccuracyMatrix.NOT_TESTED);
    }
}
