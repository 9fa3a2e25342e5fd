package sluice.evaluation.matrix;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.Printable;

/**
 * Whether the first column of a grid names its rows, or is a task.
 *
 * @param table the whole, under its header
 * @param header where there is one
 * @param rows of accuracies
 * @param columns that may be tasks
 * @param scale what numbers mean
 * @param options what the user says
 */
record RowNames(
        TextTable table,
        Optional<TextTable.Row> header,
        List<TextTable.Row> rows,
        List<Integer> columns,
        Scale scale,
        MatrixOptions options) {
    /** The position of the column that names the rows. */
    OptionalInt column() {
        if (options.rows().isPresent()) {
            return stated(options.rows().get());
        }
        int first = columns.get(0);
        List<String> cells = rows.stream().map(row -> row.cell(first)).toList();
        String name = header.map(row -> row.cell(first)).orElse("");
        boolean isCalledSo = header.isPresent()
                && (name.isEmpty()
                        || ColumnName.LEARNED.is(name)
                        || ColumnName.ROW.is(name)
                        || ColumnName.TASK.is(name));
        if (isCalledSo || cells.stream().anyMatch(Cells::isText)) {
            return OptionalInt.of(first);
        }
        boolean mayNameRows = Cells.count(cells) || (Cells.rise(cells) && hasDecimals());
        if (!mayNameRows || columns.size() == 1) {
            return OptionalInt.empty();
        }
        boolean asTask = fits(columns.size()) && cells.stream().allMatch(scale::admits);
        boolean asNames = fits(columns.size() - 1);
        if (asTask && asNames) {
            throw refusal(cells, name);
        }
        return asNames ? OptionalInt.of(first) : OptionalInt.empty();
    }

    private OptionalInt stated(String name) {
        if (name.equals(MatrixOptions.NO_ROWS)) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(columns.stream()
                .filter(c -> header.map(row -> row.cell(c))
                        .orElse(Integer.toString(c + 1))
                        .equals(name))
                .findFirst()
                .orElseThrow(() -> table.refusal(
                        table.rows().get(0),
                        "--rows: there is no column %s: its columns are %s"
                                .formatted(
                                        Printable.quoted(name),
                                        String.join(
                                                ", ",
                                                header.map(row -> row.cells().stream()
                                                                .limit(10)
                                                                .map(Printable::quoted)
                                                                .toList())
                                                        .orElse(List.of("numbered from 1")))))));
    }

    private boolean fits(int tasks) {
        return rows.size() == tasks || rows.size() == tasks + 1;
    }

    private boolean hasDecimals() {
        return rows.stream()
                .flatMap(row -> columns.stream().skip(1).map(row::cell))
                .anyMatch(text -> !Cells.isMissing(text) && !Cells.isWhole(text));
    }

    private MatrixFormatException refusal(List<String> cells, String name) {
        String called = header.isPresent() ? name : "1";
        return table.refusal(
                rows.get(0),
                called,
                "%s, ... may number the rows (then there are %d tasks: say --rows %s) or be accuracies of a task (then there are %d: say --rows none)"
                        .formatted(
                                String.join(", ", cells.subList(0, Math.min(3, cells.size()))),
                                columns.size() - 1,
                                Printable.abbreviated(called, 60),
                                columns.size()));
    }
}
