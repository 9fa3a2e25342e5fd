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
        if (!isTurned) {
            return table;
        }
        // a row's number is that of the header, where its name stands
        ImmutableList<TextTable.Row> rows = IntStream.range(0, header.size())
                .mapToObj(column -> new TextTable.Row(
                        table.rows().get(0).number(),
                        ImmutableList.copyOf(column == 0 ? withCorner(table) : table.column(column, 0))))
                .collect(ImmutableList.toImmutableList());
        return new TextTable(table.source(), table.separator(), rows);
    }

    private static List<String> withCorner(TextTable table) {
        return ImmutableList.<String>builder()
                .add("after_task")
                .addAll(table.column(0, 1))
                .build();
    }
}
