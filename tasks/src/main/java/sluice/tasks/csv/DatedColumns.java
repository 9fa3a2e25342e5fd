package sluice.tasks.csv;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Map;
import sluice.tasks.InputException;

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

    /**
     * A row with what its dates say; one of another width, which is refused by whoever reads it, as it is.
     *
     * @param wrong takes by their columns what is wrong with cells that are no date
     */
    List<String> row(List<String> row, CsvPlace place, Map<String, InputException> wrong) {
        if (row.size() != width) {
            return row;
        }
        ImmutableList.Builder<String> cells = ImmutableList.<String>builder().addAll(row);
        for (int d = 0; d < readers.size(); d++) {
            String cell = row.get(positions.get(d));
            DateColumn.Reader reader = readers.get(d);
            try {
                cells.addAll(reader.read(cell, cell.isEmpty() || MissingMarks.isMark(cell), place));
            } catch (InputException none) {
                wrong.put(reader.dates().column(), none);
                cells.addAll(reader.dates().names());
            }
        }
        return cells.build();
    }
}
