package sluice.tasks.csv;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import sluice.tasks.InputEncoding;

/**
 * How the rows of a table became the inputs that a task was learned from: with it new rows, in the units of the files, become
 * inputs for a model of the task, with no training row at hand.
 *
 * @param columns features, in the order of a model's inputs
 * @param absent texts of cells that have no value, as an empty one has none; earlier builds wrote one text
 * @param fills whether something takes the place of a missing value; else it is a mistake
 * @param classes names of the classes by number, or none where they are numbers
 * @param names of all columns of files that had no header, in their order; none where they had one
 * @param refusesUnseen whether a row of a category that no training row had is refused, instead of being of no category
 * @param format how cells are written; the usual where earlier builds said nothing
 * @param target the column of the number that the task predicts; "" where it tells classes apart
 * @param clusters that are the tasks, which tell the task of a row; none where tasks are others, or earlier builds said nothing
 */
public record TableEncoding(
        List<Column> columns,

        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<String> absent,

        boolean fills,
        List<String> classes,
        List<String> names,
        boolean refusesUnseen,

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = Usual.class)
        TableFormat format,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) String target,

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = NoClusters.class)
        TaskClusters clusters)
        implements InputEncoding {
    /** What the provenance of a model calls its encoding. */
    public static final String KEY = "table";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What need not be written, as {@link #equals} says. */
    private static final class Usual {
        @Override
        public boolean equals(Object value) {
            return TableFormat.DEFAULT.equals(value);
        }

        @Override
        public int hashCode() {
            return 0;
        }
    }

    /** What need not be written either. */
    private static final class NoClusters {
        @Override
        public boolean equals(Object value) {
            return TaskClusters.NONE.equals(value);
        }

        @Override
        public int hashCode() {
            return 0;
        }
    }

    /** A column of features. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Column.Scaled.class, name = "number"),
        @JsonSubTypes.Type(value = Column.OneHot.class, name = "category")
    })
    public sealed interface Column {
        /** {@return what the header calls it} */
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

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if there are clusters, and they are of other columns
     */
    public TableEncoding {
        columns = List.copyOf(columns);
        absent = List.copyOf(absent);
        classes = List.copyOf(classes);
        names = names == null ? List.of() : List.copyOf(names); // which earlier builds did not write
        format = format == null ? TableFormat.DEFAULT : format;
        target = target == null ? "" : target;
        clusters = clusters == null ? TaskClusters.NONE : clusters;
        checkArgument(clusters.fit(columns), "clusters are of other columns than those of the table");
    }

    /** {@return inputs that a row becomes} */
    public int features() {
        return features(columns);
    }

    /** Inputs that the cells of columns become. */
    static int features(List<Column> columns) {
        return columns.stream()
                .mapToInt(column -> column instanceof Column.OneHot category
                        ? category.categories().size()
                        : 1)
                .sum();
    }

    /**
     * {@return whether the model can have been learned from such rows: as many inputs, and a name for every label if
     * there are names}
     *
     * @param inputs of a model
     * @param labels that it tells apart
     */
    public boolean fits(int inputs, List<Integer> labels) {
        return features() == inputs
                && (classes.isEmpty() || labels.stream().allMatch(label -> label >= 0 && label < classes.size()));
    }

    @Override
    public String className(int number) {
        return classes.isEmpty() ? Integer.toString(number) : classes.get(number);
    }

    /**
     * {@return the same for a model that numbers classes otherwise}
     *
     * @param others names of its classes by number, or none where they are numbers
     */
    public TableEncoding withClasses(List<String> others) {
        return new TableEncoding(columns, absent, fills, others, names, refusesUnseen, format, target, clusters);
    }

    /** The same with other scales of the same columns. */
    TableEncoding withColumns(List<Column> others) {
        return new TableEncoding(others, absent, fills, classes, names, refusesUnseen, format, target, clusters);
    }

    /** {@return for {@link #parse}} */
    @Override
    public String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * {@return the encoding}
     *
     * @param json what {@link #json} gave
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
