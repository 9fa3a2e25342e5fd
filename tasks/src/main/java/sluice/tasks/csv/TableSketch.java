package sluice.tasks.csv;

import com.google.common.collect.HashBasedTable;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sluice.tasks.InputException;
import sluice.tasks.Printable;

/**
 * What a table looks like from a look at all of its rows: how its cells are written, what its columns hold, which of them is predicted, and
 * which may tell tasks apart. Guesses, for a script that its owner reads.
 *
 * @param file the table
 * @param format how cells are written
 * @param named whether its first line names columns
 * @param rows but for a first line of names
 * @param columns in the file's order; one without a name is called by its number
 * @param predicted the column of the class, or that of a number
 * @param hasTarget whether it is that of a number
 * @param tasks a column whose values may be tasks, where there are two classes or a number; none where none is fit
 * @param times ranges of a column of dates that may be tasks, likewise, where no column's values are fit
 * @param clusters of rows that may be tasks, so many, where there are two classes and neither columns nor times are fit
 * @param labelMarks a line for each class whose name probably stands for a missing value
 */
public record TableSketch(
        Path file,
        TableFormat format,
        boolean named,
        int rows,
        ImmutableList<ColumnSketch> columns,
        ColumnSketch predicted,
        boolean hasTarget,
        Optional<ColumnSketch> tasks,
        Optional<TaskRanges> times,
        OptionalInt clusters,
        ImmutableList<String> labelMarks) {
    /** The share of rows that is proposed for tests. */
    public static final double TEST_SHARE = 0.2;

    private static final int MOST_TASKS = 10;
    private static final int MOST_NAMED = 5;

    /**
     * Looks at a table whose rows have a class each.
     *
     * @param file CSV or ARFF, plain or gzip
     * @param label the column of the class; empty to have it guessed
     * @return what it looks like
     * @throws InputException if it cannot be read, has no such column, nothing in it is a class, or nothing else a feature
     */
    public static TableSketch of(Path file, Optional<String> label) {
        return look(
                file,
                columns -> {
                    PredictedSketch sketch = new PredictedSketch(file, columns);
                    return label.map(sketch::label).orElseGet(sketch::guessed);
                },
                false);
    }

    /**
     * Looks at a table of whose rows a number is to be predicted.
     *
     * @param file CSV or ARFF, plain or gzip
     * @param target the column of the number
     * @return what it looks like
     * @throws InputException if it cannot be read, has no such column, that lacks a number in a row, or nothing else is a feature
     */
    public static TableSketch ofTarget(Path file, String target) {
        return look(file, columns -> new PredictedSketch(file, columns).target(target), true);
    }

    private static TableSketch look(
            Path file, Function<ImmutableList<ColumnSketch>, ColumnSketch> choice, boolean hasTarget) {
        CsvFile.openAtFirstRow(
                        file, TableFormat.DEFAULT.encoded(FormatSketch.of(file).encoding()))
                .close();
        TableFormat format = FormatSketch.of(file);
        List<ImmutableList<String>> first = CsvFile.firstRows(file, format);
        boolean named = first.isEmpty() || !HeaderlikeRow.looksLikeData(first);
        TableHeader header = named ? new TableHeader.FirstLine() : new TableHeader.None(ImmutableList.of());
        ImmutableList<ColumnSketch> looked;
        int rows;
        try (CsvFile table = CsvFile.open(file, header, format)) {
            List<ColumnLook> looks = looks(table.header());
            rows = look(table, looks);
            looked = looks.stream().map(ColumnLook::sketch).collect(ImmutableList.toImmutableList());
        }
        ColumnSketch predicted = choice.apply(looked);
        DateSketch.Dates dates = dates(() -> CsvFile.open(file, header, format), looked, predicted);
        ImmutableList<ColumnSketch> columns = looked.stream()
                .map(column -> column.withOdd(dates.odd().getOrDefault(column.name(), column.odd())))
                .collect(ImmutableList.toImmutableList());
        checkFeatures(file, columns, predicted, format.dated(dates.columns()));
        Learnable learned = hasTarget ? Learnable.NUMBER : Learnable.CLASS;
        // more classes make tasks themselves
        boolean needsTasks = hasTarget || predicted.values().size() == 2;
        Optional<ColumnSketch> tasks = Optional.empty();
        if (needsTasks && hasOtherFeatures(columns, predicted, dates)) {
            try (CsvFile table = CsvFile.open(file, header, format)) {
                tasks = tasks(table, columns, predicted, learned);
            }
        }
        Optional<TaskRanges> times = Optional.empty();
        if (needsTasks && tasks.isEmpty() && !dates.columns().isEmpty()) {
            try (CsvFile table = CsvFile.open(file, header, format)) {
                times = TimeSketch.of(table, columns, predicted, dates.columns(), learned);
            }
        }
        OptionalInt clusters = OptionalInt.empty();
        if (!hasTarget && needsTasks && tasks.isEmpty() && times.isEmpty()) {
            clusters = ClusterSketch.of(
                    file, header, format.dated(dates.columns()), columns, predicted, Learnable.LEAST_ROWS);
        }
        ImmutableList<String> marks = hasTarget ? ImmutableList.of() : labelMarks(file, header, format, predicted);
        return new TableSketch(
                file,
                format.dated(dates.columns()),
                named,
                rows,
                columns,
                predicted,
                hasTarget,
                tasks,
                times,
                clusters,
                marks);
    }

    private static DateSketch.Dates dates(
            Supplier<CsvFile> opened, ImmutableList<ColumnSketch> columns, ColumnSketch predicted) {
        List<ColumnSketch> dates = columns.stream()
                .filter(column -> column.kind() == ColumnSketch.Kind.DATE && !column.equals(predicted))
                .toList();
        if (dates.isEmpty()) {
            return DateSketch.Dates.NONE;
        }
        try (CsvFile table = opened.get()) {
            return DateSketch.of(table, columns, dates);
        }
    }

    private static void checkFeatures(
            Path file, ImmutableList<ColumnSketch> columns, ColumnSketch predicted, TableFormat format) {
        ImmutableList<ColumnSketch> unused = unused(columns, predicted, format);
        if (unused.size() == columns.size() - 1) {
            String why = unused.stream()
                    .limit(MOST_NAMED)
                    .map(column -> "%s (%s)"
                            .formatted(
                                    Printable.of(column.name()), column.kind().unused()))
                    .collect(Collectors.joining(", "));
            throw new InputException(
                    "%s: there is nothing to learn %s from%s: add one of numbers, dates, or texts that come again"
                            .formatted(
                                    CsvPlace.name(file),
                                    Printable.of(predicted.name()),
                                    unused.isEmpty()
                                            ? ", as there is no other column"
                                            : ", as no other column is a feature: %s%s"
                                                    .formatted(
                                                            why,
                                                            unused.size() > MOST_NAMED
                                                                    ? " and %,d more"
                                                                            .formatted(unused.size() - MOST_NAMED)
                                                                    : "")));
        }
    }

    /** Whether something would be left to learn from without one of the columns of categories. */
    private static boolean hasOtherFeatures(
            ImmutableList<ColumnSketch> columns, ColumnSketch predicted, DateSketch.Dates dates) {
        long features = columns.stream()
                .filter(column -> !column.equals(predicted) && column.kind().isFeature())
                .count();
        return features + dates.columns().size() > 1;
    }

    private static ImmutableList<String> labelMarks(
            Path file, TableHeader header, TableFormat format, ColumnSketch label) {
        if (label.values().keySet().stream().noneMatch(LabelMarks::isMark)) {
            return ImmutableList.of();
        }
        try (CsvFile table = CsvFile.open(file, header, format)) {
            LabelMarks marks = new LabelMarks(table.header(), label.name());
            int position = table.header().position(label.name(), "the label");
            while (table.next()) {
                if (table.row().size() > position) {
                    marks.add(table.row().get(position), table.place());
                }
            }
            return marks.notes();
        }
    }

    private static List<ColumnLook> looks(CsvHeader header) {
        List<ColumnLook> looks = new ArrayList<>();
        for (int c = 0; c < header.names().size(); c++) {
            String name = header.name(c);
            looks.add(new ColumnLook(
                    name, header.names().get(c).isBlank(), header.declared().containsKey(name)));
        }
        return looks;
    }

    private static int look(CsvFile table, List<ColumnLook> looks) {
        int rows = 0;
        while (table.next()) {
            List<String> row = table.row();
            // what has another number of cells is refused by a run, with its line
            if (row.size() == looks.size()) {
                rows++;
                for (int c = 0; c < looks.size(); c++) {
                    looks.get(c).add(row.get(c), table.place().line());
                }
            }
        }
        if (rows == 0) {
            throw table.header().place().error("a header with no rows: write a row per example");
        }
        return rows;
    }

    /** Categories of which each has enough rows. */
    private static Optional<ColumnSketch> tasks(
            CsvFile table, ImmutableList<ColumnSketch> columns, ColumnSketch predicted, Learnable learned) {
        int position = columns.indexOf(predicted);
        Map<Integer, Table<String, String, Integer>> counts = new LinkedHashMap<>();
        for (int c = 0; c < columns.size(); c++) {
            if (c != position && mayBeTasks(columns.get(c))) {
                counts.put(c, HashBasedTable.create());
            }
        }
        while (table.next()) {
            List<String> row = table.row();
            if (row.size() == columns.size()) {
                counts.forEach((column, of) -> {
                    String answer = learned.key(row.get(position));
                    Integer before = of.get(row.get(column), answer);
                    of.put(row.get(column), answer, before == null ? 1 : before + 1);
                });
            }
        }
        return counts.entrySet().stream()
                .filter(column -> column.getValue().rowMap().values().stream().allMatch(learned::suffices))
                .map(column -> columns.get(column.getKey()))
                .findFirst();
    }

    private static boolean mayBeTasks(ColumnSketch column) {
        return column.kind() == ColumnSketch.Kind.CATEGORY
                && column.missing() == 0
                && column.values().size() >= 2
                && column.values().size() <= MOST_TASKS;
    }

    /** {@return columns that are features} */
    public ImmutableList<ColumnSketch> features() {
        return columns.stream()
                .filter(column -> !column.equals(predicted)
                        && !Optional.of(column).equals(tasks)
                        && column.kind().isFeature())
                .collect(ImmutableList.toImmutableList());
    }

    /** {@return columns that are neither features, nor predicted, tasks or dates of a known form} */
    public ImmutableList<ColumnSketch> unused() {
        return unused(columns, predicted, format);
    }

    /** Columns that a script excludes. */
    static ImmutableList<ColumnSketch> unused(List<ColumnSketch> columns, ColumnSketch predicted, TableFormat format) {
        return columns.stream()
                .filter(column -> !column.equals(predicted)
                        && !column.kind().isFeature()
                        && format.dates().stream()
                                .noneMatch(date -> date.column().equals(column.name())))
                .collect(ImmutableList.toImmutableList());
    }

    /** {@return whether the classes are numbers of which there are so many that they may rather be a number to be predicted} */
    public boolean mayBeTarget() {
        return !hasTarget && PredictedSketch.isRatherNumber(predicted);
    }

    /** {@return columns that are features, or dates whose parts are, that have cells without a value} */
    public ImmutableList<ColumnSketch> lacking() {
        return lacking(columns, predicted, format).stream()
                .filter(column -> !Optional.of(column).equals(tasks))
                .collect(ImmutableList.toImmutableList());
    }

    static ImmutableList<ColumnSketch> lacking(List<ColumnSketch> columns, ColumnSketch predicted, TableFormat format) {
        ImmutableList<ColumnSketch> unused = unused(columns, predicted, format);
        return columns.stream()
                .filter(column -> column.missing() > 0 && !column.equals(predicted) && !unused.contains(column))
                .collect(ImmutableList.toImmutableList());
    }

    /** {@return texts that stand for a missing value in any of {@link #lacking}} */
    public ImmutableSet<String> marks() {
        return lacking().stream().flatMap(column -> column.marks().stream()).collect(ImmutableSet.toImmutableSet());
    }

    /** {@return what is odd in the table, a line each: cells that a run refuses, and classes that are perhaps none} */
    public ImmutableList<String> warnings() {
        ImmutableList<ColumnSketch> unused = unused();
        boolean isLabel = !hasTarget;
        Stream<String> odd = columns.stream()
                .filter(column ->
                        column.odd().count() > 0 && !unused.contains(column) && !(isLabel && column.equals(predicted)))
                .map(column -> "column %s: %s"
                        .formatted(Printable.quoted(column.name()), column.odd().areNo(what(column))));
        return Stream.concat(odd, labelMarks.stream())
                .map(line -> CsvPlace.name(file.getFileName()) + ": " + line)
                .collect(ImmutableList.toImmutableList());
    }

    /** What the cells of a column of numbers or dates are. */
    private String what(ColumnSketch column) {
        return format.dates().stream()
                .filter(date -> date.column().equals(column.name()))
                .map(date -> "date of the form " + date.format())
                .findFirst()
                .orElse("number up to 3.4e38");
    }
}
