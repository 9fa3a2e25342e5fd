package sluice.tasks.csv;

import static com.google.common.base.Preconditions.checkArgument;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.Printable;

/** Rows of numbers in a CSV file, to be predicted: a column per feature, with or without a header. */
public final class NumericTable {
    private final Path path;
    private final int features;
    private final List<float[]> rows = new ArrayList<>();
    private final TableProblems problems = new TableProblems(Missing.REFUSED);
    private List<String> names = List.of();

    private NumericTable(Path path, int features) {
        this.path = path;
        this.features = features;
    }

    /**
     * Reads a file. Its first row is a header if no cell of it is a number; ARFF has one always.
     *
     * @param path UTF-8, commas between cells, every cell a finite decimal number
     * @param features how many columns it must have, at least 1
     * @return the rows, all labelled 0
     * @throws InputException if it cannot be read, has no row, has another number of columns, or a cell is no number;
     *     with file, line and column
     */
    public static Examples read(Path path, int features) {
        checkArgument(features >= 1, "features must be at least 1, got %s", features);
        NumericTable table = new NumericTable(path, features);
        try (CsvFile file = CsvFile.openAtFirstRow(path, TableFormat.DEFAULT)) {
            table.readAll(file);
        }
        return Examples.of(table.rows.toArray(float[][]::new), new int[table.rows.size()]);
    }

    private void readAll(CsvFile file) {
        checkColumns(file);
        boolean more = true;
        if (file.namesColumns() || file.row().stream().allMatch(cell -> Float.isNaN(Decimals.number(cell)))) {
            names = file.row();
            more = file.next();
        }
        while (more) {
            checkColumns(file);
            rows.add(numbers(file.row(), file.place()));
            more = file.next();
        }
        problems.throwIfAny();
        if (rows.isEmpty()) {
            throw new CsvPlace(path, 1).error("there is a header and no row: write a row per example");
        }
    }

    private void checkColumns(CsvFile file) {
        if (file.row().size() != features) {
            throw file.place()
                    .error("the row has %d cells, the model takes %d features: write a column for each, and no other"
                            .formatted(file.row().size(), features));
        }
    }

    private float[] numbers(List<String> row, CsvPlace place) {
        float[] numbers = new float[features];
        for (int column = 0; column < features; column++) {
            numbers[column] = Decimals.number(row.get(column));
            if (!Float.isFinite(numbers[column])) {
                problems.add(Integer.toString(column), "no number", wrong(row.get(column), column, place));
            }
        }
        return numbers;
    }

    private InputException wrong(String cell, int column, CsvPlace place) {
        String name = names.isEmpty() ? Integer.toString(column + 1) : names.get(column);
        String header = names.isEmpty() && rows.isEmpty() ? ", or a header without numbers above" : "";
        return place.error(
                name,
                "must be a finite number such as 0.25 or 1.5e9, got %s: mend it%s"
                        .formatted(Printable.quoted(cell), header));
    }
}
