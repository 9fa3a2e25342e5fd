package sluice.tasks.csv;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
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
    private static final int BYTES_PER_ROW = 80;

    /** Rows of a file, whether a first column that numbers them was left out, and the SHA-256 (hex) of its content. */
    record FileRows(List<CsvRow> rows, boolean numbered, String sha256) {}

    FileRows read(Path path) {
        try (CsvFile file = CsvFile.open(path, data.header())) {
            CsvHeader header = file.header();
            int label = header.position(data.columns().label(), "the label");
            OptionalInt task = data.files() instanceof CsvFiles.TaskColumn tasks
                    ? OptionalInt.of(header.position(tasks.column(), "the task"))
                    : OptionalInt.empty();
            int[] features = layout.positions(header);
            List<CsvRow> rows = new ArrayList<>();
            RowNumbers numbers = new RowNumbers(header);
            while (file.next()) {
                checkWidth(file, header);
                numbers.check(file, data.columns());
                CsvRow row = new CsvRow(
                        cells(file, features),
                        key(file, label),
                        task.isPresent() ? task(file, task.getAsInt()) : this.task,
                        file.place());
                budget.take(BYTES_PER_ROW + (long) Float.BYTES * features.length, row.place()::toString);
                rows.add(row);
            }
            if (rows.isEmpty()) {
                throw header.place().error("a header with no rows: write a row per example");
            }
            return new FileRows(rows, numbers.found(), file.sha256());
        }
    }

    static void checkWidth(CsvFile file, CsvHeader header) {
        int cells = file.row().size();
        int columns = header.names().size();
        if (cells < columns) {
            throw file.place()
                    .error(
                            header.name(cells),
                            "the row ends before this column: it has %d of %d cells: write a cell for each column"
                                    .formatted(cells, columns));
        }
        if (cells > columns) {
            throw file.place()
                    .error(
                            "the row has %d cells under a header of %d, column %s being the last: put cells with commas in quotes"
                                    .formatted(cells, columns, Printable.quoted(header.name(columns - 1))));
        }
    }

    private float[] cells(CsvFile file, int[] positions) {
        List<String> row = file.row();
        float[] cells = new float[positions.length];
        for (int i = 0; i < cells.length; i++) {
            String cell = row.get(positions[i]);
            FeatureColumn feature = layout.features().get(i);
            cells[i] = data.missing().isMissing(cell) ? missing(file, feature) : feature.read(cell, file.place());
        }
        return cells;
    }

    private float missing(CsvFile file, FeatureColumn feature) {
        if (data.missing().fill() instanceof Missing.Fill.Refused) {
            throw file.place()
                    .error(
                            feature.name(),
                            "the cell has no value: write one, or say what takes its place (missing: {fill: mean} or {fill: 0})");
        }
        return Float.NaN;
    }

    /** A task's name, which reports print. */
    private String task(CsvFile file, int position) {
        String name = key(file, position);
        if (!Printable.of(name).equals(name)) {
            throw file.place()
                    .error(
                            file.header().name(position),
                            "a task's name must be printable, got " + Printable.quoted(name) + ": rename it");
        }
        return name;
    }

    /** A label or a task's name. */
    private String key(CsvFile file, int position) {
        String cell = file.row().get(position);
        if (cell.isBlank() || data.missing().isMissing(cell)) {
            throw file.place()
                    .error(
                            file.header().name(position),
                            "the cell has no value, and every row needs one here: write it");
        }
        return cell.intern();
    }
}
