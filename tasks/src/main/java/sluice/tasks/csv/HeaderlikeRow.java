package sluice.tasks.csv;

import com.google.common.collect.ImmutableList;
import java.util.List;

/** Tells a first line that is a row of data from a header, by the lines of a table, the first of them among them. */
final class HeaderlikeRow {
    /** As many rows below tell of what kind a column is. */
    static final int ROWS = 1000;

    private HeaderlikeRow() {}

    /**
     * Whether the first line looks like data: its cells are of the kinds of the rows below. A cell speaks for it that is a
     * number over numbers, or a text that its column has again; a text over numbers speaks against it.
     */
    static boolean looksLikeData(List<ImmutableList<String>> lines) {
        if (lines.isEmpty()) {
            return false;
        }
        ImmutableList<String> first = lines.get(0);
        List<ImmutableList<String>> rows =
                lines.stream().skip(1).filter(row -> row.size() == first.size()).toList();
        int[] found = new int[Evidence.values().length];
        for (int column = 0; column < first.size() && !rows.isEmpty(); column++) {
            found[evidence(first.get(column), column(rows, column)).ordinal()]++;
        }
        return found[Evidence.AGAINST.ordinal()] == 0 && found[Evidence.FOR.ordinal()] > 0;
    }

    /** The same for one column alone: whether it has the text of its first line again, so that this is no name. */
    static boolean recurs(List<ImmutableList<String>> lines, int column) {
        return lines.stream()
                .skip(1)
                .anyMatch(row -> row.size() > column
                        && row.get(column).equals(lines.get(0).get(column)));
    }

    private enum Evidence {
        FOR,
        NEITHER,
        AGAINST
    }

    private static List<String> column(List<ImmutableList<String>> rows, int column) {
        return rows.stream()
                .map(row -> row.get(column))
                .filter(cell -> !cell.isEmpty() && !MissingMarks.isMark(cell))
                .toList();
    }

    private static Evidence evidence(String first, List<String> below) {
        if (first.isEmpty() || MissingMarks.isMark(first) || below.isEmpty()) {
            return Evidence.NEITHER;
        }
        boolean numbers = below.stream().allMatch(HeaderlikeRow::isNumber);
        if (numbers) {
            return isNumber(first) ? Evidence.FOR : Evidence.AGAINST;
        }
        return below.contains(first) ? Evidence.FOR : Evidence.NEITHER;
    }

    private static boolean isNumber(String cell) {
        return Float.isFinite(Decimals.number(cell));
    }
}
