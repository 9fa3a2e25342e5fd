package sluice.tasks.csv;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import sluice.tasks.Printable;

/**
 * Columns of numbers that are the same in all training rows, and of one category: they teach nothing, and a value that a later row has
 * there instead is an input that nothing was learned of.
 *
 * @param columns their names
 */
record ConstantFeatures(ImmutableList<String> columns) {
    private static final int MOST = 5;

    /**
     * Those of several training rows; a missing value is none of its own, as it is filled.
     *
     * @param columns how cells become features
     * @param train training rows
     */
    static ConstantFeatures of(List<ColumnFeatures> columns, EncodedRows train) {
        ImmutableList.Builder<String> constant = ImmutableList.builder();
        int start = 0;
        for (ColumnFeatures column : columns) {
            int first = start;
            if (train.labels().length > 1
                    && IntStream.range(0, column.width()).allMatch(f -> isConstant(train, first + f))) {
                constant.add(column.name());
            }
            start += column.width();
        }
        return new ConstantFeatures(constant.build());
    }

    private static boolean isConstant(EncodedRows rows, int feature) {
        float first = Float.NaN;
        for (int row = 0; row < rows.labels().length; row++) {
            int at = rows.at(row, feature);
            float value = rows.values()[at];
            if (!rows.missing().get(at)) {
                if (!Float.isNaN(first) && value != first) {
                    return false;
                }
                first = value;
            }
        }
        return true;
    }

    /** What to say of them, if there are any. */
    Optional<String> line() {
        if (columns.isEmpty()) {
            return Optional.empty();
        }
        String named = columns.stream().limit(MOST).map(Printable::quoted).collect(Collectors.joining(", "));
        String excluded = columns.stream().limit(MOST).map(MissingMarks::yaml).collect(Collectors.joining(", "));
        String more = columns.size() > MOST ? " and %,d more".formatted(columns.size() - MOST) : "";
        return Optional.of(
                columns.size() == 1
                        ? "column %s is the same in all training rows, so that nothing is learned of it: leave it out, with exclude: [%s]"
                                .formatted(named, excluded)
                        : "columns %s%s are each the same in all training rows, so that nothing is learned of them: leave them out, with exclude: [%s%s]"
                                .formatted(named, more, excluded, more.isEmpty() ? "" : ", ..."));
    }
}
