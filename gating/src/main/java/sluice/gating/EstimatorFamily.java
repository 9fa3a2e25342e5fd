package sluice.gating;

/** What estimators have in common. */
public enum EstimatorFamily {
    /** A binary gate, and a derivative that stands in for its sampling. */
    STRAIGHT_THROUGH("straight-through"),
    /** The score of the sample times losses. */
    SCORE("score function"),
    /** The score times losses, less a control variate of known mean. */
    CONTROL_VARIATE("control variate"),
    /** A gate that is not binary, through which ordinary backpropagation goes. */
    RELAXED("relaxed");

    private final String words;

    EstimatorFamily(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
