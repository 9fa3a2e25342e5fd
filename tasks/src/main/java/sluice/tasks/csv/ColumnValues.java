package sluice.tasks.csv;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * The values of a feature in some of the rows.
 *
 * @param all all rows
 * @param rows which of them, at least one
 * @param feature which feature
 */
record ColumnValues(EncodedRows all, int[] rows, int feature) {
    /** The mean of the values that are there, if any are. */
    OptionalDouble mean() {
        DoubleSummaryStatistics there = Arrays.stream(rows)
                .filter(row -> !isMissing(row))
                .mapToDouble(this::value)
                .summaryStatistics();
        if (there.getCount() == 0) {
            return OptionalDouble.empty();
        }
        // of equal values exactly their value, which a sum need not give
        return OptionalDouble.of(there.getMin() == there.getMax() ? there.getMin() : there.getAverage());
    }

    /** Zero mean and unit deviation, once missing values are filled. */
    ColumnScale scale(double fill) {
        DoubleSummaryStatistics filled = filled(fill).summaryStatistics();
        double mean = filled.getAverage();
        boolean constant = filled.getMin() == filled.getMax();
        double squares =
                filled(fill).map(value -> (value - mean) * (value - mean)).sum();
        return new ColumnScale(fill, mean, constant ? Double.POSITIVE_INFINITY : Math.sqrt(squares / rows.length));
    }

    private DoubleStream filled(double fill) {
        return Arrays.stream(rows).mapToDouble(row -> isMissing(row) ? fill : value(row));
    }

    private boolean isMissing(int row) {
        return all.missing().get(all.at(row, feature));
    }

    private double value(int row) {
        return all.values()[all.at(row, feature)];
    }
}
