package sluice.evaluation.run;

import static com.google.common.base.Preconditions.checkState;
import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.commons.csv.CSVPrinter;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.CsvFile;
import sluice.evaluation.CsvLine;
import sluice.evaluation.MatrixFormatException;

/**
 * A CSV file of a run's folder that tells more than accuracies, a line per value. Lines end in \n, and the text is the same
 * in every locale. Where lines begin with the columns {@code strategy} and {@code seed}, files of several runs may be joined
 * end to end, headers and all. Names that a spreadsheet would take for a formula are {@linkplain
 * sluice.evaluation.SpreadsheetText guarded}.
 *
 * @param <T> what a line holds
 */
public final class RunCsv<T> {
    /** The column of the task that a line is of. */
    static final String TASK = "task";

    private static final String STRATEGY = "strategy";
    private static final String SEED = "seed";

    private final String name;
    private final boolean isOfAnyRun;
    private final ImmutableMap<String, Function<T, Object>> columns;
    private final ImmutableList<String> taskColumns;
    private final Function<CsvLine, T> reader;
    private final CsvFile file;

    private RunCsv(
            String name,
            boolean isOfAnyRun,
            ImmutableMap<String, Function<T, Object>> columns,
            ImmutableList<String> taskColumns,
            Function<CsvLine, T> reader) {
        this.name = name;
        this.isOfAnyRun = isOfAnyRun;
        this.columns = columns;
        this.taskColumns = taskColumns;
        this.reader = reader;
        ImmutableList.Builder<String> header = ImmutableList.builder();
        if (isOfAnyRun) {
            header.add(STRATEGY, SEED);
        }
        this.file = new CsvFile(header.addAll(columns.keySet()).build());
    }

    /**
     * A file whose lines tell of which run they are.
     *
     * @param columns what each holds, after strategy and seed; among them {@link #TASK}
     * @param reader of a line, the inverse
     */
    static <T> RunCsv<T> ofAnyRun(
            String name, ImmutableMap<String, Function<T, Object>> columns, Function<CsvLine, T> reader) {
        return new RunCsv<>(name, true, columns, ImmutableList.of(TASK), reader);
    }

    /**
     * A file whose lines are all of the run that is alone in its folder.
     *
     * @param columns what each holds
     * @param taskColumns those that hold names of tasks
     * @param reader of a line, the inverse
     */
    static <T> RunCsv<T> ofOneRun(
            String name,
            ImmutableMap<String, Function<T, Object>> columns,
            ImmutableList<String> taskColumns,
            Function<CsvLine, T> reader) {
        return new RunCsv<>(name, false, columns, taskColumns, reader);
    }

    /** {@return the file's name} */
    public String name() {
        return name;
    }

    /**
     * Writes the header and a line per value. Neither flushes nor closes.
     *
     * @param matrix of the run
     * @param values in the order of the lines
     * @param out where to
     * @throws IOException if {@code out} fails
     */
    public void write(AccuracyMatrix matrix, List<T> values, Appendable out) throws IOException {
        CSVPrinter printer = file.printer(out);
        for (T value : values) {
            List<Object> cells = new ArrayList<>();
            if (isOfAnyRun) {
                cells.add(Cells.name(matrix.strategy()));
                cells.add(matrix.seed());
            }
            columns.values().forEach(cell -> cells.add(cell.apply(value)));
            printer.printRecord(cells);
        }
    }

    /**
     * Writes the header and a line per value of a file of one run without tasks. Neither flushes nor closes.
     *
     * @param values in the order of the lines
     * @param out where to
     * @throws IOException if {@code out} fails
     */
    public void write(List<T> values, Appendable out) throws IOException {
        checkState(!isOfAnyRun, "lines of %s tell their run", name);
        CSVPrinter printer = file.printer(out);
        for (T value : values) {
            printer.printRecord(columns.values().stream().map(cell -> cell.apply(value)));
        }
    }

    /**
     * Reads a file of one run without tasks to its end. Does not close.
     *
     * @param in where from
     * @param source what to call it in messages, such as a file's name
     * @return what its lines hold, in order
     * @throws IOException if {@code in} fails
     * @throws MatrixFormatException if columns are missing or unknown, or a value is of another form or out of range
     */
    public ImmutableList<T> read(Reader in, String source) throws IOException {
        checkState(!isOfAnyRun && taskColumns.isEmpty(), "lines of %s tell their run or task", name);
        return file.lines(in, source).stream().map(reader).collect(toImmutableList());
    }

    /**
     * Reads a file of any runs to its end. Does not close.
     *
     * @param in where from
     * @param source what to call it in messages, such as a file's name
     * @return its lines
     * @throws IOException if {@code in} fails
     * @throws MatrixFormatException if columns are missing or unknown
     */
    public ImmutableList<CsvLine> lines(Reader in, String source) throws IOException {
        return file.lines(in, source);
    }

    /**
     * Takes a run's values of the lines that were read.
     *
     * @param lines of any runs
     * @param matrix of the run
     * @return what they hold, in order
     * @throws MatrixFormatException if a task is none of the matrix, or a value is of another form or out of range
     */
    public ImmutableList<T> of(List<CsvLine> lines, AccuracyMatrix matrix) {
        return lines.stream()
                .filter(line ->
                        !isOfAnyRun || (line.name(STRATEGY).equals(matrix.strategy()) && line.seed() == matrix.seed()))
                .map(line -> value(line, matrix))
                .collect(toImmutableList());
    }

    private T value(CsvLine line, AccuracyMatrix matrix) {
        for (String column : taskColumns) {
            if (!matrix.tasks().contains(line.name(column))) {
                throw line.refusal(column, "there is no such task in " + RunFile.MATRIX + ": take files of one run");
            }
        }
        return reader.apply(line);
    }
}
