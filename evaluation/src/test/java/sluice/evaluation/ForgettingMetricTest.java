package sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static sluice.evaluation.ForgettingMetric.ACC;
import static sluice.evaluation.ForgettingMetric.BWT;
import static sluice.evaluation.ForgettingMetric.FORGETTING;
import static sluice.evaluation.ForgettingMetric.FWT;
import static sluice.evaluation.ForgettingMetric.LEARNING_ACCURACY;
import static sluice.evaluation.ForgettingMetric.WORST_TASK;
import static sluice.evaluation.RandomMatrices.percent;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ForgettingMetricTest {
    private static final double ROUNDING = 1e-12;

    private final AccuracyMatrix forgetful = percent(
            new int[] {50, 48, 40}, //
            new int[] {90, 55, 45},
            new int[] {70, 80, 60},
            new int[] {60, 75, 95});

    @Test
    void accIsTheMeanOfTheLastRow() {
        assertThat(value(ACC, forgetful)).isCloseTo((0.60 + 0.75 + 0.95) / 3, within(ROUNDING));
    }

    @Test
    void bwtIsTheMeanOfTheLastRowLessTheDiagonalOverAllTasksButTheLast() {
        assertThat(value(BWT, forgetful)).isCloseTo(((0.60 - 0.90) + (0.75 - 0.80)) / 2, within(ROUNDING));
    }

    @Test
    void fwtIsTheMeanOfTheAccuracyJustBeforeLearningLessTheUntrainedOne() {
        assertThat(value(FWT, forgetful)).isCloseTo(((0.55 - 0.48) + (0.60 - 0.40)) / 2, within(ROUNDING));
    }

    @Test
    void forgettingIsTheMeanOfTheBestEarlierAccuracyLessTheLast() {
        assertThat(value(FORGETTING, forgetful)).isCloseTo(((0.90 - 0.60) + (0.80 - 0.75)) / 2, within(ROUNDING));
    }

    @Test
    void learningAccuracyIsTheMeanOfTheDiagonal() {
        assertThat(value(LEARNING_ACCURACY, forgetful)).isCloseTo((0.90 + 0.80 + 0.95) / 3, within(ROUNDING));
    }

    @Test
    void forgettingLeavesOutRowsFromBeforeTheTaskWasLearned() {
        AccuracyMatrix matrix = percent(
                new int[] {10, 10, 10}, //
                new int[] {50, 90, 10},
                new int[] {50, 70, 10},
                new int[] {50, 70, 10});

        assertThat(value(FORGETTING, matrix)).isZero();
    }

    @Test
    void forgettingCountsARowBetweenLearningAndTheEnd() {
        AccuracyMatrix matrix = percent(
                new int[] {10, 10, 10}, //
                new int[] {50, 10, 10},
                new int[] {80, 50, 10},
                new int[] {60, 50, 10});

        assertThat(value(FORGETTING, matrix)).isCloseTo(0.20 / 2, within(ROUNDING));
        assertThat(value(BWT, matrix)).isCloseTo(0.10 / 2, within(ROUNDING));
    }

    @Test
    void forgettingDoesNotCountTheUntrainedNetwork() {
        AccuracyMatrix matrix = percent(new int[] {100, 100}, new int[] {50, 50}, new int[] {50, 50});

        assertThat(value(FORGETTING, matrix)).isZero();
    }

    @Test
    void improvementIsNegativeForgetting() {
        AccuracyMatrix matrix = percent(new int[] {50, 50}, new int[] {70, 50}, new int[] {90, 80});

        assertThat(value(FORGETTING, matrix)).isCloseTo(-0.20, within(ROUNDING));
        assertThat(value(BWT, matrix)).isCloseTo(0.20, within(ROUNDING));
    }

    @Test
    void perfectRetentionIsExactlyZeroEvenWhenTheTotalsDiffer() {
        AccuracyMatrix matrix = percent(new int[] {9, 9, 9}, new int[] {33, 10, 10}, new int[] {33, 71, 10})
                .with(3, 1, 33 * 7, 700)
                .with(3, 2, 71 * 3, 300)
                .with(3, 3, 1, 3);

        assertThat(FORGETTING.of(matrix)).isEqualTo(MetricValue.of(0.0));
        assertThat(BWT.of(matrix)).isEqualTo(MetricValue.of(0.0));
    }

    @Test
    void withOneTaskOnlyWhatNeedsNoPairIsDefined() {
        AccuracyMatrix matrix = percent(new int[] {50}, new int[] {90});

        assertThat(value(ACC, matrix)).isEqualTo(0.90);
        assertThat(value(LEARNING_ACCURACY, matrix)).isEqualTo(0.90);
        for (ForgettingMetric metric : new ForgettingMetric[] {BWT, FWT, FORGETTING}) {
            assertThat(metric.of(matrix).text()).isEqualTo("undefined because there is only one task");
        }
    }

    @Test
    void aMissingCellMakesItsMetricsUndefinedAndIsNamed() {
        AccuracyMatrix matrix = percent(new int[] {50, 50}, new int[] {90, -1}, new int[] {-1, 80});

        for (ForgettingMetric metric : new ForgettingMetric[] {ACC, BWT, FORGETTING}) {
            assertThat(metric.of(matrix).text()).isEqualTo("undefined because cell (after task 2, task 1) is missing");
        }
        assertThat(FWT.of(matrix).text()).isEqualTo("undefined because cell (after task 1, task 2) is missing");
        assertThat(value(LEARNING_ACCURACY, matrix)).isCloseTo(0.85, within(ROUNDING));
    }

    @Test
    void withoutTheUntrainedRowOnlyFwtIsUndefined() {
        AccuracyMatrix matrix = percent(new int[] {-1, -1}, new int[] {90, 40}, new int[] {80, 90});

        assertThat(FWT.of(matrix).text()).isEqualTo("undefined because there is no row of the untrained network");
        for (ForgettingMetric metric : ForgettingMetric.values()) {
            assertThat(metric.of(matrix).number().isPresent()).as(metric.key()).isEqualTo(metric != FWT);
        }
    }

    @Test
    void jointTrainingHasOnlyTheLastRowAndSoOnlyAcc() {
        AccuracyMatrix joint =
                percent(new int[] {-1, -1, -1}, new int[] {-1, -1, -1}, new int[] {-1, -1, -1}, new int[] {90, 80, 70});

        assertThat(value(ACC, joint)).isCloseTo(0.80, within(ROUNDING));
        for (ForgettingMetric metric : new ForgettingMetric[] {BWT, FORGETTING, LEARNING_ACCURACY}) {
            assertThat(metric.of(joint).text()).isEqualTo("undefined because there is no row after task 1");
        }
    }

    @Test
    void theWorstTaskIsTheOneThatIsAnsweredWorstInTheEnd() {
        AccuracyMatrix matrix = percent(new int[] {10, 20}, new int[] {30, 20}, new int[] {60, 50});

        assertThat(value(WORST_TASK, matrix)).isEqualTo(0.5);
        assertThat(WORST_TASK
                        .of(percent(new int[] {50, 50}, new int[] {90, 50}))
                        .text())
                .isEqualTo("undefined because there is no row after task 2");
    }

    @ParameterizedTest
    @EnumSource
    void everyMetricHasAKeyATitleAndADefinitionOfOneLine(ForgettingMetric metric) {
        assertThat(metric.key()).isEqualTo(metric.name().toLowerCase(Locale.ROOT));
        assertThat(metric.title()).isNotBlank();
        assertThat(metric.definition())
                .startsWith(metric == WORST_TASK ? "least of " : "mean of ")
                .contains("R[")
                .doesNotContain("\n");
    }

    private static double value(ForgettingMetric metric, AccuracyMatrix matrix) {
        return metric.of(matrix).number().orElseThrow();
    }
}
