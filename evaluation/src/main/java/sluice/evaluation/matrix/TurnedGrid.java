package sluice.evaluation.matrix;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import java.util.List;
import java.util.stream.IntStream;

/** A grid with a row per task asked for and a column per task learned, set upright. */
final class TurnedGrid {
    private TurnedGrid() {}

    /** The same table where it is upright already. */
    static TextTable upright(TextTable table) {
        List<String> header = table.rows().get(0).cells();
        boolean isTurned = header.size() > 1
                && ColumnName.TASK.is(header.get(0))
                && Iterables.all(Iterables.skip(header, 1), ColumnName::saysAfter);
        return isTurned ? turned(table) : table;
    }

    /** The same table with its rows as columns. */
    static TextTable turned(TextTable table) {
        // a row's number is that of the header, where its name stands
        ImmutableList<TextTable.Row> rows = IntStream.range(0, table.width())
                .mapToObj(column -> new TextTable.Row(
                        table.rows().get(0).number(),
                        ImmutableList.copyOf(column == 0 ? withCorner(table) : table.column(column, 0))))
                .collect(ImmutableList.toImmutableList());
        return new TextTable(table.source(), table.note(), rows);
    }

    /** The first column, whose header, where it has one, names the tasks that were learned from now on. */
    private static List<String> withCorner(TextTable table) {
        String corner = table.rows().get(0).cell(0);
        return ImmutableList.<String>builder()
                .add(corner.isEmpty() || Cells.isText(corner) ? "after_task" : corner)
                .addAll(table.column(0, 1))
                .build();
    }
}
