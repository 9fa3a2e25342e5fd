package sluice.evaluation.regression;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import java.io.IOException;
import java.io.Reader;
import java.util.List;
import java.util.Optional;
import sluice.evaluation.CsvLine;
import sluice.evaluation.Figures;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.MatrixLines;
import sluice.evaluation.MetricValue;

/**
 * Matrices of errors as CSV with the columns {@code strategy,seed,after_task,task,squares,variation,rows,rmse,r2}: {@linkplain MatrixLines
 * a line per cell}. {@code squares} and {@code variation} are those of {@link RegressionCell}; {@code rmse} and {@code r2} follow from
 * them, and {@code r2} is empty where it is undefined. Numbers are the shortest decimals that parse back to the same doubles. Lines end in
 * \n, and the text is the same in every locale. Files may be joined end to end, headers and all.
 */
public final class ErrorCsv {
    private static final double TOLERANCE = 1e-9;
    private static final MatrixLines LINES =
            new MatrixLines(ImmutableList.of("squares", "variation", "rows", "rmse", "r2"));

    private ErrorCsv() {}

    /**
     * Writes the header and all matrices. Neither flushes nor closes.
     *
     * @param matrices no two of the same strategy and seed
     * @param out where to
     * @throws IOException if {@code out} fails
     * @throws IllegalArgumentException if two matrices have the same strategy and seed
     */
    public static void write(Iterable<RegressionMatrix> matrices, Appendable out) throws IOException {
        LINES.write(Iterables.transform(matrices, ErrorCsv::written), out);
    }

    private static MatrixLines.Written written(RegressionMatrix matrix) {
        return new MatrixLines.Written(
                matrix.strategy(), matrix.seed(), matrix.tasks(), (i, j) -> texts(matrix.cell(i, j)));
    }

    private static Optional<List<String>> texts(Optional<RegressionCell> cell) {
        return cell.map(known -> List.of(
                Figures.exact(known.squares()),
                Figures.exact(known.variation()),
                Integer.toString(known.rows()),
                Figures.exact(known.rmse()),
                known.r2() instanceof MetricValue.Defined r2 ? Figures.exact(r2.value()) : ""));
    }

    /**
     * Reads every matrix of a file, to its end. Does not close.
     *
     * @param in where from
     * @param source what to call it in messages, such as a file's name
     * @return a matrix per strategy and seed, in order of appearance, with the tasks in order of first appearance
     * @throws IOException if {@code in} fails
     * @throws MatrixFormatException if columns are missing or unknown, a value is not a number or out of range, rmse or r2 are not what
     *     the sums give within a billionth part, or a cell is there twice
     */
    public static List<RegressionMatrix> read(Reader in, String source) throws IOException {
        return LINES.read(in, source, RegressionMatrix::builder, ErrorCsv::cell);
    }

    private static RegressionCell cell(CsvLine line) {
        RegressionCell cell = new RegressionCell(sum(line, "squares"), sum(line, "variation"), line.count("rows", 1));
        check(line, "rmse", MetricValue.of(cell.rmse()), 0);
        check(line, "r2", cell.r2(), 1);
        return cell;
    }

    private static double sum(CsvLine line, String column) {
        double sum = line.decimal(column);
        if (sum < 0) {
            throw line.refusal(column, "a sum of squares is at least 0, got " + line.text(column) + ": correct it");
        }
        return sum;
    }

    /** Within a billionth part of the value, or of what it is held against. */
    private static void check(CsvLine line, String column, MetricValue given, double whole) {
        if (given instanceof MetricValue.Defined number) {
            double apart = Math.abs(line.decimal(column) - number.value());
            if (!(apart <= TOLERANCE * Math.max(whole, Math.abs(number.value())))) {
                throw line.refusal(
                        column,
                        "%s is not what squares, variation and rows give, %s: correct it or these"
                                .formatted(line.text(column), Figures.exact(number.value())));
            }
        } else if (!line.isEmpty(column)) {
            throw line.refusal(column, "variation is 0, so that there is none: leave it empty, or correct variation");
        }
    }
}
