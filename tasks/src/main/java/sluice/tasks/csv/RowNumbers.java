package sluice.tasks.csv;

import sluice.tasks.Printable;

/**
 * A first column without a name that numbers the rows from 0 or 1, as pandas and R write it, and that is left out. Mutable
 * while a file is read.
 */
final class RowNumbers {
    private final CsvHeader header;
    private long next = -1;

    RowNumbers(CsvHeader header) {
        this.header = header;
    }

    /**
     * @param file at its next row
     * @param excluded columns that may be anything
     * @throws sluice.tasks.InputException if a column without a name does not number the rows, or is not the first
     */
    void check(CsvFile file, CsvColumns excluded) {
        for (int column = 0; column < header.names().size(); column++) {
            if (header.names().get(column).isBlank() && !excluded.excludes("", column)) {
                check(
                        file.row().get(column),
                        column,
                        file.place(),
                        excluded.excluded().contains(""));
            }
        }
    }

    private void check(String cell, int column, CsvPlace place, boolean anyUnnamed) {
        boolean begins = next < 0 && (cell.equals("0") || cell.equals("1"));
        if (column == 0 && (begins || (next >= 0 && cell.equals(Long.toString(next))))) {
            next = Long.parseLong(cell) + 1;
            return;
        }
        if (anyUnnamed) {
            return;
        }
        String why = next < 0 || column > 0
                ? ", and its first cell is " + quoted(cell)
                : " and does not number the rows: line %d has %s".formatted(place.line(), quoted(cell));
        throw header.place()
                .error("column %1$d of the header has no name%2$s: write one, or leave it out with exclude: [%1$d]"
                        .formatted(column + 1, why));
    }

    /** Whether a column of numbers was found. */
    boolean found() {
        return next >= 0;
    }

    private static String quoted(String cell) {
        return Printable.quoted(cell);
    }
}
