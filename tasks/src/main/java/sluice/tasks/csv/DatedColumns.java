package sluice.tasks.csv;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * Columns that a file's dates make beside those that it has.
 *
 * @param readers of the columns of dates
 * @param positions where the file has them
 * @param width columns that the file has
 */
record DatedColumns(ImmutableList<DateColumn.Reader> readers, ImmutableList<Integer> positions, int width) {
    static DatedColumns of(CsvHeader header, List<DateColumn> dates) {
        return new DatedColumns(
                dates.stream().map(DateColumn::reader).collect(ImmutableList.toImmutableList()),
                dates.stream()
                        .map(date -> header.position(date.column(), "one of dates"))
                        .collect(ImmutableList.toImmutableList()),
                header.names().size());
    }

    /** A file's columns and those of its dates. */
    CsvHeader header(CsvHeader header) {
        ImmutableList.Builder<String> names = ImmutableList.<String>builder().addAll(header.names());
        readers.forEach(reader -> names.addAll(reader.dates().names()));
        return CsvHeader.of(header.place(), names.build(), header.looksLikeData())
                .declaring(header.declared());
    }

    /** A row with what its dates say; one of another width, which is refused by whoever reads it, as it is. */
    List<String> row(List<String> row, CsvPlace place) {
        if (row.size() != width) {
            return row;
        }
        ImmutableList.Builder<String> cells = ImmutableList.<String>builder().addAll(row);
        for (int d = 0; d < readers.size(); d++) {
            String cell = row.get(positions.get(d));
            cells.addAll(readers.get(d).read(cell, cell.isEmpty() || MissingMarks.isMark(cell), place));
        }
        return cells.build();
    }
}
