package sluice.framework.cli;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;

/** Rows of figures under headings: names on the left, figures to the right. */
final class FigureTable {
    private final ImmutableList<String> headings;
    private final List<ImmutableList<String>> rows = new ArrayList<>();

    /** Headings of the names and of each column of figures. */
    FigureTable(String... headings) {
        this.headings = ImmutableList.copyOf(headings);
    }

    /** Adds a row: its name, and a figure per column. */
    void add(String... cells) {
        rows.add(ImmutableList.copyOf(cells));
    }

    /** The table, without an end of line. */
    String text() {
        List<ColumnData<ImmutableList<String>>> columns = new ArrayList<>();
        for (int c = 0; c < headings.size(); c++) {
            int index = c;
            HorizontalAlign align = c == 0 ? HorizontalAlign.LEFT : HorizontalAlign.RIGHT;
            columns.add(new Column()
                    .header(headings.get(c))
                    .headerAlign(align)
                    .dataAlign(align)
                    .with(row -> row.get(index)));
        }
        return AsciiTable.builder()
                .border(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS)
                .lineSeparator("\n")
                .data(rows, columns)
                .asString();
    }
}
