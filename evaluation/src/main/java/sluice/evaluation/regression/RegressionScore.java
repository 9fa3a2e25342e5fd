package sluice.evaluation.regression;

import sluice.evaluation.Metric;

/** What is told of predicted numbers. */
public enum RegressionScore {
    /** Root of the mean squared error, in the target's units; less is better. */
    RMSE(Metric.Better.LESS),
    /**
     * Coefficient of determination: 1 less the squared errors over those of the test rows' own mean. At most 1; 0 is no better than that
     * mean, and below 0 worse.
     */
    R2(Metric.Better.MORE);

    private final Metric.Better better;

    RegressionScore(Metric.Better better) {
        this.better = better;
    }

    /** {@return which values are better} */
    public Metric.Better better() {
        return better;
    }
}
