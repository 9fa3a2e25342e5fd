package sluice.evaluation.regression;

import sluice.evaluation.Metric;
import sluice.evaluation.RegressionMetric;

/** What is told of predicted numbers. */
public enum RegressionScore {
    /** Root of the mean squared error, in the target's units; less is better. */
    RMSE(RegressionMetric.Score.RMSE),
    /**
     * Coefficient of determination: 1 less the squared errors over those of the test rows' own mean. At most 1; 0 is no better than that
     * mean, and below 0 worse.
     */
    R2(RegressionMetric.Score.R2);

    private final RegressionMetric.Score inMetrics;

    RegressionScore(RegressionMetric.Score inMetrics) {
        this.inMetrics = inMetrics;
    }

    /** {@return which values are better} */
    public Metric.Better better() {
        return this == RMSE ? Metric.Better.LESS : Metric.Better.MORE;
    }

    /** {@return the score's place in metrics} */
    public RegressionMetric.Score inMetrics() {
        return inMetrics;
    }
}
