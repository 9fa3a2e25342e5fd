package sluice.gating;

import java.util.Arrays;

/**
 * The learned part of RELAX's control variate, {@code sum_i w_i tanh(z_i)} of one row of gates: what it adds to the
 * estimate, and how w follows the gradient of the estimate's square (normalised least mean squares).
 */
final class Surrogate {
    private final double[] weights;
    private final double rate;
    private final double[] given;
    private final double[] paths;
    private final double[] scores;
    private final double[] estimates;
    private final double[] values;
    private final double[] slopes;

    /**
     * @param weights w [units] to start from
     * @param rate step of w
     * @param rows largest number of rows
     */
    Surrogate(double[] weights, double rate, int rows) {
        this.weights = weights.clone();
        this.rate = rate;
        this.given = new double[rows * weights.length];
        this.paths = new double[given.length];
        this.scores = new double[given.length];
        this.estimates = new double[given.length];
        this.values = new double[rows];
        this.slopes = new double[weights.length];
    }

    /** Forgets the last sample. */
    void begin() {
        Arrays.fill(values, 0);
    }

    /** Takes up one gate's noisy logit, that given the gate, and the latter's derivative. */
    void draw(int at, double noisyLogit, double givenLogit, double givenDerivative) {
        double atNoisy = Math.tanh(noisyLogit);
        given[at] = Math.tanh(givenLogit);
        paths[at] = (1 - atNoisy * atNoisy) - (1 - given[at] * given[at]) * givenDerivative;
        values[at / weights.length] += weights[at % weights.length] * given[at];
    }

    /** {@code -c(zt) (b - p) + dc(z)/da - dc(zt)/da} for one gate. */
    double estimate(int at, double score) {
        return weights[at % weights.length] * paths[at] - values[at / weights.length] * score;
    }

    /** Takes up what the whole estimate came to for one gate. */
    void note(int at, double estimate, double score) {
        estimates[at] = estimate;
        scores[at] = score;
    }

    void state(RunningState state) {
        state.doubles("surrogate", weights);
    }

    /** One step of w, from the rows of this sample. */
    void learn(int rows) {
        if (rate == 0) {
            return;
        }
        Arrays.fill(slopes, 0);
        double size = 0;
        for (int row = 0; row < rows; row++) {
            size += learnRow(row);
        }
        for (int i = 0; i < weights.length && size > 0; i++) {
            weights[i] -= rate * slopes[i] / size;
        }
    }

    private double learnRow(int row) {
        int from = row * weights.length;
        double estimateByScore = 0;
        double scoreSquares = 0;
        for (int at = from; at < from + weights.length; at++) {
            estimateByScore += estimates[at] * scores[at];
            scoreSquares += scores[at] * scores[at];
        }
        double size = 0;
        for (int i = 0, at = from; i < weights.length; i++, at++) {
            slopes[i] += estimates[at] * paths[at] - given[at] * estimateByScore;
            size += given[at] * given[at] * scoreSquares + paths[at] * (paths[at] - 2 * given[at] * scores[at]);
        }
        return size;
    }
}
