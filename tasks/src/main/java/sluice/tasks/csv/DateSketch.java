package sluice.tasks.csv;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells how a column's dates are written, and which parts of them differ, by those that were counted. */
final class DateSketch {
    /** Of two that fit, the first is meant more often. */
    private static final ImmutableList<String> DAYS = ImmutableList.of(
            "yyyy-MM-dd",
            "yyyy/MM/dd",
            "yyyy.MM.dd",
            "dd.MM.yyyy",
            "MM/dd/yyyy",
            "dd/MM/yyyy",
            "d.M.yyyy",
            "M/d/yyyy",
            "d/M/yyyy",
            "dd-MM-yyyy");

    private static final ImmutableList<String> TIMES = ImmutableList.of("", " HH:mm", " HH:mm:ss", "'T'HH:mm:ss");

    private DateSketch() {}

    /**
     * Columns of dates, all but few of which are of one form.
     *
     * @param columns that a format is known for
     * @param odd by column, cells that are no such dates
     */
    record Dates(ImmutableList<DateColumn> columns, ImmutableMap<String, OddCells> odd) {
        static final Dates NONE = new Dates(ImmutableList.of(), ImmutableMap.of());
    }

    /** A form that a column's dates may have. Mutable. */
    private record Form(DateColumn dates, DateColumn.Reader reader, OddCells.Counter others) {
        static Form of(String column, String format) {
            DateColumn dates = new DateColumn(column, format, parts(format));
            return new Form(dates, dates.reader(), new OddCells.Counter());
        }
    }

    /** A column, where it is, and which forms are left for it. Mutable. */
    private static final class Look {
        private final ColumnSketch column;
        private final int position;
        private final List<Form> forms;
        private int cells;

        Look(ColumnSketch column, int position) {
            this.column = column;
            this.position = position;
            this.forms = DAYS.stream()
                    .flatMap(day -> TIMES.stream().map(time -> Form.of(column.name(), day + time)))
                    .collect(Collectors.toCollection(ArrayList::new));
        }

        void add(String cell, long line) {
            if (cell.isEmpty() || MissingMarks.isMark(cell)) {
                return;
            }
            cells++;
            forms.stream()
                    .filter(form -> !form.reader().reads(cell))
                    .forEach(form -> form.others().add(cell, line));
            forms.removeIf(form -> form.others().isMany());
        }

        /** The one that most cells have, of several the first. */
        Optional<Form> form() {
            return forms.stream()
                    .min(Comparator.comparingInt(form -> form.others().cells().count()))
                    .filter(form -> OddCells.isFew(form.others().cells().count(), cells));
        }
    }

    /**
     * Looks at all rows of a table.
     *
     * @param table before its first row
     * @param columns of the table
     * @param dates which of them hold dates
     */
    static Dates of(CsvFile table, List<ColumnSketch> columns, List<ColumnSketch> dates) {
        List<Look> looks = dates.stream()
                .map(column -> new Look(column, columns.indexOf(column)))
                .toList();
        while (table.next()) {
            if (table.row().size() == columns.size()) {
                looks.forEach(look ->
                        look.add(table.row().get(look.position), table.place().line()));
            }
        }
        ImmutableList.Builder<DateColumn> known = ImmutableList.builder();
        ImmutableMap.Builder<String, OddCells> odd = ImmutableMap.builder();
        looks.forEach(look -> look.form().ifPresent(form -> {
            List<String> read = look.column.values().keySet().stream()
                    .filter(form.reader()::reads)
                    .toList();
            known.add(new DateColumn(look.column.name(), form.dates().format(), differing(form.dates(), read)));
            odd.put(look.column.name(), form.others().cells());
        }));
        return new Dates(known.build(), odd.buildOrThrow());
    }

    private static List<DateColumn.Part> parts(String format) {
        return Arrays.stream(DateColumn.Part.values())
                .filter(part ->
                        format.contains("HH") || (part != DateColumn.Part.HOUR && part != DateColumn.Part.MINUTE))
                .toList();
    }

    /** But for those that are the same everywhere; all if every one is. */
    private static List<DateColumn.Part> differing(DateColumn all, List<String> dates) {
        List<ImmutableList<String>> read =
                dates.stream().map(cell -> all.reader().parts(cell)).toList();
        List<DateColumn.Part> differing = all.as().stream()
                .filter(part -> {
                    Set<String> values = read.stream()
                            .map(parts -> parts.get(all.as().indexOf(part)))
                            .collect(Collectors.toSet());
                    return values.size() > 1;
                })
                .toList();
        return differing.isEmpty() ? all.as() : differing;
    }
}
