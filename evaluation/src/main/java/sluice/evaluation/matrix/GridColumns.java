package sluice.evaluation.matrix;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import sluice.evaluation.Printable;
import sluice.evaluation.SpreadsheetText;

/**
 * Which columns and rows of a grid are what.
 *
 * @param table the whole
 * @param header the tasks' names and others, where the first row is one
 * @param rowColumn position of the column that names the rows
 * @param positions of the tasks' columns
 * @param rows those of accuracies
 * @param leftOut what is no accuracy of a task, in words
 * @param scale what numbers mean
 */
record GridColumns(
        TextTable table,
        Optional<TextTable.Row> header,
        OptionalInt rowColumn,
        ImmutableList<Integer> positions,
        ImmutableList<TextTable.Row> rows,
        ImmutableList<String> leftOut,
        Scale scale) {
    static GridColumns of(TextTable table, MatrixOptions options) {
        Optional<TextTable.Row> header =
                isHeader(table) ? Optional.of(table.rows().get(0)) : Optional.empty();
        List<String> leftOut = new ArrayList<>();
        List<TextTable.Row> rows = withoutAverages(
                table.rows().subList(header.isPresent() ? 1 : 0, table.rows().size()), leftOut);
        if (rows.isEmpty()) {
            throw table.refusal(table.rows().get(0), "there is no row of accuracies below the header");
        }
        TextTable aligned = aligned(table, header, rows);
        List<TextTable.Row> below = aligned.rows()
                .subList(header.isPresent() ? 1 : 0, aligned.rows().size());
        Optional<TextTable.Row> names = header.map(row -> aligned.rows().get(0));
        List<Integer> others = IntStream.range(0, aligned.width())
                .filter(c -> names.stream().noneMatch(row -> ColumnName.isFigure(row.cell(c))))
                .boxed()
                .toList();
        names.ifPresent(row -> IntStream.range(0, aligned.width())
                .filter(c -> !others.contains(c))
                .forEach(c -> leftOut.add(Printable.of(row.cell(c)))));
        if (others.isEmpty()) {
            throw table.refusal(table.rows().get(0), "there is no column of a task's accuracies");
        }
        Scale scale = Scale.of(
                options.percent(),
                below.stream()
                        .flatMap(row -> others.stream().skip(1).map(row::cell))
                        .toList());
        OptionalInt rowColumn = new RowNames(aligned, names, below, others, scale, options).column();
        return new GridColumns(
                aligned,
                names,
                rowColumn,
                others.stream()
                        .filter(c -> rowColumn.isEmpty() || c != rowColumn.getAsInt())
                        .collect(ImmutableList.toImmutableList()),
                ImmutableList.copyOf(below),
                ImmutableList.copyOf(leftOut),
                scale);
    }

    /** A first row of names; or of numbers that count, as a row of such accuracies is unheard of. */
    private static boolean isHeader(TextTable table) {
        List<String> first = table.rows().get(0).cells();
        List<String> others = first.subList(1, first.size());
        if (others.stream().anyMatch(Cells::isText)) {
            return true;
        }
        if (first.size() == 1) {
            return Cells.isText(first.get(0)) && table.rows().size() > 1;
        }
        boolean isCorner = first.get(0).isEmpty() || Cells.isText(first.get(0));
        return (isCorner && Cells.count(others)) || (others.size() > 0 && Cells.count(first));
    }

    /** A last row that is called an average is none after a task. */
    private static List<TextTable.Row> withoutAverages(List<TextTable.Row> rows, List<String> leftOut) {
        List<TextTable.Row> kept = new ArrayList<>(rows);
        while (!kept.isEmpty() && isFigureRow(kept.get(kept.size() - 1))) {
            leftOut.add("row " + Printable.of(kept.remove(kept.size() - 1).cell(0)));
        }
        return kept;
    }

    private static boolean isFigureRow(TextTable.Row row) {
        return Cells.isText(row.cell(0)) && ColumnName.isFigure(row.cell(0));
    }

    /** Under a header that lacks a name for the column of row names, as some writers leave the corner out. */
    private static TextTable aligned(TextTable table, Optional<TextTable.Row> header, List<TextTable.Row> rows) {
        int width = rows.stream().mapToInt(row -> row.cells().size()).max().orElse(0);
        if (header.isEmpty()) {
            checkTriangle(table, rows, width);
            return new TextTable(table.source(), table.note(), ImmutableList.copyOf(rows));
        }
        TextTable.Row named = header.get();
        boolean lacksCorner = width == named.cells().size() + 1
                && rows.stream().allMatch(row -> row.cells().size() == width);
        if (width > named.cells().size() && !lacksCorner) {
            TextTable.Row longer = rows.stream()
                    .filter(row -> row.cells().size() > named.cells().size())
                    .findFirst()
                    .orElseThrow();
            throw table.refusal(
                    longer,
                    "%d values, but the first line has %d: write as many"
                            .formatted(longer.cells().size(), named.cells().size()));
        }
        TextTable.Row complete = lacksCorner
                ? new TextTable.Row(
                        named.number(),
                        ImmutableList.<String>builder()
                                .add("")
                                .addAll(named.cells())
                                .build())
                : named;
        return new TextTable(
                table.source(),
                table.note(),
                ImmutableList.<TextTable.Row>builder()
                        .add(complete)
                        .addAll(rows)
                        .build());
    }

    /** Without a header, rows are as long as each other, or those of a triangle. */
    private static void checkTriangle(TextTable table, List<TextTable.Row> rows, int width) {
        int before = 0;
        for (TextTable.Row row : rows) {
            if (row.cells().size() < before) {
                throw table.refusal(
                        row,
                        "%d values, but a line before has %d: write as many"
                                .formatted(row.cells().size(), before));
            }
            before = row.cells().size();
        }
        boolean isTriangle = IntStream.range(0, rows.size())
                .allMatch(i -> rows.get(i).cells().size() == width
                        || rows.get(i).cells().size() == i + 1 + width - rows.size());
        if (!isTriangle) {
            throw table.refusal(
                    rows.get(0),
                    "%d values, but a later line has %d: write as many"
                            .formatted(rows.get(0).cells().size(), width));
        }
    }

    /** The tasks' names. */
    List<String> tasks() {
        return IntStream.range(0, positions.size())
                .mapToObj(j -> header.map(row -> SpreadsheetText.plain(row.cell(positions.get(j))))
                        .orElse("task " + (j + 1)))
                .toList();
    }

    /** What the rows are called; empty where nothing names them. */
    List<String> rowNames() {
        return rowColumn.isPresent()
                ? rows.stream().map(row -> row.cell(rowColumn.getAsInt())).toList()
                : List.of();
    }

    /** What the column that names the rows is called. */
    String rowsHeader() {
        String name = header.map(row -> row.cell(rowColumn.orElse(0))).orElse("");
        return name.isEmpty() ? "1" : name;
    }

    /** How rows are named, in words. */
    String statement() {
        if (rowColumn.isEmpty()) {
            return "";
        }
        String name = header.map(row -> row.cell(rowColumn.getAsInt())).orElse("");
        return ", " + (name.isEmpty() ? "the first column" : "column " + Printable.of(name)) + " names the rows";
    }
}
