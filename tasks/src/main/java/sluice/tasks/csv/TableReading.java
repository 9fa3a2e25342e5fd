package sluice.tasks.csv;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.Printable;

/** Reads the rows of one file as the inputs of a model that was learned from tables. Mutable; for one file. */
public final class TableReading {
    private final TableEncoding encoding;
    private final CsvFile file;
    private final int[] positions;
    private final OptionalInt label;
    private final TableProblems problems;
    private final UnseenCategories unseen = new UnseenCategories();
    private final ImmutableMap.Builder<Integer, String> refused = ImmutableMap.builder();
    private final List<float[]> rows = new ArrayList<>();
    private final ImmutableList.Builder<String> labels = ImmutableList.builder();

    /**
     * @param encoding of the model
     * @param file before its first row
     * @param positions where it has the encoding's columns
     * @param label where it has labels
     */
    private TableReading(TableEncoding encoding, CsvFile file, int[] positions, OptionalInt label) {
        this.encoding = encoding;
        this.file = file;
        this.positions = positions;
        this.label = label;
        this.problems =
                new TableProblems(new Missing(ImmutableSet.copyOf(encoding.absent()), new Missing.Fill.Refused()));
    }

    /**
     * Reads rows to be predicted. Columns go by their names in the header; those that are no features, such as a label, are not
     * looked at.
     *
     * @param encoding of the model
     * @param path a header and at least one row, with cells written as in training
     * @return the rows as inputs, with what to know of them; a category that no training row had is of no category, unless its
     *     row is refused
     * @throws InputException if the file cannot be read, a column is missing, a row has another number of cells than the
     *     header, or a cell has no value where none may miss, or is no number; with file,
     *     line and column
     */
    public static TableRows read(TableEncoding encoding, Path path) {
        return read(encoding, path, Optional.empty());
    }

    /**
     * Reads rows to be predicted whose labels may be known.
     *
     * @param encoding of the model
     * @param path as for {@link #read(TableEncoding, Path)}
     * @param label the column that has the labels, if one has
     * @return the rows as inputs, with their labels and what to know of them
     * @throws InputException as for {@link #read(TableEncoding, Path)}, or if there is no such column
     */
    public static TableRows read(TableEncoding encoding, Path path, Optional<String> label) {
        try (CsvFile file = CsvFile.open(path, header(encoding, path), encoding.format())) {
            int[] positions = encoding.columns().stream()
                    .mapToInt(column -> file.header().position(column.name(), "a feature of the model"))
                    .toArray();
            OptionalInt labels =
                    label.stream().mapToInt(name -> file.header().labels(name)).findFirst();
            return new TableReading(encoding, file, positions, labels).readAll();
        }
    }

    /** Where a file has its columns' names: that of a model that went by position may have all columns, or the features. */
    private static TableHeader header(TableEncoding encoding, Path path) {
        List<String> names = encoding.names();
        if (names.isEmpty()) {
            return new TableHeader.FirstLine();
        }
        List<String> features =
                encoding.columns().stream().map(TableEncoding.Column::name).toList();
        try (CsvFile file = CsvFile.openAtFirstRow(path, encoding.format())) {
            if (file.row().containsAll(features)) {
                return new TableHeader.FirstLine();
            }
            int cells = file.row().size();
            List<String> inputs = names.stream()
                    .filter(name -> !name.equals(encoding.target()))
                    .toList();
            if (cells == inputs.size()) {
                return new TableHeader.None(ImmutableList.copyOf(inputs));
            }
            if (cells != names.size() && cells != features.size()) {
                throw file.place()
                        .error(
                                "the row has %d cells, the model goes by position: write its %d features, or all %d columns of its data"
                                        .formatted(cells, features.size(), names.size()));
            }
            return new TableHeader.None(ImmutableList.copyOf(cells == names.size() ? names : features));
        }
    }

    private TableRows readAll() {
        problems.collect("", () -> {
            while (file.next()) {
                if (CsvRows.isWhole(file, problems)) {
                    rows.add(inputs());
                    label.ifPresent(position -> labels.add(label(file.row().get(position))));
                }
            }
        });
        problems.throwIfAny();
        if (rows.isEmpty()) {
            throw file.header().place().error("a header with no rows: write a row per example");
        }
        Examples examples = Examples.of(rows.toArray(float[][]::new), new int[rows.size()]);
        return new TableRows(
                examples,
                labels.build(),
                unseen.line().stream().collect(ImmutableList.toImmutableList()),
                refused.buildKeepingLast());
    }

    private float[] inputs() {
        float[] inputs = new float[encoding.features()];
        int start = 0;
        for (int c = 0; c < positions.length; c++) {
            TableEncoding.Column column = encoding.columns().get(c);
            String cell = file.row().get(positions[c]);
            boolean missing = isMissing(cell);
            if (missing && !encoding.fills()) {
                problems.add(
                        column.name(),
                        "no value",
                        file.place()
                                .error(
                                        column.name(),
                                        "the cell has no value, and the model was learned without such cells: write one"),
                        file.place());
            }
            if (column instanceof TableEncoding.Column.Scaled number) {
                inputs[start] = scaled(number, cell, missing);
                start++;
            } else {
                TableEncoding.Column.OneHot category = (TableEncoding.Column.OneHot) column;
                if (!missing) {
                    put(category, cell, inputs, start);
                }
                start += category.categories().size();
            }
        }
        return inputs;
    }

    private boolean isMissing(String cell) {
        return cell.isEmpty() || encoding.absent().contains(cell);
    }

    private String label(String cell) {
        return cell.isBlank() || isMissing(cell) ? "" : cell.intern();
    }

    private float scaled(TableEncoding.Column.Scaled column, String cell, boolean missing) {
        try {
            float value = missing ? 0 : new NumericColumn(column.name()).read(cell, file.place());
            float input = new ColumnScale(column.fill(), column.mean(), column.deviation()).apply(value, missing);
            if (!Float.isFinite(input)) {
                throw file.place()
                        .error(
                                column.name(),
                                "the value %s is too far from the training rows to be standardised: mend it"
                                        .formatted(value));
            }
            return input;
        } catch (InputException wrong) {
            problems.add(column.name(), "wrong value", wrong, file.place());
            return 0;
        }
    }

    private void put(TableEncoding.Column.OneHot column, String cell, float[] inputs, int start) {
        int position = Collections.binarySearch(column.categories(), cell);
        if (position >= 0) {
            inputs[start + position] = 1;
        } else if (encoding.refusesUnseen()) {
            refused.put(
                    rows.size(),
                    "%s, column %s: the category %s is in no row that the model was learned from"
                            .formatted(file.place(), Printable.quoted(column.name()), Printable.quoted(cell)));
        } else {
            unseen.add(column.name(), cell);
        }
    }
}
