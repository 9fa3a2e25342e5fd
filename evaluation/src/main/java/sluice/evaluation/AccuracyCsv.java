package sluice.evaluation;

import static com.google.common.base.Preconditions.checkArgument;

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
import org.apache.commons.csv.CSVPrinter;

/**
 * Accuracy matrices as CSV with the columns {@code strategy,seed,after_task,task,correct,total,accuracy}: a line per
 * cell that is present, by {@code after_task}, then by task; {@code task} is the task's name, {@code accuracy} the
 * shortest decimal that parses back to the same double. Lines end in \n, and the text is the same in every locale.
 * Files may be joined end to end, headers and all. Names that a spreadsheet would take for a formula are {@linkplain
 * SpreadsheetText guarded}.
 *
 * <p>A file names the tasks in the order in which they first appear. Where the cells that are present would not name
 * all tasks in their order, the missing cells of row 0 get lines too, with nothing after {@code task}; so every
 * matrix reads back as it was.
 */
public final class AccuracyCsv {
    private static final CsvFile FILE =
            new CsvFile(ImmutableList.of("strategy", "seed", "after_task", "task", "correct", "total", "accuracy"));

    private AccuracyCsv() {}

    /**
     * Writes the header and all matrices. Neither flushes nor closes.
     *
     * @param matrices no two of the same strategy and seed
     * @param out where to
     * @throws IOException if {@code out} fails
     * @throws IllegalArgumentException if two matrices have the same strategy and seed
     */
    public static void write(Iterable<AccuracyMatrix> matrices, Appendable out) throws IOException {
        CSVPrinter printer = FILE.printer(out);
        Set<Run> written = new HashSet<>();
        for (AccuracyMatrix matrix : matrices) {
            Run run = new Run(matrix.strategy(), matrix.seed());
            checkArgument(written.add(run), "two matrices of %s: a file can hold only one", run);
            write(matrix, printer);
        }
    }

    private static void write(AccuracyMatrix matrix, CSVPrinter printer) throws IOException {
        boolean namesInOrder = namesTasksInOrder(matrix);
        int count = matrix.tasks().size();
        for (int i = 0; i <= count; i++) {
            for (int j = 1; j <= count; j++) {
                Optional<AccuracyMatrix.Cell> cell = matrix.cell(i, j);
                if (cell.isPresent() || (i == 0 && !namesInOrder)) {
                    printer.printRecord(
                            SpreadsheetText.guarded(matrix.strategy()),
                            Long.toString(matrix.seed()),
                            Integer.toString(i),
                            SpreadsheetText.guarded(matrix.tasks().get(j - 1)),
                            cell.map(c -> Integer.toString(c.correct())).orElse(""),
                            cell.map(c -> Integer.toString(c.total())).orElse(""),
                            cell.map(c -> Figures.exact(c.accuracy())).orElse(""));
                }
            }
        }
    }

    private static boolean namesTasksInOrder(AccuracyMatrix matrix) {
        Set<String> appeared = new LinkedHashSet<>();
        for (int i = 0; i <= matrix.tasks().size(); i++) {
            for (int j = 1; j <= matrix.tasks().size(); j++) {
                if (matrix.cell(i, j).isPresent()) {
                    appeared.add(matrix.tasks().get(j - 1));
                }
            }
        }
        return matrix.tasks().equals(List.copyOf(appeared));
    }

    /**
     * Reads every matrix of a file, to its end. Does not close.
     *
     * @param in where from
     * @param source what to call it in messages, such as a file's name
     * @return a matrix per strategy and seed, in order of appearance, with the tasks in order of first appearance
     * @throws IOException if {@code in} fails
     * @throws MatrixFormatException if columns are missing or unknown, a value is not a number or out of range, an
     *     accuracy is not correct/total within 1e-9, or a cell is there twice
     */
    public static List<AccuracyMatrix> read(Reader in, String source) throws IOException {
        ImmutableListMultimap<Run, CsvLine> runs = Multimaps.index(FILE.lines(in, source), CsvLine::run);
        return runs.keySet().stream().map(run -> matrix(run, runs.get(run))).toList();
    }

    private record Place(int afterTask, int task) {}

    private static AccuracyMatrix matrix(Run run, List<CsvLine> lines) {
        List<String> tasks =
                lines.stream().map(line -> line.name("task")).distinct().toList();
        Map<String, Integer> numbers = new HashMap<>();
        tasks.forEach(task -> numbers.put(task, numbers.size() + 1));
        AccuracyMatrix.Builder matrix = AccuracyMatrix.builder(run.strategy(), run.seed(), tasks);
        for (CsvLine line : lines) {
            Place place = place(line, numbers);
            checkPlace(line, place, tasks.size());
            if (isPresent(line)) {
                if (matrix.isSet(place.afterTask(), place.task())) {
                    throw twice(run, line, first(lines, place, numbers));
                }
                matrix.set(place.afterTask(), place.task(), line.cell());
            }
        }
        return matrix.build();
    }

    private static Place place(CsvLine line, Map<String, Integer> numbers) {
        return new Place(line.count("after_task", 0), numbers.get(line.name("task")));
    }

    private static CsvLine first(List<CsvLine> lines, Place place, Map<String, Integer> numbers) {
        return lines.stream()
                .filter(line -> isPresent(line) && place(line, numbers).equals(place))
                .findFirst()
                .orElseThrow();
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

    private static boolean isPresent(CsvLine line) {
        return !(line.isEmpty("correct") && line.isEmpty("total") && line.isEmpty("accuracy"));
    }
}
