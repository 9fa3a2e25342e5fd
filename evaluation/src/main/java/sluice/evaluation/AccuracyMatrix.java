package sluice.evaluation;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The accuracy matrix R of one run: R[i][j] is the test accuracy on task j = 1..T after learning task i; row i = 0 is
 * the untrained network. Cells may be missing: tasks not evaluated, or not learned yet. Immutable; a cell is set
 * once.
 */
public final class AccuracyMatrix implements ScoreMatrix {
    /**
     * One evaluation of a task.
     *
     * @param correct examples answered correctly, in [0, total]
     * @param total examples asked, at least 1
     */
    public record Cell(int correct, int total) {
        /** Checks the ranges. */
        public Cell {
            checkArgument(total >= 1, "total must be at least 1, got %s", total);
            checkArgument(correct >= 0 && correct <= total, "correct must be in [0, %s], got %s", total, correct);
        }

        /** {@return correct/total, in [0, 1]} */
        public double accuracy() {
            return (double) correct / total;
        }
    }

    private static final String NONE_TESTED = "no task was tested";

    /** What every figure of accuracies is where no task has test examples. */
    public static final MetricValue NOT_TESTED = MetricValue.undefined(NONE_TESTED);

    private final String strategy;
    private final long seed;
    private final ImmutableList<String> tasks;
    private final Cell[][] rows;

    private final boolean tested;

    /** Rows and columns with any cell, from 0; worked out when it is first asked for. */
    private final Supplier<Measured> measured = Suppliers.memoize(this::measured);

    private record Measured(BitSet rows, BitSet columns) {}

    private AccuracyMatrix(String strategy, long seed, ImmutableList<String> tasks, Cell[][] rows, boolean tested) {
        this.strategy = strategy;
        this.seed = seed;
        this.tasks = tasks;
        this.rows = rows;
        this.tested = tested;
    }

    /**
     * A matrix whose cells are all missing.
     *
     * @param strategy name of the strategy that learns, not empty
     * @param seed of the run
     * @param tasks the tasks' names in the order in which they are learned: at least one, distinct, none empty
     * @return the matrix [T + 1, T]
     * @throws IllegalArgumentException if a name is empty or there twice, or there is no task
     */
    public static AccuracyMatrix empty(String strategy, long seed, List<String> tasks) {
        checkArgument(!strategy.isEmpty(), "the strategy's name must not be empty");
        checkArgument(!tasks.isEmpty(), "there must be at least one task");
        Set<String> names = new HashSet<>();
        for (String task : tasks) {
            checkArgument(!task.isEmpty(), "task %s has an empty name", names.size() + 1);
            checkArgument(names.add(task), "two tasks are named %s", Printable.quoted(task));
        }
        return new AccuracyMatrix(
                strategy, seed, ImmutableList.copyOf(tasks), new Cell[tasks.size() + 1][tasks.size()], false);
    }

    /**
     * A matrix to be filled cell by cell, where {@link #with} would copy a row for each.
     *
     * @param strategy name of the strategy that learns, not empty
     * @param seed of the run
     * @param tasks the tasks' names in the order in which they are learned: at least one, distinct, none empty
     * @return a builder without cells
     * @throws IllegalArgumentException if a name is empty or there twice, or there is no task
     */
    public static Builder builder(String strategy, long seed, List<String> tasks) {
        return new Builder(empty(strategy, seed, tasks));
    }

    /** Collects the cells of a matrix. Mutable; for one thread. */
    public static final class Builder implements MatrixBuilder<Cell, AccuracyMatrix> {
        private final AccuracyMatrix cells;

        private Builder(AccuracyMatrix cells) {
            this.cells = cells;
        }

        @Override
        public void set(int afterTask, int task, Cell cell) {
            cells.checkMissing(afterTask, task);
            cells.rows[afterTask][task - 1] = cell;
        }

        @Override
        public boolean isSet(int afterTask, int task) {
            return cells.cell(afterTask, task).isPresent();
        }

        @Override
        public AccuracyMatrix build() {
            Cell[][] copies = Arrays.stream(cells.rows).map(Cell[]::clone).toArray(Cell[][]::new);
            boolean any = Arrays.stream(copies).flatMap(Arrays::stream).anyMatch(Objects::nonNull);
            return new AccuracyMatrix(cells.strategy, cells.seed, cells.tasks, copies, any);
        }
    }

    /**
     * {@return the same cells under that name, at no cost}
     *
     * @param other name of the strategy, not empty
     * @throws IllegalArgumentException if the name is empty
     */
    public AccuracyMatrix named(String other) {
        checkArgument(!other.isEmpty(), "the strategy's name must not be empty");
        return new AccuracyMatrix(other, seed, tasks, rows, tested);
    }

    private void checkMissing(int afterTask, int task) {
        cell(afterTask, task).ifPresent(set -> {
            throw new IllegalArgumentException(
                    position(afterTask, task) + " is already set to " + set.correct() + " of " + set.total());
        });
    }

