package sluice.gating;

/**
 * How far the loss at sampled gates is from its first-order Taylor expansion at their means,
 * {@code L(h) - L(p) - L'(p) (h - p)}, row by row, less a running mean of it. The mean of the past is used first and
 * updated afterwards.
 */
final class TaylorResidual {
    private final double decay;
    private final double[] shares;
    private double mean;
    private double weightedSum;
    private double weight;

    /**
     * @param decay of the running mean, in [0, 1]; 1 keeps it at 0
     * @param rows largest number of rows
     */
    TaylorResidual(double decay, int rows) {
        this.decay = decay;
        this.shares = new double[rows];
    }

    /** Takes up the answers at the sample and at the means. */
    void take(Probe sample, Probe means) {
        int rows = sample.rows();
        for (int row = 0; row < rows; row++) {
            shares[row] = (sample.losses()[row] - means.losses()[row]) / rows - linear(sample, means, row);
        }
    }

    private static double linear(Probe sample, Probe means, int row) {
        double[] gates = sample.gates();
        double[] at = means.gates();
        double[] upstream = means.upstream();
        double sum = 0;
        for (int i = row * means.units(); i < (row + 1) * means.units(); i++) {
            // a mean of 0 may come back without an answer
            sum += at[i] == 0 ? 0 : upstream[i] * (gates[i] - at[i]);
        }
        return sum;
    }

    /** A row's part of the mean residual, centred. */
    double share(int row, int rows) {
        return shares[row] - mean / rows;
    }

    void state(RunningState state) {
        mean = state.number("mean", mean);
        weightedSum = state.number("weightedSum", weightedSum);
        weight = state.number("weight", weight);
    }

    /** Updates the running mean. */
    void learn(int rows) {
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            sum += shares[row];
        }
        weightedSum = decay * weightedSum + (1 - decay) * sum;
        weight = decay * weight + (1 - decay);
        if (weight > 0) {
            mean = weightedSum / weight;
        }
    }
}
