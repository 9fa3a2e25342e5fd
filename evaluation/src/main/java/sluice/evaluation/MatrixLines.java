package sluice.evaluation;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.Multimaps;
import java.io.IOException;
import java.io.Reader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.commons.csv.CSVPrinter;

/**
 * Matrices of cells by moment and task as lines of CSV: {@code strategy,seed,after_task,task} and what a cell has. A line per cell that is
 * present, by {@code after_task}, then by task.
 *
 * <p>A file names the tasks in the order in which they first appear. Where the cells that are present would not name all tasks in their
 * order, the missing cells of row 0 get lines too, with nothing after {@code task}; so every matrix reads back as it was.
 *
 * @param values names of the columns that a cell has
 */
public record MatrixLines(ImmutableList<String> values) {
    private static final ImmutableList<String> PLACE = ImmutableList.of("strategy", "seed", "after_task", "task");

    private CsvFile file() {
        return new CsvFile(
                ImmutableList.<String>builder().addAll(PLACE).addAll(values).build());
    }

    /** What a matrix has at a place. */
    @FunctionalInterface
    public interface Cells {
        /**
         * {@return texts of the cell's columns; empty if it is missing}
         *
         * @param afterTask i, from 0
         * @param task j, from 1
         */
        Optional<List<String>> at(int afterTask, int task);
    }

    /**
     * A matrix that is written.
     *
     * @param strategy that learns
     * @param seed of the run
     * @param tasks by name, in order
     * @param cells of the matrix
     */
    public record Written(String strategy, long seed, List<String> tasks, Cells cells) {}

    /**
     * Writes the header and all matrices. Neither flushes nor closes.
     *
     * @param matrices no two of the same strategy and seed
     * @param out where to
     * @throws IOException if {@code out} fails
     * @throws IllegalArgumentException if two matrices have the same strategy and seed
     */
    public void write(Iterable<Written> matrices, Appendable out) throws IOException {
        CSVPrinter printer = file().printer(out);
        Set<Run> runs = new HashSet<>();
        for (Written matrix : matrices) {
            Run run = new Run(matrix.strategy(), matrix.seed());
            checkArgument(runs.add(run), "two matrices of %s: a file can hold only one", run);
            write(matrix, printer);
        }
    }

    private void write(Written matrix, CSVPrinter printer) throws IOException {
        List<String> tasks = matrix.tasks();
        boolean namesInOrder = namesTasksInOrder(tasks, matrix.cells());
        for (int i = 0; i <= tasks.size(); i++) {
            for (int j = 1; j <= tasks.size(); j++) {
                Optional<List<String>> cell = matrix.cells().at(i, j);
                if (cell.isPresent() || (i == 0 && !namesInOrder)) {
                    printer.print(SpreadsheetText.guarded(matrix.strategy()));
                    printer.print(Long.toString(matrix.seed()));
                    printer.print(Integer.toString(i));
                    printer.print(SpreadsheetText.guarded(tasks.get(j - 1)));
                    for (int value = 0; value < values.size(); value++) {
                        printer.print(cell.isPresent() ? cell.get().get(value) : "");
                    }
                    printer.println();
                }
            }
        }
    }

    private static boolean namesTasksInOrder(List<String> tasks, Cells cells) {
        Set<String> appeared = new LinkedHashSet<>();
        for (int i = 0; i <= tasks.size(); i++) {
            for (int j = 1; j <= tasks.size(); j++) {
                if (cells.at(i, j).isPresent()) {
                    appeared.add(tasks.get(j - 1));
                }
            }
        }
        return tasks.equals(List.copyOf(appeared));
    }

    /**
     * What the lines of one run say: who learned, and what is to be filled.
     *
     * @param <C> a cell
     * @param <M> the matrix
     */
    @FunctionalInterface
    public interface Start<C, M> {
        /**
         * {@return a matrix without cells}
         *
         * @param strategy that learns
         * @param seed of the run
         * @param tasks by name, in the order of first appearance
         */
        MatrixBuilder<C, M> of(String strategy, long seed, List<String> tasks);
    }

    /**
     * Reads every matrix of a file, to its end. Does not close.
     *
     * @param in where from
     * @param source what to call it in messages
     * @param start of each
     * @param cell of a line that has one
     * @param <C> a cell
     * @param <M> the matrix
     * @return one per strategy and seed, in order of appearance
     * @throws IOException if {@code in} fails
     * @throws MatrixFormatException if columns are missing or unknown, a place is none, or a cell is there twice or wrong
     */
    public <C, M> ImmutableList<M> read(Reader in, String source, Start<C, M> start, Function<CsvLine, C> cell)
            throws IOException {
        ImmutableListMultimap<Run, CsvLine> runs = Multimaps.index(file().lines(in, source), CsvLine::run);
        return runs.keySet().stream()
                .map(run -> filled(run, runs.get(run), start, cell))
                .collect(toImmutableList());
    }

    private record Place(int afterTask, int task) {}

    private <C, M> M filled(Run run, List<CsvLine> lines, Start<C, M> start, Function<CsvLine, C> cell) {
        List<String> tasks =
                lines.stream().map(line -> line.name("task")).distinct().toList();
        Map<String, Integer> numbers = new HashMap<>();
        tasks.forEach(task -> numbers.put(task, numbers.size() + 1));
        Function<CsvLine, Place> places =
                line -> new Place(line.count("after_task", 0), numbers.get(line.name("task")));
        MatrixBuilder<C, M> matrix = start.of(run.strategy(), run.seed(), tasks);
        for (CsvLine line : lines) {
            Place place = places.apply(line);
            checkPlace(line, place, tasks.size());
            if (isPresent(line)) {
                if (matrix.isSet(place.afterTask(), place.task())) {
                    CsvLine first = lines.stream()
                            .filter(each ->
                                    isPresent(each) && places.apply(each).equals(place))
                            .findFirst()
                            .orElseThrow();
                    throw twice(run, line, first);
                }
                matrix.set(place.afterTask(), place.task(), cell.apply(line));
            }
        }
        return matrix.build();
    }

    private static MatrixFormatException twice(Run run, CsvLine line, CsvLine earlier) {
        return line.refusal(
                "task",
                "this cell of " + run + " is on line " + earlier.number()
                        + " already: remove one, or give one run another seed");
    }

    private static void checkPlace(CsvLine line, Place place, int tasks) {
        if (place.afterTask() > tasks) {
            throw line.refusal(
                    "after_task",
                    place.afterTask() + " tasks are learned, but the file names only " + tasks
                            + ": add the lines of the other tasks");
        }
    }

    private boolean isPresent(CsvLine line) {
        return !values.stream().allMatch(line::isEmpty);
    }
}
