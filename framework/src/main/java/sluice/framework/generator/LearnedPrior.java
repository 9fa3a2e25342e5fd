package sluice.framework.generator;

import java.util.Arrays;
import sluice.framework.internal.state.State;
import sluice.framework.optimizer.ParameterUpdate;

/** Logits of latents before anything is seen, with their gradient. */
final class LearnedPrior {
    private final float[] logits;
    private final float[] gradient;
    private final float[][] moments;

    /**
     * A uniform prior.
     *
     * @param units 0 where there is none
     * @param running moments per parameter
     */
    LearnedPrior(int units, int running) {
        logits = new float[units];
        gradient = new float[units];
        moments = new float[Math.max(0, running)][units];
    }

    float[] logits() {
        return logits;
    }

    float[] gradient() {
        return gradient;
    }

    void clearGradient() {
        Arrays.fill(gradient, 0);
    }

    /** Tells logits and their moments. */
    void state(State state) {
        state.floats("logits", logits);
        for (int i = 0; i < moments.length; i++) {
            state.floats("moment-" + (i + 1), moments[i]);
        }
    }

    void move(ParameterUpdate update) {
        update.move(logits, moments, gradient, 0, logits.length);
    }
}
