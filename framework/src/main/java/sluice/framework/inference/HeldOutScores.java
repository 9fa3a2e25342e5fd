package sluice.framework.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import sluice.framework.internal.state.State;

/**
 * How one density did on training examples that were held out of a task when it was learned: figures, and no example. Mutable.
 */
final class HeldOutScores {
    /** Scales that scores are multiplied by before they are probabilities (Guo et al. 2017), each half of the one before. */
    private static final int SCALES = 16;

    /** What an example whose task is ruled out costs at the most. */
    private static final double MOST_LOSS = 25;

    /** What is left for examples that fit worse than all that were held out. */
    private static final double TAIL = 0.001;

    /** Quantiles of how well its own examples fit a task. */
    static final int QUANTILES = 33;

    private final double[] losses = new double[SCALES];
    private final List<double[]> quantiles = new ArrayList<>();
    private long right;
    private long asked;

    /** Adds an example of the task at a place, by its scores; tasks before it are known, too. */
    void add(double[] scores, int place) {
        asked++;
        right += largest(scores) == place ? 1 : 0;
        for (int g = 0; g < SCALES; g++) {
            losses[g] += Math.min(MOST_LOSS, -Math.log(probability(scores, place, scale(g))));
        }
    }

    /** Tells how well the next task's own examples fit it. */
    void fits(double[] likelihoods) {
        double[] sorted = likelihoods.clone();
        Arrays.sort(sorted);
        double[] kept = new double[QUANTILES];
        for (int q = 0; q < QUANTILES; q++) {
            kept[q] = sorted[(int) Math.round(q * (sorted.length - 1.0) / (QUANTILES - 1))];
        }
        quantiles.add(kept);
    }

    private static double scale(int index) {
        return Math.pow(2, -index);
    }

    /** By which held-out examples were the likeliest; the smaller of equals. */
    double scale() {
        int best = SCALES - 1;
        for (int g = SCALES - 1; g >= 0; g--) {
            best = losses[g] < losses[best] ? g : best;
        }
        return asked == 0 ? 1 : scale(best);
    }

    long right() {
        return right;
    }

    long asked() {
        return asked;
    }

    /** By task: how well its held-out examples fit it, ascending. */
    List<double[]> quantiles() {
        return quantiles;
    }

    /** The first of the largest. */
    static int largest(double[] scores) {
        int best = 0;
        for (int t = 1; t < scores.length; t++) {
            best = scores[t] > scores[best] ? t : best;
        }
        return best;
    }

    /** The softmax of scores times a scale. */
    static double probability(double[] scores, int of, double scale) {
        double sum = 0;
        for (double score : scores) {
            if (score != Double.NEGATIVE_INFINITY) {
                sum += Math.exp(scale * (score - scores[of]));
            }
        }
        return scores[of] == Double.NEGATIVE_INFINITY ? 0 : 1 / sum;
    }

    /**
     * The share of a task's held-out examples that fit it no better, in [0, 1]. What fits worse than all of them is less than {@link #TAIL},
     * the less the worse it fits: strangers can be told apart where no threshold can be any lower.
     */
    static double typicality(double[] quantiles, double likelihood) {
        int above = 0;
        while (above < quantiles.length && quantiles[above] <= likelihood) {
            above++;
        }
        if (above == 0) {
            double spread = quantiles[quantiles.length / 2] - quantiles[0];
            double behind = quantiles[0] - likelihood;
            return TAIL * spread / (spread + behind);
        }
        if (above == quantiles.length) {
            return 1;
        }
        double below = quantiles[above - 1];
        double part = (likelihood - below) / (quantiles[above] - below);
        return TAIL + (1 - TAIL) * (above - 1 + part) / (quantiles.length - 1);
    }

    void state(State state, int tasks) {
        state.doubles("losses", losses);
        right = state.count("right", right);
        asked = state.count("asked", asked);
        for (int task = 0; task < tasks; task++) {
            if (task == quantiles.size()) {
                quantiles.add(new double[QUANTILES]);
            }
            state.doubles("quantiles-" + task, quantiles.get(task));
        }
    }
}
