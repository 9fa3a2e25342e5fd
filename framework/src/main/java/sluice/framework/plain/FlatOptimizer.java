package sluice.framework.plain;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import sluice.framework.internal.state.OutputRows;
import sluice.framework.internal.state.State;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.ParameterUpdate;

/** An optimiser with its moments, for parameters in a flat array. One owner. */
public final class FlatOptimizer implements ParameterMove {
    private final ParameterUpdate update;
    private final double largestNorm;
    private final float[][] moments;
    private long steps;

    /**
     * An optimiser that takes gradients of any norm.
     *
     * @param optimizer the rule
     * @param parameters how many it moves
     */
    public FlatOptimizer(Optimizer optimizer, int parameters) {
        this(optimizer, Double.POSITIVE_INFINITY, parameters);
    }

    /**
     * An optimiser that scales large gradients down.
     *
     * @param optimizer the rule
     * @param largestNorm what a gradient's norm is scaled down to, above 0; infinity for no bound
     * @param parameters how many it moves
     */
    public FlatOptimizer(Optimizer optimizer, double largestNorm, int parameters) {
        checkArgument(largestNorm > 0, "largestNorm must be above 0, got %s", largestNorm);
        this.largestNorm = largestNorm;
        this.update = optimizer.begin();
        this.moments = new float[update.moments()][parameters];
    }

    /** Takes over steps and moments of another of the same rule: its parameters of those places are all of this one's. */
    void takeOver(FlatOptimizer other, int[] places) {
        steps = other.steps;
        for (int m = 0; m < moments.length; m++) {
            for (int p = 0; p < places.length; p++) {
                moments[m][p] = other.moments[m][places[p]];
            }
        }
    }

    /**
     * Tells moments and steps.
     *
     * @param state keeps them, or gives what was kept
     */
    public void state(State state) {
        steps = state.count("steps", steps);
        for (int i = 0; i < moments.length; i++) {
            state.floats("moment-" + (i + 1), moments[i]);
        }
    }

    /**
     * Tells moments and steps of parameters that lie so.
     *
     * @param state keeps them, or gives what was kept
     * @param form of the parameters
     */
    public void state(State state, OutputRows form) {
        steps = state.count("steps", steps);
        for (int i = 0; i < moments.length; i++) {
            state.floats("moment-" + (i + 1), moments[i], form);
        }
    }

    /** Begins anew: no moments, no steps. */
    public void reset() {
        steps = 0;
        for (float[] moment : moments) {
            Arrays.fill(moment, 0);
        }
    }

    /**
     * Moves all parameters by one step.
     *
     * @param parameters overwritten
     * @param gradient of the same length; scaled down where its norm is too large
     */
    public void step(float[] parameters, float[] gradient) {
        step(parameters, gradient, 1);
    }

    /**
     * Moves all parameters by one step.
     *
     * @param parameters overwritten
     * @param gradient of the same length; scaled down where its norm is too large
     * @param factor what the learning rate is multiplied by, above 0
     */
    public void step(float[] parameters, float[] gradient, double factor) {
        beginStep(gradient, factor);
        move(parameters, gradient, 0, parameters.length);
    }

    /**
     * Begins a step, in which {@link #move} is given every parameter once.
     *
     * @param gradient of all parameters; scaled down where its norm is too large
     * @param factor what the learning rate is multiplied by, above 0
     */
    public void beginStep(float[] gradient, double factor) {
        if (largestNorm < Double.POSITIVE_INFINITY) {
            clip(gradient);
        }
        steps++;
        update.beginStep(steps, factor);
    }

    @Override
    public void move(float[] parameters, float[] gradient, int from, int to) {
        update.move(parameters, moments, gradient, from, to);
    }

    private void clip(float[] gradient) {
        double squares = 0;
        for (float g : gradient) {
            squares += (double) g * g;
        }
        double norm = Math.sqrt(squares);
        if (norm > largestNorm) {
            float scale = (float) (largestNorm / norm);
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] *= scale;
            }
        }
    }
}
