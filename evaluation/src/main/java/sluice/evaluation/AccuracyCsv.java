package sluice.evaluation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import java.io.IOException;
import java.io.Reader;
import java.util.List;
import java.util.Optional;

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
    private static final MatrixLines LINES = new MatrixLines(ImmutableList.of("correct", "total", "accuracy"));

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
        LINES.write(Iterables.transform(matrices, AccuracyCsv::written), out);
    }

    private static MatrixLines.Written written(AccuracyMatrix matrix) {
        return new MatrixLines.Written(
                matrix.strategy(), matrix.seed(), matrix.tasks(), (i, j) -> texts(matrix.cell(i, j)));
    }

    private static Optional<List<String>> texts(Optional<AccuracyMatrix.Cell> cell) {
        return cell.map(known -> List.of(
                Integer.toString(known.correct()), Integer.toString(known.total()), Figures.exact(known.accuracy())));
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
        return LINES.read(in, source, AccuracyMatrix::builder, CsvLine::cell);
    }
}
