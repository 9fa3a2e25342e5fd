package sluice.evaluation.report;

import sluice.evaluation.Figures;
import sluice.evaluation.ForgettingDefinition;
import sluice.evaluation.ForgettingMetric;
import sluice.evaluation.Metric;
import sluice.evaluation.RegressionMetric;
import sluice.evaluation.RegressionScore;
import sluice.evaluation.run.RunFile;

/** What the matrices of a report are made of. */
enum ReportScore {
    /** Shares of test examples that are answered right. */
    ACCURACY("Accuracy", ForgettingMetric.ACC, RunFile.MATRIX),
    /** Errors of predicted numbers, in units of their target. */
    RMSE("RMSE", RegressionMetric.RMSE, RunFile.ERRORS);

    private final String title;
    private final Metric metric;
    private final String file;

    ReportScore(String title, Metric metric, String file) {
        this.title = title;
        this.metric = metric;
        this.file = file;
    }

    /** The name at the beginning of a line. */
    String title() {
        return title;
    }

    /** The name within a line. */
    String word() {
        return this == ACCURACY ? "accuracy" : title;
    }

    /** Its mean over the tasks after the last. */
    Metric metric() {
        return metric;
    }

    /** What was forgotten of it, as a definition has it. */
    Metric forgetting(ForgettingDefinition definition) {
        return this == ACCURACY ? definition : new RegressionMetric(RegressionScore.RMSE, definition);
    }

    /** The file that has all of it. */
    String file() {
        return file;
    }

    String text(double value) {
        return this == ACCURACY ? Figures.fourDecimals(value) : Figures.fiveDigits(value);
    }
}
