package sluice.evaluation.matrix;

import java.util.List;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.Printable;

/**
 * What numbers in a file mean.
 *
 * @param isPercent whether they are in [0, 100]; in [0, 1] otherwise
 */
record Scale(boolean isPercent) {
    /** An accuracy's nine decimals are kept, as so many answers of this many. */
    private static final int TOTAL = 1_000_000_000;

    /** Signs of percent say percent, where every number has one. */
    static Scale of(boolean statedPercent, List<String> accuracies) {
        return new Scale(statedPercent
                || (accuracies.stream().anyMatch(Cells::isPercent)
                        && accuracies.stream().allMatch(text -> Cells.isPercent(text) || Cells.isMissing(text))));
    }

    /** Whether a cell can be an accuracy, or is missing. */
    boolean admits(String text) {
        return Cells.isMissing(text)
                || Cells.number(text).stream().anyMatch(value -> value >= 0 && value <= (isPercent ? 100 : 1));
    }

    /** The accuracy in a cell that is not missing, as a cell whose counts stand for nothing. */
    AccuracyMatrix.Cell cell(TextTable table, TextTable.Row row, String column, String text) {
        if (Cells.isPercent(text) && !isPercent) {
            throw table.refusal(
                    row,
                    column,
                    "got " + Printable.quoted(text)
                            + ", and other cells without a sign of percent: write all cells alike, or leave the signs out and state --percent");
        }
        double value = Cells.number(text)
                .orElseThrow(() -> table.refusal(
                        row,
                        column,
                        "must be a decimal number such as 0.25 or 1.5E-3, got " + Printable.quoted(text)
                                + ": correct it, or leave the cell empty where nothing was measured"));
        double most = isPercent ? 100 : 1;
        if (value < 0 || value > most) {
            String mend = value > 1 && value <= 100
                    ? "state percent with --percent if the file is in percent, or divide by 100"
                    : "correct the accuracy";
            throw table.refusal(
                    row,
                    column,
                    "must be in [0, " + (isPercent ? "100" : "1") + "], got " + Printable.of(text) + ": " + mend);
        }
        return new AccuracyMatrix.Cell((int) Math.round(value / most * TOTAL), TOTAL);
    }
}
