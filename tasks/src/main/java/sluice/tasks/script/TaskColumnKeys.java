package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Range;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.tasks.csv.CsvColumns;
import sluice.tasks.csv.CsvFiles;
import sluice.tasks.csv.CsvParts;
import sluice.tasks.csv.DateColumn;
import sluice.tasks.csv.TableFormat;
import sluice.tasks.csv.TaskRanges;

/** Reads and writes {@code data.task_column}: a column whose values are tasks, or one whose ranges are. */
final class TaskColumnKeys {
    static final ImmutableList<String> KEYS = ImmutableList.of("column", "format", "bounds", "parts", "feature");

    private static final Range<Integer> PARTS = Range.closed(2, 1000);

    private TaskColumnKeys() {}

    /** The column's name. */
    static String column(Value value) {
        return named(value).text();
    }

    private static Value named(Value value) {
        return value.isMapping() ? Section.of(value, KEYS).required("column", "column: year") : value;
    }

    /**
     * @param value what is written
     * @param table that has the column
     * @param data the section that it is in
     */
    static CsvFiles files(Value value, CsvParts table, Section data) {
        CsvColumns.Predicted predicted = CsvSection.predicted(data);
        if (column(value).equals(predicted.column())) {
            throw named(value).error("is %s too: name another column".formatted(predicted.role()));
        }
        return value.isMapping()
                ? new CsvFiles.RangeColumn(
                        table, ranges(Section.of(value, KEYS), column(value), TableFormatKeys.read(data)))
                : new CsvFiles.TaskColumn(table, column(value));
    }

    private static TaskRanges ranges(Section keys, String column, TableFormat format) {
        Optional<String> dates = keys.value("format")
                .map(Value::text)
                .or(() -> format.dates().stream()
                        .filter(date -> date.column().equals(column))
                        .map(DateColumn::format)
                        .findFirst());
        TaskRanges.Scale scale = dates.map(form -> dates(keys, form)).orElseGet(TaskRanges.Numbers::new);
        TaskRanges.Feature feature = keys.choice("feature", TaskRanges.Feature.DROP);
        if (feature == TaskRanges.Feature.KEEP && dates.isPresent()) {
            throw keys.error("feature", "is for numbers: of dates say in data.dates which parts are inputs");
        }
        if (keys.value("parts").isPresent()) {
            keys.refuseBeside("parts", "bounds", "cannot stand beside parts: remove one of the two");
            return new TaskRanges(column, scale, new TaskRanges.Parts(keys.integer("parts", PARTS, 2)), feature);
        }
        Value bounds = keys.required("bounds", "bounds: [10, 20]");
        ImmutableList<String> values =
                bounds.items("a list of values at which tasks begin like [1990, 2000, 2010]").stream()
                        .map(bound -> bound(bound, scale, keys.key("format")))
                        .collect(ImmutableList.toImmutableList());
        try {
            return new TaskRanges(column, scale, new TaskRanges.At(values), feature);
        } catch (IllegalArgumentException unfit) {
            throw bounds.error(unfit.getMessage());
        }
    }

    private static TaskRanges.Scale dates(Section keys, String format) {
        try {
            return new TaskRanges.Dates(format);
        } catch (IllegalArgumentException unfit) {
            throw keys.error("format", unfit.getMessage());
        }
    }

    /** As what the format says; where that is mistaken, a date is no mistake. */
    private static String bound(Value bound, TaskRanges.Scale scale, String format) {
        if (scale instanceof TaskRanges.Dates) {
            return bound.text();
        }
        try {
            return TaskRanges.text(bound.real(Range.all()));
        } catch (ScriptMistake mistake) {
            throw mistake.hangingOn(format);
        }
    }

    /** As a script has it, if there is one. */
    static Optional<Object> settings(CsvFiles files) {
        if (!(files instanceof CsvFiles.RangeColumn column)) {
            return files.taskColumn().map(name -> name);
        }
        TaskRanges ranges = column.ranges();
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("column", ranges.column());
        if (ranges.scale() instanceof TaskRanges.Dates dates) {
            settings.put("format", dates.format());
        }
        if (ranges.cut() instanceof TaskRanges.Parts parts) {
            settings.put("parts", parts.count());
        } else {
            settings.put("bounds", bounds(ranges.scale(), ((TaskRanges.At) ranges.cut()).bounds()));
        }
        settings.put("feature", Section.word(ranges.feature()));
        return Optional.of(settings);
    }

    private static List<?> bounds(TaskRanges.Scale scale, ImmutableList<String> bounds) {
        return scale instanceof TaskRanges.Dates
                ? bounds
                : bounds.stream().map(Double::valueOf).toList();
    }
}
