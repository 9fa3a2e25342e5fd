package sluice.evaluation.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import sluice.evaluation.CsvLine;

/**
 * How a model did on test examples that was asked to spend no more than so much on them.
 *
 * @param budget multiply-adds per example, mean, at least 1
 * @param multiplyAdds what test examples took, mean
 * @param accuracy on them, in [0, 1]
 */
public record BudgetPoint(long budget, double multiplyAdds, double accuracy) {
    private static final String BUDGET = "budget";
    private static final String MULTIPLY_ADDS = "multiply_adds";
    private static final String ACCURACY = "accuracy";

    /** A line per budget, ascending. */
    public static final RunCsv<BudgetPoint> FILE = RunCsv.ofOneRun(
            RunFile.BUDGETS,
            ImmutableMap.of(
                    BUDGET,
                    BudgetPoint::budget,
                    MULTIPLY_ADDS,
                    BudgetPoint::multiplyAdds,
                    ACCURACY,
                    BudgetPoint::accuracy),
            ImmutableList.of(),
            BudgetPoint::read);

    private static BudgetPoint read(CsvLine line) {
        BudgetPoint point = new BudgetPoint(line.count(BUDGET, 1), line.decimal(MULTIPLY_ADDS), line.decimal(ACCURACY));
        if (point.multiplyAdds() <= 0) {
            throw line.refusal(MULTIPLY_ADDS, "must be above 0");
        }
        if (point.accuracy() < 0 || point.accuracy() > 1) {
            throw line.refusal(ACCURACY, "must be in [0, 1]");
        }
        return point;
    }
}
