package sluice.gating;

/**
 * The weight eta of a control variate, tuned to the least variance of {@code g0 + eta g1}: minus the ratio of running
 * averages of {@code g0 . g1} and {@code g1 . g1}. Used first and updated afterwards.
 */
final class TunedWeight {
    private final double decay;
    private double eta;
    private double cross;
    private double square;
    private double newCross;
    private double newSquare;

    /**
     * @param eta to start from
     * @param decay of the running averages; 1 leaves eta as it is
     */
    TunedWeight(double eta, double decay) {
        this.eta = eta;
        this.decay = decay;
    }

    /** One coordinate of the estimate, from g0 and g1. */
    double estimate(double plain, double variate) {
        newCross += plain * variate;
        newSquare += variate * variate;
        return plain + eta * variate;
    }

    void state(RunningState state) {
        eta = state.number("eta", eta);
        cross = state.number("cross", cross);
        square = state.number("square", square);
    }

    /** Updates eta by the estimates since. */
    void learn() {
        if (square == 0) {
            // as if the start had been measured on the first sample
            square = newSquare;
            cross = -eta * newSquare;
        }
        square = decay * square + (1 - decay) * newSquare;
        cross = decay * cross + (1 - decay) * newCross;
        if (square > 0) {
            eta = -cross / square;
        }
        newCross = 0;
        newSquare = 0;
    }
}
