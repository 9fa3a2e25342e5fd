package sluice.evaluation;

import static com.github.freva.asciitable.HorizontalAlign.LEFT;
import static com.github.freva.asciitable.HorizontalAlign.RIGHT;
import static com.google.common.base.Preconditions.checkArgument;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.OverflowBehaviour;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Rows of figures under headings as text that fits a number of characters per line. Where it is too wide, headings and names
 * go on in a second line, and if that is not enough there are several tables, one below the other, each with the names of the
 * rows. Figures are never cut.
 *
 * @param headings of the names of rows, then of each column of figures; at least two
 * @param rows a cell per heading each: the name, which is to the left, and figures, which are to the right
 */
public record FittedTable(ImmutableList<String> headings, ImmutableList<ImmutableList<String>> rows) {
    /** The least characters per line that a table can be asked to fit. */
    public static final int LEAST_WIDTH = 40;

    private static final int PADDING = 2;
    private static final int EDGE = 1;
    /** A longer word is broken where there is no room for it. */
    private static final int LONG_WORD = 20;

    /** Checks that rows have a cell per heading. */
    public FittedTable {
        checkArgument(headings.size() >= 2, "a table needs names and figures, got the headings %s", headings);
        for (ImmutableList<String> row : rows) {
            checkArgument(row.size() == headings.size(), "a row of %s needs as many cells, got %s", headings, row);
        }
    }

    /**
     * {@return the table, lines separated by \n, with none at the end}
     *
     * @param width characters per line that it may take, at least {@value #LEAST_WIDTH}
     */
    public String text(int width) {
        checkArgument(width >= LEAST_WIDTH, "width must be at least %s, got %s", LEAST_WIDTH, width);
        int[] natural = widths(String::length);
        if (taken(natural) <= width) {
            return text(IntStream.range(0, headings.size()).toArray(), natural);
        }
        int[] least = widths(FittedTable::leastWidth);
        return parts(least, width)
                .map(part -> text(part, shared(part, natural, least, width)))
                .reduce((above, below) -> above + "\n" + below)
                .orElseThrow();
    }

    private interface Measure {
        int of(String cell);
    }

    private int[] widths(Measure measure) {
        return IntStream.range(0, headings.size())
                .map(c -> Stream.concat(
                                Stream.of(headings.get(c)), rows.stream().map(row -> row.get(c)))
                        .mapToInt(measure::of)
                        .max()
                        .orElse(0))
                .toArray();
    }

    /** Figures stay whole, text goes on at its blanks. */
    private static int leastWidth(String cell) {
        if (cell.isEmpty() || !Character.isLetter(cell.charAt(0))) {
            return cell.length();
        }
        return Arrays.stream(cell.split(" ", -1))
                .mapToInt(word -> Math.min(word.length(), LONG_WORD))
                .max()
                .orElse(0);
    }

    /** Columns that go side by side, the names first in each part. */
    private Stream<int[]> parts(int[] least, int width) {
        List<int[]> parts = new ArrayList<>();
        List<Integer> part = new ArrayList<>(List.of(0));
        for (int column = 1; column < least.length; column++) {
            List<Integer> with = new ArrayList<>(part);
            with.add(column);
            if (part.size() > 1 && taken(chosen(least, toArray(with))) > width) {
                parts.add(toArray(part));
                part = new ArrayList<>(List.of(0, column));
            } else {
                part = with;
            }
        }
        parts.add(toArray(part));
        return parts.stream();
    }

    /** The least widths; those columns that need little more to be on one line get it, and what is left is for a long text. */
    private static int[] shared(int[] part, int[] natural, int[] least, int width) {
        int[] wanted = chosen(natural, part);
        int[] given = chosen(least, part);
        int left = width - taken(given);
        List<Integer> byNeed = IntStream.range(0, given.length)
                .boxed()
                .sorted(Comparator.comparing(column -> wanted[column] - given[column]))
                .toList();
        for (int column : byNeed) {
            int need = wanted[column] - given[column];
            int more = need <= left ? need : need > LONG_WORD ? left : 0;
            if (more > 0) {
                given[column] += more;
                left -= more;
            }
        }
        // a figure alone may be too wide beside a name
        int over = taken(given) - width;
        if (over > 0) {
            given[0] = Math.max(1, given[0] - over);
        }
        return given;
    }

    private static int taken(int[] widths) {
        return EDGE
                + IntStream.of(widths).map(column -> column + PADDING + EDGE).sum();
    }

    private static int[] chosen(int[] of, int[] columns) {
        return IntStream.of(columns).map(column -> of[column]).toArray();
    }

    private static int[] toArray(List<Integer> columns) {
        return columns.stream().mapToInt(Integer::intValue).toArray();
    }

    private String text(int[] columns, int[] widths) {
        List<ColumnData<ImmutableList<String>>> shown = new ArrayList<>();
        for (int at = 0; at < columns.length; at++) {
            int column = columns[at];
            HorizontalAlign align = column == 0 ? LEFT : RIGHT;
            shown.add(new Column()
                    .header(headings.get(column))
                    .headerAlign(align)
                    .dataAlign(align)
                    .maxWidth(widths[at] + PADDING, OverflowBehaviour.NEWLINE)
                    .with(row -> row.get(column)));
        }
        return AsciiTable.builder()
                .border(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS)
                .lineSeparator("\n")
                .data(rows, shown)
                .asString();
    }
}
