package sluice.framework.cli;

import java.util.OptionalDouble;
import sluice.evaluation.Figures;
import sluice.evaluation.regression.RegressionCell;
import sluice.evaluation.regression.RegressionMatrix;
import sluice.evaluation.regression.RegressionReport;

/** Rows of errors as lines, for progress. */
record ErrorRows(RegressionMatrix errors) {
    /** Of a table that is not printed. */
    private static final int WIDTH = 80;

    /** RMSE of each task after one was learned; of many tasks, that of the one learned and the mean of what is measured. */
    String line(int afterTask) {
        if (errors.tasks().size() <= ConsoleProgress.MOST_SHOWN) {
            return named(RegressionReport.table(errors, WIDTH).row(afterTask));
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
        return named(own + measured);
    }

    private String named(String row) {
        return errors.isTested() ? "RMSE " + row : row;
    }
}
