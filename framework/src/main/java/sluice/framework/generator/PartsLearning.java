package sluice.framework.generator;

import sluice.framework.internal.kernel.Lane;
import sluice.framework.optimizer.ParameterUpdate;
import sluice.gating.Progress;

/** What learns in a step of {@link GeneratorTraining}: all of the parts that the pass runs on, or what these are taken from. */
interface PartsLearning {
    /** Takes up untrained parts; before the first step. */
    void begin(GeneratorParts parts);

    /** Before the pass of a step: what takes part in it. */
    void draw(Progress progress);

    /**
     * After the pass of a step, once gradients are formed.
     *
     * @param loss the mean of what the step made small
     */
    void answer(double loss);

    /**
     * Moves what learns.
     *
     * @param step counted from 1
     */
    void move(Lane lane, ParameterUpdate update, long step);
}
