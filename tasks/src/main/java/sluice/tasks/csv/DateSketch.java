package sluice.tasks.csv;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells how a column's dates are written, by those that were counted, and which parts of them differ. */
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

    static Optional<DateColumn> of(ColumnSketch column) {
        List<String> dates = column.values().keySet().stream()
                .filter(cell -> !MissingMarks.isMark(cell))
                .toList();
        return DAYS.stream()
                .flatMap(day -> TIMES.stream().map(time -> day + time))
                .map(format -> new DateColumn(column.name(), format, parts(format)))
                .filter(date -> dates.stream().allMatch(date.reader()::reads))
                .findFirst()
                .map(date -> new DateColumn(date.column(), date.format(), differing(date, dates)));
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
