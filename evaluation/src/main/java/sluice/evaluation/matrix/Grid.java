package sluice.evaluation.matrix;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.Printable;

/**
 * A row after each task, a column per task; with or without a header of the tasks' names, a column that names the rows, and
 * columns and a last row of averages. One row more than tasks: the first is of the untrained network.
 */
final class Grid {
    private static final String EXPECTATION =
            "write T rows of T accuracies (or T + 1, the first of the untrained network), or the columns after_task,task,accuracy";

    private final TextTable table;
    private final GridColumns columns;
    private final List<TextTable.Row> rows;
    private final Scale scale;

    private Grid(TextTable table, GridColumns columns, List<TextTable.Row> rows) {
        this.table = table;
        this.columns = columns;
        this.rows = rows;
        this.scale = columns.scale();
    }

    static ReadMatrix read(TextTable table, MatrixOptions options, String strategy) {
        GridColumns columns = GridColumns.of(table, options);
        return new Grid(table, columns, columns.rows()).read(strategy);
    }

    private ReadMatrix read(String strategy) {
        List<String> tasks = columns.tasks();
        checkTasks(tasks);
        int[] learned = learned(tasks);
        AccuracyMatrix.Builder matrix = AccuracyMatrix.builder(strategy, 1, tasks);
        boolean zerosAbove = tasks.size() > 1;
        for (int i = 0; i < rows.size(); i++) {
            TextTable.Row row = rows.get(i);
            for (int j = 1; j <= tasks.size(); j++) {
                String text = row.cell(columns.positions().get(j - 1));
                if (!Cells.isMissing(text)) {
                    AccuracyMatrix.Cell cell = scale.cell(table, row, tasks.get(j - 1), text);
                    matrix.set(learned[i], j, cell);
                    zerosAbove &= j <= learned[i] || cell.correct() == 0;
                } else {
                    zerosAbove &= j <= learned[i];
                    checkMayMiss(
                            row,
                            tasks.get(j - 1),
                            learned[i],
                            j,
                            i == rows.size() - 1 ? lastPresent(row) : tasks.size());
                }
            }
        }
        return new ReadMatrix(ImmutableList.of(matrix.build()), false, statement(learned, zerosAbove));
    }

    /** How many tasks are learned in each row. */
    private int[] learned(List<String> tasks) {
        List<String> names = columns.rowNames();
        int count = rows.size();
        boolean isFirstUntrained = !names.isEmpty() && Learned.isUntrained(names.get(0));
        if (count == tasks.size() || count == tasks.size() + 1 || isFirstUntrained) {
            int first = count == tasks.size() + 1 || isFirstUntrained ? 0 : 1;
            if (count + first - 1 <= tasks.size()) {
                return IntStream.range(0, count).map(i -> i + first).toArray();
            }
        }
        boolean named = !names.isEmpty() && count < tasks.size();
        if (named && names.equals(tasks.subList(0, count))) {
            return IntStream.rangeClosed(1, count).toArray();
        }
        if (named && Cells.count(names)) {
            if (Cells.whole(names.get(0)) == 1) {
                return IntStream.rangeClosed(1, count).toArray();
            }
            throw table.refusal(
                    rows.get(0),
                    columns.rowsHeader(),
                    "row 0 may be the untrained network or the first task learned, as there are %d rows for %d tasks: number rows from 1, with 0 for the untrained network, or name them by their tasks"
                            .formatted(count, tasks.size()));
        }
        throw table.refusal(
                table.rows().get(0),
                "there are %d tasks and %d rows of accuracies: %s".formatted(tasks.size(), count, EXPECTATION));
    }

    private void checkTasks(List<String> tasks) {
        Set<String> seen = new HashSet<>();
        for (String task : tasks) {
            if (task.isEmpty()) {
                throw table.refusal(
                        table.rows().get(0), "a task has no name: name every column, or leave the header out");
            }
            if (!seen.add(task)) {
                throw table.refusal(
                        table.rows().get(0),
                        "two columns are named %s: name each task once".formatted(Printable.quoted(task)));
            }
        }
    }

    /** A run that was stopped may have its last row cut short; before the last cell of a row none may miss. */
    private void checkMayMiss(TextTable.Row row, String task, int learned, int j, int last) {
        if (learned >= j && j <= last) {
            throw table.refusal(
                    row,
                    task,
                    "the accuracy after task " + learned
                            + " is missing: write it; only tasks not learned yet may be left out");
        }
    }

    private int lastPresent(TextTable.Row row) {
        return IntStream.range(0, columns.positions().size())
                .filter(j -> !Cells.isMissing(row.cell(columns.positions().get(j))))
                .map(j -> j + 1)
                .max()
                .orElse(0);
    }

    private String statement(int[] learned, boolean zerosAbove) {
        List<String> parts = new ArrayList<>();
        parts.add("a grid of %s and %s%s%s%s"
                .formatted(
                        LongTable.counted(columns.tasks().size(), "task"),
                        LongTable.counted(rows.size(), "row"),
                        learned[0] == 0 ? ", the first of the untrained network" : ", none of the untrained network",
                        columns.statement(),
                        scale.isPercent() ? ", in percent" : ""));
        if (!columns.leftOut().isEmpty()) {
            parts.add("left out: " + String.join(", ", columns.leftOut()));
        }
        if (zerosAbove) {
            parts.add("cells above the diagonal are all 0: leave them empty if they were not measured");
        }
        return String.join("; ", parts);
    }
}
