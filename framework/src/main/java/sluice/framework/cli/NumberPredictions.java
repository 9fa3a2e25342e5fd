package sluice.framework.cli;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.List;
import java.util.Locale;
import sluice.evaluation.Printable;
import sluice.evaluation.regression.RegressionCell;
import sluice.framework.experiment.GivenExamples;
import sluice.framework.experiment.Predictor;
import sluice.tasks.InputException;
import sluice.tasks.csv.NumericTable;

/**
 * Predicted numbers beside those that rows have.
 *
 * @param targets what rows have, those that have one
 * @param predicted what was predicted of the same rows
 * @param withoutTarget rows that have none
 */
record NumberPredictions(ImmutableDoubleArray targets, ImmutableDoubleArray predicted, int withoutTarget) {
    /**
     * @param answers to all rows, in order
     * @param place of the targets, for messages
     * @throws InputException if a target is no number
     */
    static NumberPredictions of(GivenExamples rows, List<Predictor.Answer> answers, String place) {
        ImmutableDoubleArray.Builder targets = ImmutableDoubleArray.builder();
        ImmutableDoubleArray.Builder predicted = ImmutableDoubleArray.builder();
        int without = 0;
        for (int row = 0; row < rows.labels().size(); row++) {
            String given = rows.labels().get(row);
            if (rows.refused().containsKey(row)) {
                continue;
            }
            if (given.isEmpty()) {
                without++;
            } else {
                targets.add(number(given, row, place));
                predicted.add(Double.parseDouble(answers.get(row).predicted()));
            }
        }
        return new NumberPredictions(targets.build(), predicted.build(), without);
    }

    private static double number(String given, int row, String place) {
        return NumericTable.number(given)
                .orElseThrow(() -> new InputException(
                        "--label: %s has %s in row %d, which is no number to hold a prediction against: mend it"
                                .formatted(place, Printable.quoted(given), row + 1)));
    }

    /** Prints figures, after what is left out of them. */
    void print(Terminal terminal) {
        if (withoutTarget > 0) {
            terminal.say(
                    withoutTarget == 1
                            ? "1 row without a target"
                            : String.format(Locale.ROOT, "%,d rows without a target", withoutTarget));
        }
        if (targets.length() == 0) {
            terminal.say("RMSE               undefined: no row has a target");
            return;
        }
        RegressionCell errors = RegressionCell.of(targets.toArray(), predicted.toArray());
        terminal.say("RMSE               %.6g, in the target's units (%,d rows)", errors.rmse(), targets.length());
        terminal.say("R2                 " + errors.r2().text());
    }
}
