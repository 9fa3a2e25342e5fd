package sluice.framework.generator;

import java.util.random.RandomGenerator;
import sluice.framework.internal.state.State;

/** Draws the values of a layer of latents by their probabilities. */
final class LatentDraws {
    private final LatentLayer layer;
    private final RandomGenerator noise;

    LatentDraws(LatentLayer layer, RandomGenerator noise) {
        this.layer = layer;
        this.noise = noise;
    }

    /** Tells how far random numbers are. */
    void state(State state) {
        state.random("noise", noise);
    }

    /** Fills in 0 and 1; may overwrite what is not the probabilities themselves. */
    void draw(float[] probabilities, float[] into) {
        if (!layer.isCategorical()) {
            for (int i = 0; i < layer.units(); i++) {
                into[i] = noise.nextDouble() < probabilities[i] ? 1 : 0;
            }
            return;
        }
        int choices = layer.choices();
        for (int run = 0; run < layer.units(); run += choices) {
            int chosen = choice(probabilities, run, choices);
            for (int j = run; j < run + choices; j++) {
                into[j] = j == chosen ? 1 : 0;
            }
        }
    }

    private int choice(float[] probabilities, int run, int choices) {
        double left = noise.nextDouble();
        for (int j = run; j < run + choices - 1; j++) {
            left -= probabilities[j];
            if (left < 0) {
                return j;
            }
        }
        return run + choices - 1;
    }
}
