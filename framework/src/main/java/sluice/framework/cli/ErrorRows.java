package sluice.framework.cli;

import com.google.common.collect.ImmutableList;
import java.util.OptionalDouble;
import sluice.evaluation.Figures;
import sluice.evaluation.regression.RegressionCell;
import sluice.evaluation.regression.RegressionMatrix;
import sluice.evaluation.regression.RegressionReport;

/** Rows of errors as lines, for progress. */
record ErrorRows(RegressionMatrix errors) {
    /** RMSE of each task after one was learned; of many tasks, that of the one learned and the mean of what is measured. */
    ImmutableList<String> lines(int afterTask) {
        if (errors.tasks().size() <= ConsoleProgress.MOST_SHOWN) {
            return ImmutableList.of("RMSE " + RegressionReport.table(errors).row(afterTask));
        }
        OptionalDouble mean = errors.cells().row(afterTask).values().stream()
                .mapToDouble(RegressionCell::rmse)
                .average();
        String measured = mean.isEmpty() ? "" : ", mean of the row " + Figures.fiveDigits(mean.getAsDouble());
        String own = afterTask == 0
                ? "untrained"
                : "after " + afterTask + ": "
                        + errors.cell(afterTask, afterTask)
                                .map(cell -> Figures.fiveDigits(cell.rmse()))
                                .orElse("-");
        return ImmutableList.of("RMSE " + own + measured);
    }
}
