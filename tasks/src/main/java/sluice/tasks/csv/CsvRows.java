package sluice.tasks.csv;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import sluice.tasks.InputException;
import sluice.tasks.MemoryBudget;
import sluice.tasks.Printable;

/**
 * Reads the rows of one file.
 *
 * @param data what is asked for
 * @param layout the columns that all files have
 * @param task name of the task, where no column names it
 * @param budget of all files
 */
record CsvRows(CsvData data, CsvLayout layout, String task, MemoryBudget budget) {
    /** What a row takes beside its values: four objects and a place in a list. */
    private static final int BYTES_PER_ROW = 88;

    /** The label of rows of which a number is to be predicted. */
    private static final String NO_CLASS = "0";

    /** Rows of a file, whether a first column that numbers them was left out, what to say of it, and the SHA-256 (hex) of its content. */
    record FileRows(List<CsvRow> rows, boolean numbered, List<String> notes, String sha256) {}

    FileRows read(Path path) {
        try (CsvFile file = CsvFile.open(path, data.header(), data.format())) {
            CsvHeader header = file.header();
            Positions positions = new Positions(
                    layout.positions(header),
                    header.position(
                            data.columns().predicted().column(),
                            data.columns().predicted().role()),
                    data.files().taskColumn().stream()
                            .mapToInt(tasks -> header.position(tasks, "the task"))
                            .findFirst(),
                    data.files() instanceof CsvFiles.RangeColumn column
                            ? Optional.of(ValueOrder.of(column.ranges().scale()))
                            : Optional.empty());
            RowNumbers numbers = new RowNumbers(header);
            TableProblems problems = new TableProblems(data.missing());
            LabelMarks marks = new LabelMarks(header, data.columns().predicted().column());
            List<CsvRow> rows = new ArrayList<>();
            // what cannot be read any further comes after what was wrong before it
            problems.collect("", () -> readAll(file, positions, numbers, problems, rows));
            problems.emptyColumns(path, rows.size());
            if (!data.columns().hasTarget()) {
                rows.forEach(row -> marks.add(row.label(), row.place()));
                problems.collect("", marks::check);
            }
            problems.throwIfAny();
            if (rows.isEmpty()) {
                throw header.place().error("a header with no rows: write a row per example");
            }
            List<String> notes =
                    Stream.concat(file.notes().stream(), marks.notes().stream()).toList();
            return new FileRows(rows, numbers.found(), notes, file.sha256());
        }
    }

    /** Where a file has what, and the order of the values whose ranges are tasks, where they are. */
    private record Positions(int[] features, int predicted, OptionalInt task, Optional<ValueOrder> order) {}

    private void readAll(
            CsvFile file, Positions positions, RowNumbers numbers, TableProblems problems, List<CsvRow> rows) {
        while (file.next()) {
            if (!isWhole(file, problems)) {
                continue;
            }
            numbers.check(file, data.columns());
            boolean number = data.columns().hasTarget();
            CsvRow row = new CsvRow(
                    cells(file, positions.features(), problems),
                    number ? NO_CLASS : key(file, positions.predicted(), problems),
                    number ? target(file, positions.predicted(), problems) : Double.NaN,
                    positions.task().isPresent() ? task(file, positions, problems) : task,
                    file.place());
            budget.take(BYTES_PER_ROW + (long) Float.BYTES * positions.features().length, row.place()::toString);
            rows.add(row);
        }
    }

