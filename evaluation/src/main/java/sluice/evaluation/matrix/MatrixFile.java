package sluice.evaluation.matrix;

import com.google.common.io.CharStreams;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.Printable;
import sluice.evaluation.matrix.MatrixOptions.Layout;

/** Reads accuracies that any system wrote. */
public final class MatrixFile {
    private static final int NAMED = 5;

    private MatrixFile() {}

    /**
     * Reads to the end; does not close.
     *
     * @param in text: CSV (commas, semicolons, tabs or blanks between cells) or JSON; a grid, or a line per accuracy
     * @param source what to call it in messages
     * @param options what the user says of it
     * @param strategy name for a file that gives none, not empty
     * @return its matrices, and how it was read
     * @throws IOException if it cannot be read
     * @throws MatrixFormatException if it holds no accuracies, or can be read in two ways; one line that says what, where and
     *     how to mend it
     */
    public static ReadMatrix read(Reader in, String source, MatrixOptions options, String strategy) throws IOException {
        TextTable table = TableText.read(CharStreams.toString(in), source, options.layout());
        ReadMatrix read = isLong(table, options)
                ? LongTable.read(table, options, strategy)
                : Grid.read(TurnedGrid.upright(table), options, strategy);
        if (options.percent() && read.runs().stream().allMatch(MatrixFile::isAtMostOnePercent)) {
            throw new MatrixFormatException("%s: no accuracy is above 1 %%: leave --percent out if they are in [0, 1]"
                    .formatted(Printable.of(source)));
        }
        List<String> statements = new ArrayList<>(List.of(read.statement()));
        if (!table.note().isEmpty()) {
            statements.add(table.note());
        }
        for (AccuracyMatrix run : read.runs()) {
            unfinished(run, source).ifPresent(statements::add);
        }
        return new ReadMatrix(
                read.runs(),
                read.isCounted(),
                String.join("; ", statements.stream().distinct().toList()));
    }

    private static boolean isLong(TextTable table, MatrixOptions options) {
        if (options.layout().isPresent()) {
            return options.layout().get() == Layout.LONG;
        }
        return options.rows().isEmpty() && LongTable.isLong(table.rows().get(0).cells());
    }

    private static boolean isAtMostOnePercent(AccuracyMatrix matrix) {
        int tasks = matrix.tasks().size();
        return IntStream.rangeClosed(0, tasks)
                .allMatch(i -> IntStream.rangeClosed(1, tasks)
                        .allMatch(j -> matrix.cell(i, j).stream().allMatch(cell -> cell.accuracy() <= 0.01)));
    }

    /**
     * Says what a run lacks at its end; refuses one with holes before: a row that was evaluated holds the tasks learned so far,
     * or the task just learned alone.
     */
    private static Optional<String> unfinished(AccuracyMatrix matrix, String source) {
        int tasks = matrix.tasks().size();
        int last = IntStream.rangeClosed(0, tasks)
                .filter(i -> present(matrix, i) > 0)
                .max()
                .orElse(0);
        if (last == 0) {
            throw MatrixFormatException.missing(matrix, source, 1, 1);
        }
        for (int i = 0; i <= last; i++) {
            int needed = i == 0 ? tasks : i;
            boolean isDiagonalAlone = i >= 1
                    && i < tasks
                    && present(matrix, i) == 1
                    && matrix.cell(i, i).isPresent();
            if (present(matrix, i) == 0 || isDiagonalAlone || (i == last && isCutShort(matrix, i, needed))) {
                continue;
            }
            for (int j = 1; j <= needed; j++) {
                if (matrix.cell(i, j).isEmpty()) {
                    throw MatrixFormatException.missing(matrix, source, i, j);
                }
            }
        }
        return lacking(matrix, last);
    }

    /** Whether a row holds the first tasks, and no others. */
    private static boolean isCutShort(AccuracyMatrix matrix, int row, int needed) {
        long first = IntStream.rangeClosed(1, needed)
                .takeWhile(j -> matrix.cell(row, j).isPresent())
                .count();
        return row > 0 && first > 0 && first == present(matrix, row);
    }

    private static Optional<String> lacking(AccuracyMatrix matrix, int last) {
        int tasks = matrix.tasks().size();
        List<String> absent = IntStream.rangeClosed(1, last)
                .filter(j -> matrix.cell(last, j).isEmpty())
                .mapToObj(j -> Printable.abbreviated(matrix.tasks().get(j - 1), 20))
                .toList();
        if (last == tasks && absent.isEmpty()) {
            return Optional.empty();
        }
        String row = absent.isEmpty()
                ? ""
                : ", and of the last row the accuracy on "
                        + String.join(", ", absent.subList(0, Math.min(NAMED, absent.size())))
                        + (absent.size() > NAMED ? " and %d more".formatted(absent.size() - NAMED) : "");
        return Optional.of("unfinished: rows of %d of %d tasks are there%s"
                .formatted(last, tasks, row.isEmpty() ? "" : row + " is missing"));
    }

    private static long present(AccuracyMatrix matrix, int row) {
        return IntStream.rangeClosed(1, matrix.tasks().size())
                .filter(j -> matrix.cell(row, j).isPresent())
                .count();
    }
}
