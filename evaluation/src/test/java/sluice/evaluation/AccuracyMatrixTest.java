package sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccuracyMatrixTest {
    private final AccuracyMatrix empty = AccuracyMatrix.empty("naive", 7, List.of("a", "b"));

    @Test
    void cellsAreMissingUntilTheyAreSet() {
        AccuracyMatrix matrix = empty.with(1, 2, 3, 4);

        assertThat(matrix.cell(1, 2)).contains(new AccuracyMatrix.Cell(3, 4));
        assertThat(matrix.accuracy(1, 2)).isEqualTo(MetricValue.of(0.75));
        assertThat(matrix.cell(1, 1)).isEmpty();
        assertThat(matrix.accuracy(1, 1)).isEqualTo(MetricValue.undefined("task 1 was never tested"));
    }

    @Test
    void aRowWithoutAnyCellIsMissingAsAWhole() {
        AccuracyMatrix joint = empty.with(2, 1, 3, 4).with(2, 2, 3, 4);

        assertThat(joint.accuracy(1, 2)).isEqualTo(MetricValue.undefined("there is no row after task 1"));
        assertThat(joint.accuracy(0, 1)).isEqualTo(MetricValue.undefined("there is no row of the untrained network"));
    }

    @Test
    void settingACellLeavesTheMatrixItWasSetInAsItWas() {
        AccuracyMatrix before = empty.with(1, 1, 1, 2);

        before.with(1, 2, 1, 2);

        assertThat(before.cell(1, 2)).isEmpty();
        assertThat(before).isEqualTo(empty.with(1, 1, 1, 2)).hasSameHashCodeAs(empty.with(1, 1, 1, 2));
    }

    @Test
    void laterChangesToTheListOfTasksDoNotReachTheMatrix() {
        List<String> tasks = new ArrayList<>(List.of("a"));
        AccuracyMatrix matrix = AccuracyMatrix.empty("naive", 1, tasks);

        tasks.set(0, "z");

        assertThat(matrix.tasks()).containsExactly("a");
    }

    @Test
    void matricesThatDifferInAnyPartAreNotEqual() {
        AccuracyMatrix matrix = empty.with(0, 1, 1, 2);

        assertThat(matrix).isNotEqualTo(empty);
        assertThat(matrix).isNotEqualTo(empty.with(0, 1, 2, 4));
        assertThat(empty).isNotEqualTo(AccuracyMatrix.empty("joint", 7, List.of("a", "b")));
        assertThat(empty).isNotEqualTo(AccuracyMatrix.empty("naive", 8, List.of("a", "b")));
        assertThat(empty).isNotEqualTo(AccuracyMatrix.empty("naive", 7, List.of("b", "a")));
    }

    @Test
    void theOrderInWhichCellsAreSetDoesNotMatter() {
        assertThat(empty.with(0, 1, 1, 2).with(2, 2, 1, 3))
                .isEqualTo(empty.with(2, 2, 1, 3).with(0, 1, 1, 2));
    }

    @Test
    void aCellCannotBeSetTwice() {
        AccuracyMatrix matrix = empty.with(2, 1, 3, 4);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> matrix.with(2, 1, 3, 4))
                .withMessage("cell (after task 2, task 1) is already set to 3 of 4");
    }

    @Test
    void argumentsOutOfRangeAreRefusedWithNameValueAndBound() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> empty.with(3, 1, 1, 2))
                .withMessage("afterTask must be in [0, 2], got 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> empty.cell(-1, 1))
                .withMessage("afterTask must be in [0, 2], got -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> empty.accuracy(0, 0))
                .withMessage("task must be in [1, 2], got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> empty.with(0, 3, 1, 2))
                .withMessage("task must be in [1, 2], got 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> empty.with(0, 1, 0, 0))
                .withMessage("total must be at least 1, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> empty.with(0, 1, 3, 2))
                .withMessage("correct must be in [0, 2], got 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> empty.with(0, 1, -1, 2))
                .withMessage("correct must be in [0, 2], got -1");
    }

    @Test
    void namesAreNeededAndDistinct() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccuracyMatrix.empty("naive", 1, List.of()))
                .withMessage("there must be at least one task");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccuracyMatrix.empty("naive", 1, List.of("a", "a")))
                .withMessage("two tasks are named \"a\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccuracyMatrix.empty("naive", 1, List.of("a", "")))
                .withMessage("task 2 has an empty name");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccuracyMatrix.empty("", 1, List.of("a")))
                .withMessage("the strategy's name must not be empty");
    }

    @Test
    void cellsOfAnotherMatrixStandFurtherOn() {
        AccuracyMatrix part =
                AccuracyMatrix.empty("gates", 1, List.of("b")).with(0, 1, 3, 10).with(1, 1, 9, 10);

        AccuracyMatrix all = AccuracyMatrix.empty("gates", 1, List.of("a", "b"))
                .with(0, 1, 5, 10)
                .withCells(part, 1);

        assertThat(all.cell(1, 2)).contains(new AccuracyMatrix.Cell(3, 10));
        assertThat(all.cell(2, 2)).contains(new AccuracyMatrix.Cell(9, 10));
        assertThat(all.cell(0, 1)).contains(new AccuracyMatrix.Cell(5, 10));
        assertThat(all.cell(2, 1)).isEmpty();
    }
}
