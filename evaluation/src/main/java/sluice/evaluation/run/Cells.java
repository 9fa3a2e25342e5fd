package sluice.evaluation.run;

import com.google.common.collect.ImmutableList;
import java.util.List;
import sluice.evaluation.CsvLine;
import sluice.evaluation.SpreadsheetText;

/** Cells as a run's files have them: how values are written, and read again. What a file lacks is none. */
final class Cells {
    private Cells() {}

    static Object name(String text) {
        return SpreadsheetText.guarded(text);
    }

    /** The text of a cell that {@link #name} wrote. */
    static String plain(String cell) {
        return SpreadsheetText.plain(cell);
    }

    /** Empty for NaN, which means unknown. */
    static Object known(double value) {
        return Double.isNaN(value) ? "" : value;
    }

    /** A number in [0, 1]; NaN where there is none. */
    static double knownShare(CsvLine line, String column) {
        return line.isEmpty(column) ? Double.NaN : share(line, column);
    }

    static <T> List<T> listOrNone(List<T> values) {
        return values == null ? ImmutableList.of() : values;
    }

    static double share(CsvLine line, String column) {
        double value = line.decimal(column);
        if (value < 0 || value > 1) {
            throw line.refusal(column, "must be in [0, 1], got " + value);
        }
        return value;
    }
}