    /** Whether a row has a cell for each column, and dates where dates are; else that is a problem. */
    static boolean isWhole(CsvFile file, TableProblems problems) {
        int cells = file.row().size();
        int columns = file.header().names().size();
        if (cells < columns) {
            problems.add(
                    "",
                    "short row",
                    file.place()
                            .error(
                                    file.header().name(cells),
                                    "the row ends before this column: it has %d of %d cells: write a cell for each column"
                                            .formatted(cells, columns)),
                    file.place());
        } else if (cells > columns) {
            problems.add(
                    "",
                    "long row",
                    file.place()
                            .error(
                                    "the row has %d cells under a header of %d, column %s being the last: put cells with commas in quotes"
                                            .formatted(
                                                    cells,
                                                    columns,
                                                    Printable.quoted(
                                                            file.header().name(columns - 1)))),
                    file.place());
        }
        file.wrongDates().forEach((column, wrong) -> problems.add(column, "no date", wrong, file.place()));
        return cells == columns && file.wrongDates().isEmpty();
    }

    private float[] cells(CsvFile file, int[] positions, TableProblems problems) {
        float[] cells = new float[positions.length];
        for (int i = 0; i < cells.length; i++) {
            String cell = file.row().get(positions[i]);
            FeatureColumn feature = layout.features().get(i);
            if (data.missing().isMissing(cell)) {
                cells[i] = missing(file, feature, problems);
            } else if (feature instanceof NumericColumn && MissingMarks.isMark(cell)) {
                problems.mark(feature.name(), cell, file.place());
            } else if (feature instanceof NumericColumn && NumericColumn.isNotFinite(cell)) {
                problems.notFinite(feature.name(), cell, file.place());
            } else {
                cells[i] = value(cell, feature, file.place(), problems);
            }
        }
        return cells;
    }

    private static float value(String cell, FeatureColumn feature, CsvPlace place, TableProblems problems) {
        try {
            return feature.read(cell, place);
        } catch (InputException wrong) {
            problems.add(feature.name(), "wrong value", wrong, place);
            return 0;
        }
    }

    private float missing(CsvFile file, FeatureColumn feature, TableProblems problems) {
        if (data.missing().fill() instanceof Missing.Fill.Refused) {
            problems.add(
                    feature.name(),
                    TableProblems.NO_VALUE,
                    file.place()
                            .error(
                                    feature.name(),
                                    "the cell has no value: write one, or say what takes its place (missing: {fill: mean} or {fill: 0})"),
                    file.place());
        }
        return Float.NaN;
    }

    /** A task's name, which reports print, or a value of which it is not known yet what range it is in. */
    private String task(CsvFile file, Positions positions, TableProblems problems) {
        int position = positions.task().getAsInt();
        if (positions.order().isPresent()) {
            return ranged(file, position, positions.order().get(), problems);
        }
        String name = key(file, position, problems);
        if (!Printable.of(name).equals(name)) {
            String column = file.header().name(position);
            problems.add(
                    column,
                    "task's name",
                    file.place()
                            .error(
                                    column,
                                    "a task's name must be printable, got " + Printable.quoted(name) + ": rename it"),
                    file.place());
        }
        return name;
    }

    private String ranged(CsvFile file, int position, ValueOrder order, TableProblems problems) {
        String cell = key(file, position, problems);
        if (!isMissing(cell) && !order.reads(cell)) {
            String column = file.header().name(position);
            problems.add(
                    column,
                    "no value of a range",
                    file.place()
                            .error(
                                    column,
                                    "must be %s, as ranges of this column are tasks, got %s: %s"
                                            .formatted(order.wanted(), Printable.quoted(cell), order.remedy())),
                    file.place());
        }
        return cell;
    }

    private boolean isMissing(String cell) {
        return cell.isBlank() || data.missing().isMissing(cell);
    }

    private double target(CsvFile file, int position, TableProblems problems) {
        TargetColumn column = new TargetColumn(file.header().name(position), data.missing());
        return column.read(file.row().get(position), file.place(), problems);
    }

    /** A label or a task's name. */
    private String key(CsvFile file, int position, TableProblems problems) {
        String cell = file.row().get(position);
        if (isMissing(cell)) {
            String column = file.header().name(position);
            problems.add(
                    column,
                    "no label",
                    file.place().error(column, "the cell has no value, and every row needs one here: write it"),
                    file.place());
        }
        return cell.intern();
    }
}
