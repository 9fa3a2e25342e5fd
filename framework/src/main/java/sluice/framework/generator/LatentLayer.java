package sluice.framework.generator;

import static com.google.common.base.Preconditions.checkArgument;

import sluice.gating.BinaryNeuron;
import sluice.gating.GateLayout;
import sluice.gating.Granularity;

/**
 * A layer of discrete latent variables.
 *
 * @param variables how many, at least 1
 * @param choices values of each: 1 for Bernoulli units, which are 0 or 1; K of at least 2 for categorical variables, each
 *     given as a one-hot run of K units
 */
public record LatentLayer(int variables, int choices) {
    /** Most units of a layer. */
    public static final int MOST_UNITS = 10_000;

    /** Checks the ranges. */
    public LatentLayer {
        checkArgument(variables >= 1, "a latent layer must have at least 1 variable, got %s", variables);
        checkArgument(choices >= 1, "choices must be at least 1, got %s", choices);
        checkArgument(
                (long) variables * choices <= MOST_UNITS,
                "a latent layer has at most %s units, got %s x %s",
                MOST_UNITS,
                variables,
                choices);
    }

    /**
     * {@return a layer of binary units}
     *
     * @param units how many, at least 1
     */
    public static LatentLayer bernoulli(int units) {
        return new LatentLayer(units, 1);
    }

    /**
     * {@return a layer of categorical variables}
     *
     * @param variables how many, at least 1
     * @param choices K, values of each, at least 2
     */
    public static LatentLayer categorical(int variables, int choices) {
        checkArgument(choices >= 2, "a categorical variable has at least 2 values, got %s", choices);
        return new LatentLayer(variables, choices);
    }

    /** {@return units, by which a network sees the layer} */
    public int units() {
        return variables * choices;
    }

    /** {@return whether its variables choose one of several} */
    public boolean isCategorical() {
        return choices > 1;
    }

    /** {@return values that a variable has: 2 for Bernoulli units} */
    public int values() {
        return isCategorical() ? choices : 2;
    }

    /**
     * {@return the layer as its estimator sees it}
     *
     * @param samples of it, at least 1
     */
    public GateLayout layout(int samples) {
        return new GateLayout(
                BinaryNeuron.STOCHASTIC_SIGMOID,
                Granularity.PER_EXAMPLE,
                units(),
                samples,
                choices,
                GateLayout.Logits.PER_EXAMPLE);
    }

    /** {@return what it is called in reports: {@code 200} or {@code 20x10}} */
    @Override
    public String toString() {
        return isCategorical() ? variables + "x" + choices : String.valueOf(variables);
    }
}
