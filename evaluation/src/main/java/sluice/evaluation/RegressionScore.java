package sluice.evaluation;

/** What is told of predicted numbers. */
public enum RegressionScore {
    /** Root of the mean squared error, in the target's units; less is better. */
    RMSE("rmse"),
    /**
     * Coefficient of determination: 1 less the squared errors over those of the test rows' own mean. At most 1; 0 is no better than that
     * mean, and below 0 worse.
     */
    R2("r2");

    private final String key;

    RegressionScore(String key) {
        this.key = key;
    }

    /** {@return its name at the beginning of those of metrics} */
    String key() {
        return key;
    }
}
