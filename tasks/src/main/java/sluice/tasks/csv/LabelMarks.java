package sluice.tasks.csv;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sluice.tasks.InputException;
import sluice.tasks.Printable;

/**
 * Counts labels that probably stand for a missing value. They are classes, as what is a mark to one is a name to another (NA is Namibia),
 * but not without a word. Mutable while a file is read.
 */
final class LabelMarks {
    private final CsvHeader header;
    private final String column;
    private final Map<String, OddCells.Counter> marks = new LinkedHashMap<>();
    private int rows;
    private int marked;
    private boolean plus;

    /**
     * @param header of the file
     * @param column of the class
     */
    LabelMarks(CsvHeader header, String column) {
        this.header = header;
        this.column = column;
    }

    void add(String label, CsvPlace place) {
        rows++;
        plus |= label.equals("+");
        if (isMark(label) && !header.declared().containsKey(column)) {
            marked++;
            marks.computeIfAbsent(label, mark -> new OddCells.Counter()).add(label, place.line());
        }
    }

    /** Whether a label probably stands for a missing value; "none" is as often a class of its own. */
    static boolean isMark(String label) {
        return MissingMarks.isMark(label) && !Ascii.equalsIgnoreCase(label, "none");
    }

    /**
     * @throws InputException if there are rows, and none has a class
     */
    void check() {
        if (rows > 0 && marked == rows) {
            throw new InputException("%s, column %s: %s no class, as %s probably %s for a missing value: write one"
                    .formatted(
                            CsvPlace.name(header.place().file()),
                            Printable.quoted(column),
                            rows == 1 ? "the one row has" : "all %,d rows have".formatted(rows),
                            marks.keySet().stream().map(Printable::quoted).collect(Collectors.joining(" and ")),
                            marks.size() == 1 ? "stands" : "stand"));
        }
    }

    /** A line for each mark that is a class. */
    ImmutableList<String> notes() {
        Stream<Map.Entry<String, OddCells.Counter>> classes =
                marks.entrySet().stream().filter(mark -> !(plus && mark.getKey().equals("-")));
        return classes.map(mark -> note(mark.getKey(), mark.getValue().cells()))
                .collect(ImmutableList.toImmutableList());
    }

    private String note(String mark, OddCells cells) {
        String lines =
                cells.first().stream().map(cell -> Long.toString(cell.line())).collect(Collectors.joining(", "));
        return "column %s: %s, which is a class of %s (%s %s%s), probably stands for a missing value: leave such rows out of the file; a class of that name is learned as it is"
                .formatted(
                        Printable.quoted(column),
                        Printable.quoted(mark),
                        cells.count() == 1 ? "1 row" : "%,d rows".formatted(cells.count()),
                        cells.count() == 1 ? "line" : "lines",
                        lines,
                        cells.count() > cells.first().size() ? ", ..." : "");
    }
}
