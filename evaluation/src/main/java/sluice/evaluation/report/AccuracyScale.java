package sluice.evaluation.report;

import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.CsvLine;
import sluice.evaluation.Printable;

/**
 * What accuracies without counts mean.
 *
 * @param isPercent whether they are in [0, 100]; in [0, 1] otherwise
 */
record AccuracyScale(boolean isPercent) {
    /** An accuracy's nine decimals are kept, as so many answers of this many. */
    private static final int TOTAL = 1_000_000_000;

    /** The accuracy, in [0, 1]. */
    double accuracy(CsvLine line, String column) {
        if (line.isEmpty(column)) {
            throw line.refusal(column, "is empty: write the accuracy, or remove the line");
        }
        if (line.text(column).endsWith("%")) {
            throw line.refusal(
                    column,
                    "must be a number, got " + Printable.quoted(line.text(column))
                            + ": leave the sign out, and state percent with --percent");
        }
        double value = line.decimal(column);
        double most = isPercent ? 100 : 1;
        if (value < 0 || value > most) {
            String mend = value > 1 && value <= 100
                    ? "state percent with --percent if the file is in percent, or divide by 100"
                    : "correct the accuracy";
            throw line.refusal(
                    column,
                    "must be in [0, " + (isPercent ? "100" : "1") + "], got " + line.text(column) + ": " + mend);
        }
        return value / most;
    }

    /** The accuracy as a cell, whose counts stand for nothing. */
    AccuracyMatrix.Cell cell(CsvLine line, String column) {
        return new AccuracyMatrix.Cell((int) Math.round(accuracy(line, column) * TOTAL), TOTAL);
    }
}
