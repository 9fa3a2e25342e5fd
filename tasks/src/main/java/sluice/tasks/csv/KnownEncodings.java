package sluice.tasks.csv;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Optional;
import sluice.tasks.InputException;

/**
 * How tables became the inputs of a model that more tables are for: columns have its categories, and what it knows its scales.
 *
 * @param byTask encodings of the tasks that it has learned, in that order
 * @param one whether the first is that of every task, whatever its name
 */
public record KnownEncodings(ImmutableMap<String, TableEncoding> byTask, boolean one) {
    /** Of no model. */
    public static final KnownEncodings NONE = new KnownEncodings(ImmutableMap.of());

    /**
     * Each task has its own.
     *
     * @param byTask encodings of the tasks that the model has learned, in that order
     */
    public KnownEncodings(ImmutableMap<String, TableEncoding> byTask) {
        this(byTask, false);
    }

    /**
     * {@return that of a model that is not told tasks}
     *
     * @param encoding of all examples
     */
    public static KnownEncodings one(TableEncoding encoding) {
        return new KnownEncodings(ImmutableMap.of(TableEncoding.KEY, encoding), true);
    }

    /** That of the first task. */
    Optional<TableEncoding> first() {
        return byTask.values().stream().findFirst();
    }

    /** The scales of a task that the model has learned. */
    Optional<ColumnScale[]> scales(String task) {
        return one ? firstScales() : Optional.ofNullable(byTask.get(task)).map(KnownEncodings::scales);
    }

    /** Those of the first task. */
    Optional<ColumnScale[]> firstScales() {
        return first().map(KnownEncodings::scales);
    }

    private static ColumnScale[] scales(TableEncoding encoding) {
        ImmutableList.Builder<ColumnScale> scales = ImmutableList.builder();
        for (TableEncoding.Column column : encoding.columns()) {
            if (column instanceof TableEncoding.Column.OneHot category) {
                category.categories().forEach(each -> scales.add(ColumnScale.NONE));
            } else {
                TableEncoding.Column.Scaled number = (TableEncoding.Column.Scaled) column;
                scales.add(new ColumnScale(number.fill(), number.mean(), number.deviation()));
            }
        }
        return scales.build().toArray(new ColumnScale[0]);
    }

    /**
     * Makes sure that tables have the model's columns.
     *
     * @throws InputException if not
     */
    void check(List<FeatureColumn> columns) {
        for (TableEncoding encoding : byTask.values()) {
            List<String> wanted =
                    encoding.columns().stream().map(KnownEncodings::words).toList();
            List<String> found = columns.stream().map(KnownEncodings::words).toList();
            if (!wanted.equals(found)) {
                throw new InputException(
                        "the tables' features are %s, and those that the model learned from %s: give it the same columns, in that order"
                                .formatted(String.join(", ", found), String.join(", ", wanted)));
            }
        }
    }

    private static String words(TableEncoding.Column column) {
        return column.name() + (column instanceof TableEncoding.Column.OneHot ? " (categories)" : "");
    }

    private static String words(FeatureColumn column) {
        return column.name() + (column instanceof CategoricalColumn ? " (categories)" : "");
    }
}
