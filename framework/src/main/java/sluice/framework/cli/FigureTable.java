package sluice.framework.cli;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import sluice.evaluation.FittedTable;

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

    /** The table as wide as a terminal, without an end of line. */
    String text(Terminal terminal) {
        return new FittedTable(headings, ImmutableList.copyOf(rows)).text(terminal.columns());
    }
}
