package sluice.evaluation.report;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.CsvLine;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.Printable;

/**
 * Accuracies as a grid: a row after each task, a column per task, with or without a header of the tasks' names (or numbers:
 * 0, 1, 2, ... or 1, 2, 3, ...), and with or without a first column that names the rows (its header is empty). One row
 * more than tasks: the first is the untrained network. Cells above the diagonal may be empty or nan.
 */
record MatrixGrid(CsvRows rows, AccuracyScale scale) {
    private static final String EXPECTATION =
            "write T rows of T accuracies (or T + 1, the first of the untrained network), or the columns after_task,task,accuracy";

    MatrixTable.Measured run(String strategy) {
        boolean hasHeader = rows.first().values().stream().anyMatch(text -> !isCell(text))
                || isNumbered(rows.first().values());
        boolean hasRowNames = hasHeader && rows.first().values().get(0).isEmpty();
        int skipped = hasRowNames ? 1 : 0;
        List<CsvLine> lines = hasHeader ? rows.lines(rows.first().values()) : rows.all();
        int columns = rows.first().values().size() - skipped;
        List<String> tasks = hasHeader
                ? rows.first().values().subList(skipped, rows.first().values().size())
                : IntStream.rangeClosed(1, columns).mapToObj(j -> "task " + j).toList();
        checkTasks(tasks);
        if (lines.size() != columns && lines.size() != columns + 1) {
            throw new MatrixFormatException("%s: there are %d tasks and %d rows of accuracies: %s"
                    .formatted(rows.first().place(), columns, lines.size(), EXPECTATION));
        }
        int firstRow = lines.size() == columns ? 1 : 0;
        AccuracyMatrix matrix = AccuracyMatrix.empty(strategy, 1, tasks);
        for (int i = 0; i < lines.size(); i++) {
            CsvLine line = named(lines.get(i), tasks, skipped);
            for (int j = 1; j <= columns; j++) {
                String text = line.text(tasks.get(j - 1));
                if (isMissing(text)) {
                    checkMayMiss(line, tasks.get(j - 1), i + firstRow, j);
                } else {
                    AccuracyMatrix.Cell cell = scale.cell(line, tasks.get(j - 1));
                    matrix = matrix.with(i + firstRow, j, cell.correct(), cell.total());
                }
            }
        }
        return new MatrixTable.Measured(matrix, false);
    }

    /** Whether the columns are numbered, as tables of other programs are; a row that has such accuracies is unheard of. */
    private static boolean isNumbered(List<String> first) {
        List<String> numbers = first.get(0).isEmpty() ? first.subList(1, first.size()) : first;
        return numbers.size() > 1
                && IntStream.rangeClosed(0, 1)
                        .anyMatch(start -> IntStream.range(0, numbers.size())
                                .allMatch(i -> numbers.get(i).equals(Integer.toString(start + i))));
    }

    private void checkTasks(List<String> tasks) {
        Set<String> seen = new HashSet<>();
        for (String task : tasks) {
            if (task.isEmpty()) {
                throw new MatrixFormatException(
                        rows.first().place() + ": a task has no name: name every column, or leave the header out");
            }
            if (!seen.add(task)) {
                throw new MatrixFormatException("%s: two columns are named %s: name each task once"
                        .formatted(rows.first().place(), Printable.quoted(task)));
            }
        }
    }

    private static CsvLine named(CsvLine line, List<String> tasks, int skipped) {
        List<String> values =
                new ArrayList<>(line.values().subList(skipped, line.values().size()));
        return new CsvLine(line.source(), line.number(), ImmutableList.copyOf(tasks), ImmutableList.copyOf(values));
    }

    private static void checkMayMiss(CsvLine line, String task, int afterTask, int j) {
        if (afterTask >= j) {
            throw line.refusal(
                    Printable.abbreviated(task, 60),
                    "the accuracy after task " + afterTask
                            + " is missing: write it; only tasks not learned yet may be left out");
        }
    }

    private static boolean isMissing(String text) {
        return text.isBlank() || text.strip().toLowerCase(Locale.ROOT).equals("nan");
    }

    private static boolean isCell(String text) {
        if (isMissing(text)) {
            return true;
        }
        try {
            // with a sign of percent it is an accuracy all the same, and refused as one
            return Double.isFinite(Double.parseDouble(text.replace("%", "")));
        } catch (NumberFormatException name) {
            return false;
        }
    }
}
