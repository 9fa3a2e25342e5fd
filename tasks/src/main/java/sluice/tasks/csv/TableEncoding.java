package sluice.tasks.csv;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import sluice.tasks.Examples;
import sluice.tasks.InputEncoding;
import sluice.tasks.InputException;
import sluice.tasks.Printable;

/**
 * How the rows of a table became the inputs that a task was learned from: with it new rows, in the units of the files, become
 * inputs for a model of the task, with no training row at hand.
 *
 * @param columns features, in the order of a model's inputs
 * @param absent text of a cell that has no value, as an empty one has none
 * @param fills whether something takes the place of a missing value; else it is a mistake
 * @param classes names of the classes by number, or none where they are numbers
 * @param names of all columns of files that had no header, in their order; none where they had one
 */
public record TableEncoding(
        List<Column> columns, String absent, boolean fills, List<String> classes, List<String> names)
        implements InputEncoding {
    /** What the provenance of a model calls its encoding. */
    public static final String KEY = "table";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A column of features. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Column.Scaled.class, name = "number"),
        @JsonSubTypes.Type(value = Column.OneHot.class, name = "category")
    })
    public sealed interface Column {
        /**
         * @return what the header calls it
         */
        String name();

        /**
         * Numbers, one feature: {@code x' = (x - mean) / deviation}.
         *
         * @param name what the header calls it
         * @param fill what takes the place of a missing value
         * @param mean what is subtracted
         * @param deviation what the difference is divided by; infinite where every value becomes 0
         */
        record Scaled(String name, double fill, double mean, double deviation) implements Column {}

        /**
         * Categories, a feature of 0 or 1 for each.
         *
         * @param name what the header calls it
         * @param categories sorted
         */
        record OneHot(String name, List<String> categories) implements Column {}
    }

    /** Copies the lists. */
    public TableEncoding {
        columns = List.copyOf(columns);
        classes = List.copyOf(classes);
        names = names == null ? List.of() : List.copyOf(names); // which earlier builds did not write
    }

    /**
     * Reads rows to be predicted. Columns go by their names in the header; those that are no features, such as a label, are not
     * looked at.
     *
     * @param path UTF-8, a header and at least one row, commas between cells
     * @return the rows as inputs, all labelled 0
     * @throws InputException if the file cannot be read, a column is missing, a row has another number of cells than the
     *     header, or a cell has no value where none may miss, is no number or a category that no training row had; with file,
     *     line and column
     */
    public Examples read(Path path) {
        List<float[]> rows = new ArrayList<>();
        try (CsvFile file = CsvFile.open(path, header(path))) {
            int[] positions = columns.stream()
                    .mapToInt(column -> file.header().position(column.name(), "a feature of the model"))
                    .toArray();
            while (file.next()) {
                CsvRows.checkWidth(file, file.header());
                rows.add(inputs(file, positions));
            }
            if (rows.isEmpty()) {
                throw file.header().place().error("a header with no rows: write a row per example");
            }
        }
        return Examples.of(rows.toArray(float[][]::new), new int[rows.size()]);
    }

    /** Where a file has its columns' names: that of a model that went by position may have all columns, or the features. */
    private TableHeader header(Path path) {
        if (names.isEmpty()) {
            return new TableHeader.FirstLine();
        }
        List<String> features = columns.stream().map(Column::name).toList();
        try (CsvFile file = CsvFile.openAtFirstRow(path)) {
            if (file.row().containsAll(features)) {
                return new TableHeader.FirstLine();
            }
            int cells = file.row().size();
            if (cells != names.size() && cells != features.size()) {
                throw file.place()
                        .error(
                                "the row has %d cells, the model goes by position: write its %d features, or all %d columns of its data"
                                        .formatted(cells, features.size(), names.size()));
            }
            return new TableHeader.None(ImmutableList.copyOf(cells == names.size() ? names : features));
        }
    }

    private float[] inputs(CsvFile file, int[] positions) {
        float[] inputs = new float[features()];
        int start = 0;
        for (int c = 0; c < positions.length; c++) {
            String cell = file.row().get(positions[c]);
            boolean missing = cell.isEmpty() || cell.equals(absent);
            if (missing && !fills) {
                throw file.place()
                        .error(
                                columns.get(c).name(),
                                "the cell has no value, and the model was learned without such cells: write one");
            }
            if (columns.get(c) instanceof Column.Scaled number) {
                inputs[start] = scaled(number, cell, missing, file.place());
                start++;
            } else {
                Column.OneHot category = (Column.OneHot) columns.get(c);
                if (!missing) {
                    inputs[start + position(category, cell, file.place())] = 1;
                }
                start += category.categories().size();
            }
        }
        return inputs;
    }

    /**
     * @return inputs that a row becomes
     */
    public int features() {
        return columns.stream()
                .mapToInt(column -> column instanceof Column.OneHot category
                        ? category.categories().size()
                        : 1)
                .sum();
    }

    /**
     * @param inputs of a model
     * @param labels that it tells apart
     * @return whether the model can have been learned from such rows: as many inputs, and a name for every label if there are
     *     names
     */
    public boolean fits(int inputs, List<Integer> labels) {
        return features() == inputs
                && (classes.isEmpty() || labels.stream().allMatch(label -> label >= 0 && label < classes.size()));
    }

    private static float scaled(Column.Scaled column, String cell, boolean missing, CsvPlace place) {
        float value = missing ? 0 : new NumericColumn(column.name()).read(cell, place);
        float input = new ColumnScale(column.fill(), column.mean(), column.deviation()).apply(value, missing);
        if (!Float.isFinite(input)) {
            throw place.error(
                    column.name(),
                    "the value %s is too far from the training rows to be standardised: mend it".formatted(value));
        }
        return input;
    }

    private static int position(Column.OneHot column, String cell, CsvPlace place) {
        int position = Collections.binarySearch(column.categories(), cell);
        if (position < 0) {
            throw place.error(
                    column.name(),
                    "the category %s is in no row that the model was learned from: mend it, or leave this row out"
                            .formatted(Printable.quoted(cell)));
        }
        return position;
    }

    @Override
    public String className(int number) {
        return classes.isEmpty() ? Integer.toString(number) : classes.get(number);
    }

    /**
     * @return for {@link #parse}
     */
    @Override
    public String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * @param json what {@link #json} gave
     * @return the encoding
     * @throws IllegalArgumentException if it is something else
     */
    public static TableEncoding parse(String json) {
        try {
            return JSON.readValue(json, TableEncoding.class);
        } catch (JsonProcessingException foreign) {
            throw new IllegalArgumentException("no encoding of a table: " + json, foreign);
        }
    }
}
