package sluice.framework.gates;

import sluice.framework.internal.state.State;

/**
 * Adam (Kingma and Ba 2015, algorithm 1) in double precision for gate logits, with its authors' constants and without weight
 * decay. Moments begin with 0; those of a logit that is never moved stay there. One owner.
 */
public final class LogitAdam {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final double learningRate;
    private final double[] first;
    private final double[] second;
    private double rate;
    private double rootCorrection;

    /**
     * An optimiser at its first step.
     *
     * @param learningRate step size, above 0
     * @param logits how many there are
     */
    public LogitAdam(double learningRate, int logits) {
        this.learningRate = learningRate;
        this.first = new double[logits];
        this.second = new double[logits];
    }

    /**
     * Begins a step.
     *
     * @param step counted from 1
     */
    public void beginStep(long step) {
        rate = learningRate / (1 - Math.pow(BETA1, (double) step));
        rootCorrection = 1 / Math.sqrt(1 - Math.pow(BETA2, (double) step));
    }

    /**
     * Tells its moments.
     *
     * @param state keeps them, or gives what was kept
     */
    public void state(State state) {
        state.doubles("first", first);
        state.doubles("second", second);
    }

    /**
     * Moves one logit, at most once a step.
     *
     * @param index which one, from 0
     * @param logit its value
     * @param gradient of the loss with respect to it
     * @return its new value
     */
    public double moved(int index, double logit, double gradient) {
        first[index] = BETA1 * first[index] + (1 - BETA1) * gradient;
        second[index] = BETA2 * second[index] + (1 - BETA2) * gradient * gradient;
        return logit - rate * first[index] / (Math.sqrt(second[index]) * rootCorrection + EPSILON);
    }
}
