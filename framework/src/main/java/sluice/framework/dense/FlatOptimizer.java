package sluice.framework.dense;

import java.util.Arrays;
import sluice.framework.Optimizer;
import sluice.framework.ParameterUpdate;

/** An optimiser with its moments, for parameters in a flat array. One owner. */
public final class FlatOptimizer {
    private final ParameterUpdate update;
    private final float[] first;
    private final float[] second;
    private long steps;

    /**
     * @param optimizer the rule
     * @param parameters how many it moves
     */
    public FlatOptimizer(Optimizer optimizer, int parameters) {
        this.update = ParameterUpdate.of(optimizer);
        this.first = new float[update.moments() >= 1 ? parameters : 0];
        this.second = new float[update.moments() >= 2 ? parameters : 0];
    }

    /** Begins anew: no moments, no steps. */
    public void reset() {
        steps = 0;
        Arrays.fill(first, 0);
        Arrays.fill(second, 0);
    }

    /**
     * Moves all parameters by one step.
     *
     * @param parameters overwritten
     * @param gradient of the same length
     */
    public void step(float[] parameters, float[] gradient) {
        steps++;
        update.beginStep(steps, 1);
        update.move(parameters, first, second, gradient, parameters.length);
    }
}
