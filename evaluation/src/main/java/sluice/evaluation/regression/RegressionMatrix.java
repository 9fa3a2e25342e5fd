package sluice.evaluation.regression;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableTable;
import com.google.common.collect.Table;
import com.google.common.collect.TreeBasedTable;
import java.util.List;
import java.util.Optional;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.MatrixBuilder;
import sluice.evaluation.MetricValue;
import sluice.evaluation.RegressionScore;

/**
 * The errors of one run: for each task j = 1..T after learning task i = 0..T, where row 0 is the untrained model. Cells may be missing.
 * Immutable; a cell is set once.
 *
 * @param strategy name of what learns, not empty
 * @param seed of the run
 * @param tasks the tasks' names in the order in which they are learned: at least one, distinct, none empty
 * @param cells by i and j, those that were measured
 */
public record RegressionMatrix(
        String strategy,
        long seed,
        ImmutableList<String> tasks,
        ImmutableTable<Integer, Integer, RegressionCell> cells) {
    /** Checks names and places. */
    public RegressionMatrix {
        checkArgument(!strategy.isEmpty(), "the strategy's name must not be empty");
        checkArgument(!tasks.isEmpty(), "there must be at least one task");
        checkArgument(tasks.stream().noneMatch(String::isEmpty), "a task has an empty name");
        checkArgument(tasks.stream().distinct().count() == tasks.size(), "two tasks have one name, of %s", tasks);
        for (Table.Cell<Integer, Integer, RegressionCell> cell : cells.cellSet()) {
            check(tasks.size(), cell.getRowKey(), cell.getColumnKey());
        }
    }

    /**
     * {@return a matrix whose cells are all missing}
     *
     * @param strategy name of what learns, not empty
     * @param seed of the run
     * @param tasks the tasks' names in the order in which they are learned: at least one, distinct, none empty
     */
    public static RegressionMatrix empty(String strategy, long seed, List<String> tasks) {
        return new RegressionMatrix(strategy, seed, ImmutableList.copyOf(tasks), ImmutableTable.of());
    }

    /**
     * A matrix to be filled cell by cell, where {@link #with} would copy all cells for each.
     *
     * @param strategy name of what learns, not empty
     * @param seed of the run
     * @param tasks the tasks' names in the order in which they are learned: at least one, distinct, none empty
     * @return a builder without cells
     * @throws IllegalArgumentException if a name is empty or there twice, or there is no task
     */
    public static Builder builder(String strategy, long seed, List<String> tasks) {
        return new Builder(empty(strategy, seed, tasks));
    }

    /** Collects the cells of a matrix. Mutable; for one thread. */
    public static final class Builder implements MatrixBuilder<RegressionCell, RegressionMatrix> {
        private final RegressionMatrix none;
        private final Table<Integer, Integer, RegressionCell> cells = TreeBasedTable.create();

        private Builder(RegressionMatrix none) {
            this.none = none;
        }

        @Override
        public void set(int afterTask, int task, RegressionCell cell) {
            checkMissing(isSet(afterTask, task), afterTask, task);
            cells.put(afterTask, task, cell);
        }

        /**
         * Measures all cells of another matrix.
         *
         * @param other a matrix of no more tasks
         * @param at how many rows and columns further on they are here, at least 0
         * @throws IllegalArgumentException if one is outside of this matrix, or set already
         */
        public void setAll(RegressionMatrix other, int at) {
            for (Table.Cell<Integer, Integer, RegressionCell> cell :
                    other.cells().cellSet()) {
                set(at + cell.getRowKey(), at + cell.getColumnKey(), cell.getValue());
            }
        }

        @Override
        public boolean isSet(int afterTask, int task) {
            check(none.tasks().size(), afterTask, task);
            return cells.contains(afterTask, task);
        }

        @Override
        public RegressionMatrix build() {
            return new RegressionMatrix(none.strategy(), none.seed(), none.tasks(), ImmutableTable.copyOf(cells));
        }
    }

    /**
     * {@return this matrix with one more cell}
     *
     * @param afterTask i, the number of tasks learned, in [0, T]
     * @param task j, the task evaluated, in [1, T]
     * @param cell the evaluation
     * @throws IllegalArgumentException if an argument is out of range or the cell is set already
     */
    public RegressionMatrix with(int afterTask, int task, RegressionCell cell) {
        checkMissing(cell(afterTask, task).isPresent(), afterTask, task);
        return new RegressionMatrix(
                strategy,
                seed,
                tasks,
                ImmutableTable.<Integer, Integer, RegressionCell>builder()
                        .putAll(cells)
                        .put(afterTask, task, cell)
                        .build());
    }

    /**
     * {@return the cell, empty if it is missing}
     *
     * @param afterTask i, the number of tasks learned, in [0, T]
     * @param task j, the task evaluated, in [1, T]
     * @throws IllegalArgumentException if an argument is out of range
     */
    public Optional<RegressionCell> cell(int afterTask, int task) {
        check(tasks.size(), afterTask, task);
        return Optional.ofNullable(cells.get(afterTask, task));
    }

    private static void checkMissing(boolean isSet, int afterTask, int task) {
        checkArgument(!isSet, "cell (after task %s, task %s) is set already", afterTask, task);
    }

    private static void check(int tasks, int afterTask, int task) {
        checkArgument(afterTask >= 0 && afterTask <= tasks, "afterTask must be in [0, %s], got %s", tasks, afterTask);
        checkArgument(task >= 1 && task <= tasks, "task must be in [1, %s], got %s", tasks, task);
    }

    /**
     * {@return a figure of one cell; undefined where it is missing, or of R2 where all targets are equal}
     *
     * @param score which
     * @param afterTask i, the number of tasks learned, in [0, T]
     * @param task j, the task evaluated, in [1, T]
     * @throws IllegalArgumentException if a place is out of range
     */
    public MetricValue value(RegressionScore score, int afterTask, int task) {
        Optional<RegressionCell> cell = cell(afterTask, task);
        if (cell.isEmpty()) {
            return absence(afterTask, task);
        }
        return score == RegressionScore.RMSE
                ? MetricValue.of(cell.get().rmse())
                : cell.get().r2() instanceof MetricValue.Undefined constant
                        ? MetricValue.undefined("of task " + task + ", " + constant.reason())
                        : cell.get().r2();
    }

    /**
     * {@return whether any cell of a row is set}
     *
     * @param afterTask i, the number of tasks learned, in [0, T]
     */
    public boolean isMeasured(int afterTask) {
        return cells.containsRow(afterTask);
    }

    /** {@return whether any cell is set: none is where no task has test examples} */
    public boolean isTested() {
        return !cells.isEmpty();
    }

    /** Why there is no such cell, in the words of {@link AccuracyMatrix}. */
    private MetricValue absence(int afterTask, int task) {
        if (!isTested()) {
            return AccuracyMatrix.NOT_TESTED;
        }
        if (!cells.containsRow(afterTask)) {
            return MetricValue.undefined(
                    afterTask == 0
                            ? "there is no row of the untrained network"
                            : "there is no row after task " + afterTask);
        }
        return MetricValue.undefined(
                cells.containsColumn(task)
                        ? "cell (after task " + afterTask + ", task " + task + ") is missing"
                        : "task " + task + " was never tested");
    }

    /**
     * {@return forgetting, transfer and means of a score}
     *
     * @param score which
     */
    public RegressionFigures figures(RegressionScore score) {
        return new RegressionFigures(this, score);
    }
}