    /**
     * This matrix with one more cell.
     *
     * @param afterTask i, the number of tasks learned, in [0, T]
     * @param task j, the task evaluated, in [1, T]
     * @param correct examples answered correctly, in [0, total]
     * @param total examples asked, at least 1
     * @return a new matrix
     * @throws IllegalArgumentException if an argument is out of range or the cell is set already
     */
    public AccuracyMatrix with(int afterTask, int task, int correct, int total) {
        checkMissing(afterTask, task);
        Cell[][] more = rows.clone();
        more[afterTask] = rows[afterTask].clone();
        more[afterTask][task - 1] = new Cell(correct, total);
        return new AccuracyMatrix(strategy, seed, tasks, more, true);
    }

    /**
     * {@return this matrix with all cells of another beside its own}
     *
     * @param other a matrix of no more tasks
     * @param at how many rows and columns further on they are here, at least 0
     * @throws IllegalArgumentException if one is outside of this matrix, or set already
     */
    public AccuracyMatrix withCells(AccuracyMatrix other, int at) {
        AccuracyMatrix with = this;
        for (int row = 0; row <= other.tasks().size(); row++) {
            for (int task = 1; task <= other.tasks().size(); task++) {
                Optional<Cell> cell = other.cell(row, task);
                if (cell.isPresent()) {
                    with = with.with(
                            at + row,
                            at + task,
                            cell.get().correct(),
                            cell.get().total());
                }
            }
        }
        return with;
    }

    /**
     * {@return the cell, empty if it is missing}
     *
     * @param afterTask i, the number of tasks learned, in [0, T]
     * @param task j, the task evaluated, in [1, T]
     * @throws IllegalArgumentException if an argument is out of range
     */
    public Optional<Cell> cell(int afterTask, int task) {
        checkArgument(
                afterTask >= 0 && afterTask <= tasks.size(),
                "afterTask must be in [0, %s], got %s",
                tasks.size(),
                afterTask);
        checkArgument(task >= 1 && task <= tasks.size(), "task must be in [1, %s], got %s", tasks.size(), task);
        return Optional.ofNullable(rows[afterTask][task - 1]);
    }

    /**
     * R[i][j], in [0, 1].
     *
     * @param afterTask i, the number of tasks learned, in [0, T]
     * @param task j, the task evaluated, in [1, T]
     * @return the accuracy; undefined if the cell is missing, with the reason that its whole row is where that is so
     * @throws IllegalArgumentException if an argument is out of range
     */
    public MetricValue accuracy(int afterTask, int task) {
        Optional<MetricValue> present = cell(afterTask, task).map(cell -> MetricValue.of(cell.accuracy()));
        return present.orElseGet(() -> MetricValue.undefined(absence(afterTask, task)));
    }

    /** The {@link #accuracy}. */
    @Override
    public MetricValue score(int afterTask, int task) {
        return accuracy(afterTask, task);
    }

    /**
     * {@return whether any cell of a row is set}
     *
     * @param afterTask i, the number of tasks learned, in [0, T]
     */
    public boolean isMeasured(int afterTask) {
        return measured.get().rows().get(afterTask);
    }

    private Measured measured() {
        BitSet ofRows = new BitSet();
        BitSet ofColumns = new BitSet();
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < tasks.size(); column++) {
                if (rows[row][column] != null) {
                    ofRows.set(row);
                    ofColumns.set(column);
                }
            }
        }
        return new Measured(ofRows, ofColumns);
    }

    /** {@return whether any cell is set: none is where no task has test examples} */
    public boolean isTested() {
        return tested;
    }

    /** Why there is no such cell: nothing was ever tested, the row was never evaluated, as after joint training, or only this task was not. */
    private String absence(int afterTask, int task) {
        if (isMeasured(afterTask)) {
            return measured.get().columns().get(task - 1)
                    ? position(afterTask, task) + " is missing"
                    : "task " + task + " was never tested";
        }
        if (!isTested()) {
            return NONE_TESTED;
        }
        return afterTask == 0 ? "there is no row of the untrained network" : "there is no row after task " + afterTask;
    }

    /** {@return name of the strategy that learns} */
    public String strategy() {
        return strategy;
    }

    /** {@return seed of the run} */
    public long seed() {
        return seed;
    }

    @Override
    public ImmutableList<String> tasks() {
        return tasks;
    }

    private static String position(int afterTask, int task) {
        return "cell (after task " + afterTask + ", task " + task + ")";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AccuracyMatrix that
                && strategy.equals(that.strategy)
                && seed == that.seed
                && tasks.equals(that.tasks)
                && Arrays.deepEquals(rows, that.rows);
    }

    @Override
    public int hashCode() {
        return Objects.hash(strategy, seed, tasks, Arrays.deepHashCode(rows));
    }

    @Override
    public String toString() {
        return "AccuracyMatrix[strategy=" + strategy + ", seed=" + seed + ", tasks=" + tasks + ", rows="
                + Arrays.deepToString(rows) + "]";
    }
}
