package sluice.tasks.csv;

import com.google.common.base.Ascii;
import com.google.common.collect.HashBasedTable;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Lists;
import com.google.common.collect.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import sluice.tasks.InputException;
import sluice.tasks.Printable;
import sluice.tasks.Suggestion;

/**
 * What a table looks like from a look at all of its rows: how its cells are written, what its columns hold, which of them is the class, and
 * which may tell tasks apart. Guesses, for a script that its owner reads.
 *
 * @param file the table
 * @param format how cells are written
 * @param named whether its first line names columns
 * @param rows but for a first line of names
 * @param columns in the file's order; one without a name is called by its number
 * @param label the column of the class
 * @param tasks a column whose values may be tasks, where there are two classes; none where none is fit
 * @param times ranges of a column of dates that may be tasks, where there are two classes and no column's values are fit
 * @param clusters of rows that may be tasks, so many, where there are two classes and neither columns nor times are fit
 */
public record TableSketch(
        Path file,
        TableFormat format,
        boolean named,
        int rows,
        ImmutableList<ColumnSketch> columns,
        ColumnSketch label,
        Optional<ColumnSketch> tasks,
        Optional<TaskRanges> times,
        OptionalInt clusters) {
    private static final int MOST_CLASSES = 100;
    /** Whole numbers of more kinds are hardly classes. */
    private static final int MOST_NUMBERS = 20;

    private static final int MOST_TASKS = 10;
    private static final int LEAST_ROWS = 10;
    private static final int MOST_NAMES = 12;
    private static final ImmutableSet<String> LABELS = ImmutableSet.of(
            "label", "class", "target", "species", "category", "outcome", "diagnosis", "type", "variety", "quality");

    /**
     * Looks at a table.
     *
     * @param file CSV or ARFF, plain or gzip
     * @param label the column of the class; empty to have it guessed
     * @return what it looks like
     * @throws InputException if it cannot be read, has no such column, or nothing in it is a class
     */
    public static TableSketch of(Path file, Optional<String> label) {
        CsvFile.openAtFirstRow(
                        file, TableFormat.DEFAULT.encoded(FormatSketch.of(file).encoding()))
                .close();
        TableFormat format = FormatSketch.of(file);
        List<ImmutableList<String>> first = CsvFile.firstRows(file, format);
        boolean named = first.isEmpty() || !HeaderlikeRow.looksLikeData(first);
        TableHeader header = named ? new TableHeader.FirstLine() : new TableHeader.None(ImmutableList.of());
        ImmutableList<ColumnSketch> columns;
        int rows;
        try (CsvFile table = CsvFile.open(file, header, format)) {
            List<ColumnLook> looks = looks(table.header());
            rows = look(table, looks);
            columns = looks.stream().map(ColumnLook::sketch).collect(ImmutableList.toImmutableList());
        }
        ColumnSketch classes = label.map(name -> given(name, columns, file)).orElseGet(() -> guessed(columns, file));
        checkClasses(classes, file);
        Optional<ColumnSketch> tasks = Optional.empty();
        if (classes.values().size() == 2) {
            try (CsvFile table = CsvFile.open(file, header, format)) {
                tasks = tasks(table, columns, classes);
            }
        }
        ImmutableList<DateColumn> dates = columns.stream()
                .filter(column -> column.kind() == ColumnSketch.Kind.DATE)
                .flatMap(column -> DateSketch.of(column).stream())
                .collect(ImmutableList.toImmutableList());
        Optional<TaskRanges> times = Optional.empty();
        if (classes.values().size() == 2 && tasks.isEmpty() && !dates.isEmpty()) {
            try (CsvFile table = CsvFile.open(file, header, format)) {
                times = TimeSketch.of(table, columns, classes, dates, LEAST_ROWS);
            }
        }
        OptionalInt clusters = OptionalInt.empty();
        if (classes.values().size() == 2 && tasks.isEmpty() && times.isEmpty()) {
            clusters = ClusterSketch.of(file, header, format.dated(dates), columns, classes, LEAST_ROWS);
        }
        return new TableSketch(file, format.dated(dates), named, rows, columns, classes, tasks, times, clusters);
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
                    looks.get(c).add(row.get(c));
                }
            }
        }
        if (rows == 0) {
            throw table.header().place().error("a header with no rows: write a row per example");
        }
        return rows;
    }

    private static ColumnSketch given(String name, ImmutableList<ColumnSketch> columns, Path file) {
        List<String> names = columns.stream().map(ColumnSketch::name).toList();
        return columns.stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InputException("--label: %s has no column %s: %s"
                        .formatted(
                                CsvPlace.name(file),
                                Printable.quoted(name),
                                Suggestion.nearest(name, names)
                                        .map(nearest -> "did you mean " + Printable.quoted(nearest) + "?")
                                        .orElse("its columns are " + few(names)))));
    }

    private static String few(List<String> names) {
        String first = names.stream().limit(MOST_NAMES).map(Printable::quoted).collect(Collectors.joining(", "));
        return names.size() > MOST_NAMES ? first + ", ..." : first;
    }

    /** A column of a usual name, else the last one that can be: in most files it is. */
    private static ColumnSketch guessed(ImmutableList<ColumnSketch> columns, Path file) {
        Optional<ColumnSketch> usual = columns.stream()
                .filter(column -> LABELS.contains(Ascii.toLowerCase(column.name())))
                .findFirst();
        if (usual.isPresent()
                && usual.get().kind() == ColumnSketch.Kind.NUMBER
                && usual.get().values().size() > MOST_NUMBERS) {
            throw new InputException(
                    "%s, column %s: has %,d different numbers or more, and Sluice tells classes apart: name the class with --label, or write classes in place of numbers"
                            .formatted(
                                    CsvPlace.name(file),
                                    Printable.quoted(usual.get().name()),
                                    usual.get().values().size()));
        }
        int last = columns.size() - 1;
        return usual.filter(TableSketch::isClass)
                .or(() -> Lists.reverse(columns).stream()
                        .filter(column -> column.kind() == ColumnSketch.Kind.CATEGORY
                                || columns.indexOf(column) == last
                                || columns.indexOf(column) == 0)
                        .filter(TableSketch::isClass)
                        .findFirst())
                .orElseThrow(() -> new InputException(
                        "%s: no column looks like a class, with a few values that come again: name it with --label, one of %s"
                                .formatted(
                                        CsvPlace.name(file),
                                        few(columns.stream()
                                                .map(ColumnSketch::name)
                                                .toList()))));
    }

    private static boolean isClass(ColumnSketch column) {
        boolean few = column.values().size() >= 2 && column.values().size() <= MOST_CLASSES;
        return column.missing() == 0
                && few
                && column.values().values().stream().allMatch(count -> count > 1)
                && (column.kind() == ColumnSketch.Kind.CATEGORY
                        || (column.kind() == ColumnSketch.Kind.NUMBER
                                && column.values().size() <= MOST_NUMBERS
                                && column.values().keySet().stream().allMatch(TableSketch::isWhole)));
    }

    private static boolean isWhole(String cell) {
        return cell.chars().allMatch(Character::isDigit);
    }

    private static void checkClasses(ColumnSketch label, Path file) {
        String name = "%s, column %s: ".formatted(CsvPlace.name(file), Printable.quoted(label.name()));
        if (label.missing() > 0) {
            throw new InputException(
                    name + "%,d rows have no class: write one, or leave these rows out".formatted(label.missing()));
        }
        if (label.values().size() == 1) {
            throw new InputException(name + "all rows are of one class: there must be two to tell apart");
        }
        if (label.values().size() > MOST_CLASSES) {
            throw new InputException(
                    name + "more than %d different values are no classes: name another column".formatted(MOST_CLASSES));
        }
        List<String> alone = label.values().entrySet().stream()
                .filter(value -> value.getValue() == 1)
                .map(value -> Printable.quoted(value.getKey()))
                .toList();
        if (!alone.isEmpty()) {
            throw new InputException(name
                    + "class %s has one row alone, and one is needed to learn and one to test: add rows, or leave it out"
                            .formatted(String.join(", ", alone)));
        }
    }

    /** Where two classes make one task: categories of which each has rows of both. */
    private static Optional<ColumnSketch> tasks(
            CsvFile table, ImmutableList<ColumnSketch> columns, ColumnSketch label) {
        int classes = columns.indexOf(label);
        Map<Integer, Table<String, String, Integer>> counts = new LinkedHashMap<>();
        for (int c = 0; c < columns.size(); c++) {
            if (c != classes && mayBeTasks(columns.get(c))) {
                counts.put(c, HashBasedTable.create());
            }
        }
        while (table.next()) {
            List<String> row = table.row();
            if (row.size() == columns.size()) {
                counts.forEach((column, of) -> {
                    Integer before = of.get(row.get(column), row.get(classes));
                    of.put(row.get(column), row.get(classes), before == null ? 1 : before + 1);
                });
            }
        }
        return counts.entrySet().stream()
                .filter(column -> isOfBothClasses(column.getValue()))
                .map(column -> columns.get(column.getKey()))
                .findFirst();
    }

    private static boolean mayBeTasks(ColumnSketch column) {
        return column.kind() == ColumnSketch.Kind.CATEGORY
                && column.missing() == 0
                && column.values().size() >= 2
                && column.values().size() <= MOST_TASKS;
    }

    private static boolean isOfBothClasses(Table<String, String, Integer> counts) {
        return counts.rowMap().values().stream()
                .allMatch(classes ->
                        classes.size() == 2 && classes.values().stream().allMatch(count -> count >= LEAST_ROWS));
    }

    /** {@return columns that are features} */
    public ImmutableList<ColumnSketch> features() {
        return columns.stream()
                .filter(column -> !column.equals(label)
                        && !Optional.of(column).equals(tasks)
                        && column.kind().isFeature())
                .collect(ImmutableList.toImmutableList());
    }

    /** {@return columns that are neither features, nor label, tasks or dates of a known form} */
    public ImmutableList<ColumnSketch> unused() {
        return columns.stream()
                .filter(column -> !column.equals(label)
                        && !column.kind().isFeature()
                        && format.dates().stream()
                                .noneMatch(date -> date.column().equals(column.name())))
                .collect(ImmutableList.toImmutableList());
    }

    /** {@return texts that stand for a missing value in any feature} */
    public ImmutableSet<String> marks() {
        return features().stream().flatMap(column -> column.marks().stream()).collect(ImmutableSet.toImmutableSet());
    }
}
