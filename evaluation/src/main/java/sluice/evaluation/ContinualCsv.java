package sluice.evaluation;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.Reader;
import java.util.List;
import org.apache.commons.csv.CSVPrinter;

/**
 * Continual evaluations as CSV with the columns {@code strategy,seed,learning,step,task,correct,total,accuracy}: a line per
 * task and moment, in order; {@code learning} is the name of the task that was being learned, {@code step} how many of its
 * steps were done, {@code task} the name of the task asked for. Lines end in \n, and the text is the same in every locale.
 * Files may be joined end to end, headers and all. Names that a spreadsheet would take for a formula are {@linkplain
 * SpreadsheetText guarded}.
 */
public final class ContinualCsv {
    private static final CsvFile FILE = new CsvFile(
            ImmutableList.of("strategy", "seed", "learning", "step", "task", "correct", "total", "accuracy"));

    private ContinualCsv() {}

    /**
     * Writes the header and all points. Neither flushes nor closes.
     *
     * @param evaluation what was measured between steps
     * @param out where to
     * @throws IOException if {@code out} fails
     */
    public static void write(ContinualEvaluation evaluation, Appendable out) throws IOException {
        CSVPrinter printer = FILE.printer(out);
        for (ContinualEvaluation.Point point : evaluation.points()) {
            printer.printRecord(
                    SpreadsheetText.guarded(evaluation.strategy()),
                    Long.toString(evaluation.seed()),
                    SpreadsheetText.guarded(evaluation.tasks().get(point.learning() - 1)),
                    Long.toString(point.step()),
                    SpreadsheetText.guarded(evaluation.tasks().get(point.task() - 1)),
                    Integer.toString(point.correct()),
                    Integer.toString(point.total()),
                    Figures.exact(point.accuracy()));
        }
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
    public static ImmutableList<CsvLine> lines(Reader in, String source) throws IOException {
        return FILE.lines(in, source);
    }

    /**
     * Takes a run's lines of those that were read.
     *
     * @param lines of any runs
     * @param matrix of the run
     * @return what was measured between its steps
     * @throws MatrixFormatException if a task is none of the matrix, a value is not a number or out of range, an accuracy is
     *     not correct/total within 1e-9, or a line is out of order
     */
    public static ContinualEvaluation of(List<CsvLine> lines, AccuracyMatrix matrix) {
        Run run = new Run(matrix.strategy(), matrix.seed());
        ImmutableList.Builder<ContinualEvaluation.Point> points = ImmutableList.builder();
        ContinualEvaluation.Point before = null;
        for (CsvLine line : lines) {
            if (!line.run().equals(run)) {
                continue;
            }
            ContinualEvaluation.Point point = point(line, matrix.tasks());
            if (before != null && !point.follows(before)) {
                throw line.refusal(
                        "step",
                        "comes after a later moment, or twice: keep lines in the order in which the run wrote them");
            }
            points.add(point);
            before = point;
        }
        return new ContinualEvaluation(matrix.strategy(), matrix.seed(), matrix.tasks(), points.build());
    }

    private static ContinualEvaluation.Point point(CsvLine line, List<String> tasks) {
        int learning = place(line, "learning", tasks);
        int task = place(line, "task", tasks);
        if (task > learning) {
            throw line.refusal("task", "was learned only after the task in column learning: take files of one run");
        }
        AccuracyMatrix.Cell cell = line.cell();
        return new ContinualEvaluation.Point(learning, line.count("step", 0), task, cell.correct(), cell.total());
    }

    private static int place(CsvLine line, String column, List<String> tasks) {
        int place = tasks.indexOf(line.name(column)) + 1;
        if (place == 0) {
            throw line.refusal(column, "there is no such task in the accuracy matrix: take files of one run");
        }
        return place;
    }
}
