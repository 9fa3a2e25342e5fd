package sluice.tasks.csv;

import com.google.common.base.Ascii;
import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableSet;
import sluice.tasks.Printable;

/**
 * A column of decimal numbers, one feature.
 *
 * @param name what the header calls it
 */
record NumericColumn(String name) implements FeatureColumn, ColumnFeatures {
    private static final ImmutableSet<String> NOT_FINITE = ImmutableSet.of("nan", "inf", "infinity");

    @Override
    public float read(String cell, CsvPlace place) {
        float value = Decimals.number(cell);
        if (Float.isFinite(value)) {
            return value;
        }
        if (isNotFinite(cell)) {
            throw place.error(name, "must be a finite number, got %s: mend it".formatted(Printable.quoted(cell)));
        }
        throw place.error(
                name,
                "must be a number such as 0.25 or 1.5e9 (up to 3.4e38), got %s: mend it, or name the column as categorical"
                        .formatted(Printable.quoted(cell)));
    }

    /** Whether a cell says in words that its number is none, or infinite. */
    static boolean isNotFinite(String cell) {
        return NOT_FINITE.contains(Ascii.toLowerCase(CharMatcher.anyOf("+-").trimLeadingFrom(cell)));
    }

    @Override
    public int width() {
        return 1;
    }

    @Override
    public void put(float cell, CsvRow row, float[] values, int start) {
        values[start] = cell;
    }

    @Override
    public TableEncoding.Column column(ColumnScale[] scales, int start) {
        ColumnScale scale = scales[start];
        return new TableEncoding.Column.Scaled(name, scale.fill(), scale.mean(), scale.deviation());
    }
}
