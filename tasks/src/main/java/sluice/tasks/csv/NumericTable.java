package sluice.tasks.csv;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.Printable;

/** Rows of numbers in a CSV file, to be predicted: a column per feature, with or without a header. */
public final class NumericTable {
    private final Path path;
    private final int features;
    private final Optional<String> label;
    private final List<float[]> rows = new ArrayList<>();
    private final TableProblems problems = new TableProblems(Missing.REFUSED);
    private final ImmutableList.Builder<String> labels = ImmutableList.builder();
    private List<String> names = List.of();
    private int labelled = -1;

    private NumericTable(Path path, int features, Optional<String> label) {
        this.path = path;
        this.features = features;
        this.label = label;
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
        return read(path, features, Optional.empty()).examples();
    }

    /**
     * Reads a file in which one column more may have the labels. Its first row is a header if no cell of it is a number, or if
     * it names that column.
     *
     * @param path as for {@link #read(Path, int)}
     * @param features how many columns it must have beside that of the labels, at least 1
     * @param label the column that has the labels, if one has
     * @return the rows, with their labels
     * @throws InputException as for {@link #read(Path, int)}, or if there is no such column
     */
    public static TableRows read(Path path, int features, Optional<String> label) {
        checkArgument(features >= 1, "features must be at least 1, got %s", features);
        NumericTable table = new NumericTable(path, features, label);
        try (CsvFile file = CsvFile.openAtFirstRow(path, TableFormat.DEFAULT)) {
            table.readAll(file);
        }
        return new TableRows(
                Examples.of(table.rows.toArray(float[][]::new), new int[table.rows.size()]),
                table.labels.build(),
                ImmutableList.of(),
                ImmutableMap.of());
    }

    /**
     * {@return the number that a cell holds, as one of a target is read in training; empty where it holds none, or one beyond 3.4e38}
     *
     * @param cell of a table: digits with a point, a sign and an exponent, such as {@code -1.5e9}
     */
    public static OptionalDouble number(String cell) {
        double number = Decimals.real(cell);
        return Float.isFinite((float) number) ? OptionalDouble.of(number) : OptionalDouble.empty();
    }

    private void readAll(CsvFile file) {
        boolean more = true;
        if (hasHeader(file)) {
            names = file.row();
        }
        if (label.isPresent()) {
            labelled = labelled(file.place(), label.get());
        }
        if (!names.isEmpty()) {
            if (!hasColumns(file)) {
                problems.throwIfAny();
            }
            more = file.next();
        }
        boolean row = more;
        problems.collect("", () -> readRows(file, row));
        problems.throwIfAny();
        if (rows.isEmpty()) {
            throw new CsvPlace(path, 1).error("there is a header and no row: write a row per example");
        }
    }

    private void readRows(CsvFile file, boolean atRow) {
        boolean more = atRow;
        while (more) {
            if (hasColumns(file)) {
                rows.add(numbers(file.row(), file.place()));
            }
            more = file.next();
        }
    }

    private boolean hasHeader(CsvFile file) {
        return file.namesColumns()
                || label.filter(file.row()::contains).isPresent()
                || file.row().stream().allMatch(cell -> Float.isNaN(Decimals.number(cell)));
    }

    private int labelled(CsvPlace place, String name) {
        if (names.isEmpty()) {
            throw place.error(
                    name,
                    "there is no such column, which labels were to be taken from, as the first line has numbers: write a header that names it");
        }
        return CsvHeader.of(place, names, () -> false).labels(name);
    }

    private boolean hasColumns(CsvFile file) {
        boolean as = file.row().size() == features + (label.isPresent() ? 1 : 0);
        if (!as) {
            InputException wrong = file.place()
                    .error("the row has %d cells, the model takes %d features%s: write a column for each, and no other"
                            .formatted(file.row().size(), features, label.isPresent() ? " beside the label" : ""));
            problems.add("", "columns", wrong, file.place());
        }
        return as;
    }

    private float[] numbers(List<String> row, CsvPlace place) {
        float[] numbers = new float[features];
        int feature = 0;
        for (int column = 0; column < row.size(); column++) {
            if (column == labelled) {
                labels.add(row.get(column).isBlank() ? "" : row.get(column).intern());
                continue;
            }
            numbers[feature] = Decimals.number(row.get(column));
            if (!Float.isFinite(numbers[feature++])) {
                problems.add(Integer.toString(column), "no number", wrong(row.get(column), column, place), place);
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
