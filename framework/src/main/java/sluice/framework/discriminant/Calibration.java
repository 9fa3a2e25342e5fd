package sluice.framework.discriminant;

import sluice.framework.internal.state.State;
import sluice.framework.predict.internal.discriminant.Posterior;

/**
 * How sure scores are: the posterior is the softmax of scores times a scale (the inverse temperature of Guo et al. 2017).
 * The scale is that of a grid which made held-out examples most likely; of each task's, only their log-likelihoods by
 * scale are kept, and count half as much with every further task, since a model of fewer classes is sure of other things.
 * Mutable.
 */
final class Calibration {
    private static final double LEAST = 0.01;
    private static final double MOST = 2;
    private static final int GRID = 48;

    private final double[] losses = new double[GRID];
    private double examples;

    private static double scale(int index) {
        return LEAST * Math.pow(MOST / LEAST, index / (GRID - 1.0));
    }

    void state(State state) {
        state.doubles("losses", losses);
        examples = state.number("examples", examples);
    }

    /** Lets what is known count half from here on. */
    void nextTask() {
        for (int g = 0; g < GRID; g++) {
            losses[g] /= 2;
        }
        examples /= 2;
    }

    /**
     * Adds held-out examples of the task.
     *
     * @param posterior turns scores into probabilities
     * @param scores [count, components], row-major
     * @param outputs the right output of each example
     * @param count of examples
     */
    void add(Posterior posterior, double[] scores, int[] outputs, int count) {
        double[] probabilities = new double[posterior.outputs()];
        for (int g = 0; g < GRID; g++) {
            for (int e = 0; e < count; e++) {
                posterior.write(scores, e, scale(g), probabilities);
                losses[g] -= Math.log(Math.max(probabilities[outputs[e]], Double.MIN_NORMAL));
            }
        }
        examples += count;
    }

    /** The best scale so far: 1 where no example told, the larger of equals. */
    double scale() {
        if (examples == 0) {
            return 1;
        }
        int best = 0;
        for (int g = 1; g < GRID; g++) {
            best = losses[g] <= losses[best] ? g : best;
        }
        return scale(best);
    }

    /** The mean negative log-likelihood of the held-out examples at the best scale. */
    double loss() {
        double least = Double.POSITIVE_INFINITY;
        for (double loss : losses) {
            least = Math.min(least, loss);
        }
        return least / examples;
    }

    /** Bytes kept. */
    static long bytes() {
        return (long) GRID * Double.BYTES;
    }
}
