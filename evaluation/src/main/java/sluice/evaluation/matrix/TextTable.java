package sluice.evaluation.matrix;

import com.google.common.collect.ImmutableList;
import java.util.List;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.Printable;

/**
 * Rows of cells, as a file has them: of any lengths, blanks around cells cut.
 *
 * @param source what to call the file in messages
 * @param note how it was told apart, in words; empty where that need not be said
 * @param rows at least one, none empty
 */
record TextTable(String source, String note, ImmutableList<Row> rows) {
    /**
     * A row.
     *
     * @param number its line, from 1
     * @param cells its cells
     */
    record Row(long number, ImmutableList<String> cells) {
        /** The cell at a position, missing where the row ends before. */
        String cell(int position) {
            return position < cells.size() ? cells.get(position) : "";
        }
    }

    MatrixFormatException refusal(Row row, String problem) {
        return new MatrixFormatException(place(row) + ": " + problem);
    }

    MatrixFormatException refusal(Row row, String column, String problem) {
        return new MatrixFormatException(place(row) + ", column " + Printable.abbreviated(column, 60) + ": " + problem);
    }

    private String place(Row row) {
        return Printable.of(source) + ", line " + row.number();
    }

    int width() {
        return rows.stream().mapToInt(row -> row.cells().size()).max().orElse(0);
    }

    /** The cells of a column in the rows from one on. */
    List<String> column(int position, int fromRow) {
        return rows.subList(fromRow, rows.size()).stream()
                .map(row -> row.cell(position))
                .toList();
    }
}
