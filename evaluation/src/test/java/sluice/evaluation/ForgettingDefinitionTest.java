package sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static sluice.evaluation.ForgettingDefinition.BEST_EARLIER;
import static sluice.evaluation.ForgettingDefinition.BEST_EARLIER_LITERAL;
import static sluice.evaluation.ForgettingDefinition.BEST_OF_ALL;
import static sluice.evaluation.ForgettingDefinition.FIRST;
import static sluice.evaluation.ForgettingDefinition.MEAN_DROP;
import static sluice.evaluation.RandomMatrices.percent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ForgettingDefinitionTest {
    private static final double ROUNDING = 1e-12;

    /** Task 1 is learned to 0.80, rises to 0.90 and ends at 0.60; task 2 is learned to 0.70 and ends at 0.95. */
    private final AccuracyMatrix rising = percent(
            new int[] {99, 99, 99}, //
            new int[] {80, 75, 50},
            new int[] {90, 70, 50},
            new int[] {60, 95, 85});

    @Test
    void relativeForgettingIsAPartOfTheBest() {
        AccuracyMatrix matrix = RandomMatrices.percent(new int[] {50, 50}, new int[] {80, 50}, new int[] {60, 90});
        AccuracyMatrix never = RandomMatrices.percent(new int[] {0, 50}, new int[] {0, 50}, new int[] {0, 90});

        assertThat(ForgettingDefinition.RELATIVE.of(matrix).number().orElseThrow())
                .isCloseTo((0.80 - 0.60) / 0.80, within(ROUNDING));
        assertThat(ForgettingDefinition.RELATIVE.of(never))
                .isEqualTo(MetricValue.undefined("task 1 was never answered right before the last was learned"));
    }

    @Test
    void bestEarlierTakesTheBestRowFromLearningToBeforeTheLast() {
        assertThat(value(BEST_EARLIER)).isCloseTo(((0.90 - 0.60) + (0.70 - 0.95)) / 2, within(ROUNDING));
        assertThat(value(BEST_EARLIER_LITERAL)).isCloseTo(((0.90 - 0.60) + (0.75 - 0.95)) / 2, within(ROUNDING));
    }

    @Test
    void aLuckyGuessBeforeLearningIsNothingToForget() {
        AccuracyMatrix never =
                percent(new int[] {90, 90, 50}, new int[] {90, 90, 50}, new int[] {90, 80, 50}, new int[] {90, 80, 70});

        assertThat(BEST_EARLIER.of(never)).isEqualTo(MetricValue.of(0));
        assertThat(BEST_OF_ALL.of(never)).isEqualTo(MetricValue.of(0));
        assertThat(ForgettingDefinition.RELATIVE.of(never)).isEqualTo(MetricValue.of(0));
        assertThat(BEST_EARLIER_LITERAL.of(never).number().orElseThrow()).isCloseTo(0.05, within(ROUNDING));
    }

    @Test
    void firstTakesTheRowRightAfterLearning() {
        assertThat(value(FIRST)).isCloseTo(((0.80 - 0.60) + (0.70 - 0.95)) / 2, within(ROUNDING));
    }

    @Test
    void bestOfAllTakesTheLastRowTooSoThatGettingBetterCountsAsNothingForgotten() {
        assertThat(value(BEST_OF_ALL)).isCloseTo(((0.90 - 0.60) + 0) / 2, within(ROUNDING));
    }

    @Test
    void meanDropTakesEveryLaterRowOfEveryTask() {
        double expected = ((0.80 - 0.90) + (0.80 - 0.60) + (0.70 - 0.95)) / 3;

        assertThat(value(MEAN_DROP)).isCloseTo(expected, within(ROUNDING));
        assertThat(MEAN_DROP.ofTask(rising, 1).number().orElseThrow())
                .isCloseTo(((0.80 - 0.90) + (0.80 - 0.60)) / 2, within(ROUNDING));
    }

    @Test
    void aTriangleOfLearnedTasksHasAllDefinitions() {
        AccuracyMatrix triangle = percent(
                new int[] {-1, -1, -1}, //
                new int[] {80, -1, -1},
                new int[] {90, 70, -1},
                new int[] {60, 95, 85});

        assertThat(BEST_OF_ALL.of(triangle)).isEqualTo(BEST_OF_ALL.of(rising));
        assertThat(FIRST.of(triangle)).isEqualTo(FIRST.of(rising));
        assertThat(MEAN_DROP.of(triangle)).isEqualTo(MEAN_DROP.of(rising));
        assertThat(((MetricValue.Defined) BEST_EARLIER.of(triangle)).value())
                .isCloseTo(((0.90 - 0.60) + (0.70 - 0.95)) / 2, within(ROUNDING));
    }

    @Test
    void bestOfAllNeedsEveryRowFromLearningOn() {
        AccuracyMatrix matrix = percent(
                new int[] {-1, -1, -1}, //
                new int[] {80, -1, -1},
                new int[] {-1, 70, -1},
                new int[] {60, 95, 85});

        assertThat(BEST_OF_ALL.of(matrix).text()).isEqualTo("undefined because cell (after task 2, task 1) is missing");
    }

    @ParameterizedTest
    @EnumSource
    void perfectRetentionIsExactlyZero(ForgettingDefinition definition) {
        AccuracyMatrix matrix = percent(
                new int[] {9, 9, 9}, //
                new int[] {33, 10, 10},
                new int[] {33, 71, 10},
                new int[] {33, 71, 50});

        assertThat(definition.of(matrix)).isEqualTo(MetricValue.of(0));
    }

    @ParameterizedTest
    @EnumSource
    void withOneTaskNothingCanBeForgotten(ForgettingDefinition definition) {
        AccuracyMatrix matrix = percent(new int[] {50}, new int[] {90});

        assertThat(definition.of(matrix).text()).isEqualTo("undefined because there is only one task");
        assertThat(definition.ofTask(matrix, 1)).isEqualTo(definition.of(matrix));
    }

    @ParameterizedTest
    @EnumSource
    void theTaskLearnedLastHasNoForgettingYet(ForgettingDefinition definition) {
        assertThat(definition.ofTask(rising, 3)).isEqualTo(MetricValue.undefined("task 3 was learned last"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> definition.ofTask(rising, 4))
                .withMessage("task must be in [1, 3], got 4");
    }

    @ParameterizedTest
    @EnumSource
    void aDefinitionIsFoundByItsWordAndSaysItsFormulaInOneLine(ForgettingDefinition definition) {
        assertThat(ForgettingDefinition.of(definition.word())).contains(definition);
        assertThat(definition.definition())
                .startsWith("mean of ")
                .contains("R[")
                .endsWith(")")
                .doesNotContain("\n");
    }

    @Test
    void wordsAndKeysAreThoseOfScriptsAndFiles() {
        assertThat(ForgettingDefinition.words())
                .containsExactly(
                        "best-earlier",
                        "first",
                        "best-of-all",
                        "mean-drop",
                        "relative",
                        "best-earlier-literal",
                        "best-of-all-literal",
                        "relative-literal");
        assertThat(ForgettingDefinition.values())
                .extracting(ForgettingDefinition::key)
                .containsExactly(
                        "forgetting",
                        "forgetting_first",
                        "forgetting_best_of_all",
                        "forgetting_mean_drop",
                        "forgetting_relative",
                        "forgetting_best_earlier_literal",
                        "forgetting_best_of_all_literal",
                        "forgetting_relative_literal");
        assertThat(ForgettingDefinition.of("worst")).isEmpty();
    }

    private double value(ForgettingDefinition definition) {
        return definition.of(rising).number().orElseThrow();
    }
}
