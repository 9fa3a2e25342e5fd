package sluice.evaluation;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.Reader;
import java.util.HashMap;
import java.util.LinkedHashMap;
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

    /** {@return the file of such lines} */
    public CsvFile file() {
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
     * Writes the lines of a matrix.
     *
     * @param strategy that learns
     * @param seed of the run
     * @param tasks by name, in order
     * @param cells of the matrix
     * @param printer of the file
     * @throws IOException if it fails
     */
    public void write(String strategy, long seed, List<String> tasks, Cells cells, CSVPrinter printer)
            throws IOException {
        boolean namesInOrder = namesTasksInOrder(tasks, cells);
        for (int i = 0; i <= tasks.size(); i++) {
            for (int j = 1; j <= tasks.size(); j++) {
                Optional<List<String>> cell = cells.at(i, j);
                if (cell.isPresent() || (i == 0 && !namesInOrder)) {
                    printer.print(SpreadsheetText.guarded(strategy));
                    printer.print(Long.toString(seed));
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

    /** A matrix that is read. */
    public interface Filling {
        /**
         * {@return whether the cell is there already}
         *
         * @param afterTask i, from 0
         * @param task j, from 1
         */
        boolean isSet(int afterTask, int task);

        /**
         * Takes a cell.
         *
         * @param afterTask i, from 0
         * @param task j, from 1
         * @param line that has it
         * @throws MatrixFormatException if its columns are wrong
         */
        void set(int afterTask, int task, CsvLine line);
    }

    /** What the lines of one run say: who learned, and what is to be filled. */
    @FunctionalInterface
    public interface Start<F extends Filling> {
        /**
         * {@return a matrix without cells}
         *
         * @param strategy that learns
         * @param seed of the run
         * @param tasks by name, in the order of first appearance
         */
        F of(String strategy, long seed, List<String> tasks);
    }

    /**
     * Reads every matrix of a file, to its end. Does not close.
     *
     * @param in where from
     * @param source what to call it in messages
     * @param start of each
     * @param <F> what is filled
     * @return one per strategy and seed, in order of appearance
     * @throws IOException if {@code in} fails
     * @throws MatrixFormatException if columns are missing or unknown, a place is none, or a cell is there twice or wrong
     */
    public <F extends Filling> ImmutableList<F> read(Reader in, String source, Start<F> start) throws IOException {
        Map<Run, ImmutableList.Builder<CsvLine>> runs = new LinkedHashMap<>();
        for (CsvLine line : file().lines(in, source)) {
            runs.computeIfAbsent(line.run(), run -> ImmutableList.builder()).add(line);
        }
        return runs.entrySet().stream()
                .map(run -> filled(run.getKey(), run.getValue().build(), start))
                .collect(toImmutableList());
    }

    private record Place(int afterTask, int task) {}

    private <F extends Filling> F filled(Run run, List<CsvLine> lines, Start<F> start) {
        List<String> tasks =
                lines.stream().map(line -> line.name("task")).distinct().toList();
        Map<String, Integer> numbers = new HashMap<>();
        tasks.forEach(task -> numbers.put(task, numbers.size() + 1));
        Function<CsvLine, Place> places =
                line -> new Place(line.count("after_task", 0), numbers.get(line.name("task")));
        F matrix = start.of(run.strategy(), run.seed(), tasks);
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
                matrix.set(place.afterTask(), place.task(), line);
            }
        }
        return matrix;
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
