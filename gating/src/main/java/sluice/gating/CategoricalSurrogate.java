package sluice.gating;

import java.util.Arrays;

/**
 * The learned part of RELAX's control variate for choices, {@code sum_i w_i y_i} of one row of relaxed gates: how w follows
 * the gradient of the estimate's square (normalised least mean squares). {@link Surrogate} is that of independent gates.
 */
final class CategoricalSurrogate {
    private final double[] weights;
    private final double rate;
    private final double[] given;
    private final ChoicePaths paths;
    private final double[] values;
    private final double[] slopes;
    private final double[] estimateByScore;
    private final double[] scoreSquares;
    private final double[] scorePaths;
    private double size;

    /**
     * @param weights w [units] to start from
     * @param rate step of w
     * @param given yt, gate by gate, for the largest number of rows
     * @param paths of the relaxed gates
     */
    CategoricalSurrogate(double[] weights, double rate, double[] given, ChoicePaths paths) {
        this.weights = weights.clone();
        this.rate = rate;
        this.given = given;
        this.paths = paths;
        this.values = new double[given.length / weights.length];
        this.slopes = new double[weights.length];
        this.estimateByScore = new double[values.length];
        this.scoreSquares = new double[values.length];
        this.scorePaths = new double[paths.choices()];
    }

    void state(RunningState state) {
        state.doubles("surrogate", weights);
    }

    /** Takes up what was drawn: each row's {@code w . yt}. */
    void take(int rows) {
        for (int row = 0, at = 0; row < rows; row++) {
            values[row] = 0;
            for (int i = 0; i < weights.length; i++, at++) {
                values[row] += weights[i] * given[at];
            }
        }
        Arrays.fill(slopes, 0);
        Arrays.fill(estimateByScore, 0);
        Arrays.fill(scoreSquares, 0);
        size = 0;
    }

    /** Adds {@code P w - (w . yt) score} for one run. */
    void addEstimate(int row, int at, int l, double[] scores, double[] to) {
        int unit = at % weights.length;
        for (int j = 0; j < scores.length; j++) {
            to[j] -= values[row] * scores[j];
        }
        paths.addRelaxed(at, weights, unit, to);
        paths.subtractGiven(at, l, weights, unit, to);
    }

    /** Takes up what the whole estimate came to for one run. */
    void note(int row, int at, int l, double[] estimates, double[] scores) {
        if (rate == 0) {
            return;
        }
        for (int j = 0; j < scores.length; j++) {
            estimateByScore[row] += estimates[j] * scores[j];
            scoreSquares[row] += scores[j] * scores[j];
        }
        paths.addTransposed(at, l, estimates, slopes, at % weights.length);
        Arrays.fill(scorePaths, 0);
        paths.addTransposed(at, l, scores, scorePaths, 0);
        size += paths.squares(at, l);
        for (int j = 0; j < scores.length; j++) {
            size -= 2 * given[at + j] * scorePaths[j];
        }
    }

    /** One step of w, from the rows of this sample. */
    void learn(int rows) {
        if (rate == 0) {
            return;
        }
        for (int row = 0, at = 0; row < rows; row++) {
            for (int i = 0; i < weights.length; i++, at++) {
                slopes[i] -= given[at] * estimateByScore[row];
                size += given[at] * given[at] * scoreSquares[row];
            }
        }
        for (int i = 0; i < weights.length && size > 0; i++) {
            weights[i] -= rate * slopes[i] / size;
        }
    }

    /** w [units]. */
    double[] weights() {
        return weights;
    }
}
