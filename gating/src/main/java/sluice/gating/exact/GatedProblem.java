package sluice.gating.exact;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import sluice.gating.GateActivation;

/**
 * A loss with the logits at which estimators are measured on it.
 *
 * @param name for reports
 * @param loss of gates
 * @param logits a [units] of gates with the sigmoid
 * @param hardLogits a [units] of gates with the hard sigmoid
 */
public record GatedProblem(String name, GatedLoss loss, double[] logits, double[] hardLogits) {
    private static final double RANDOM_LOGIT = 2;
    /** Takes logits of [-2, 2] into [-0.9, 0.9], where the hard sigmoid is not flat. */
    private static final double HARD_SCALE = 0.45;

    /** Checks that there is a logit per gate. */
    public GatedProblem {
        checkArgument(
                logits.length == loss.units() && hardLogits.length == loss.units(),
                "logits must be one per gate: %s, got %s and %s",
                loss.units(),
                logits.length,
                hardLogits.length);
    }

    /**
     * A random network, see {@link NetworkLoss#random}, with logits uniform in [-2, 2] ([-0.9, 0.9] for the hard
     * sigmoid).
     *
     * @param name for reports
     * @param units gates, at least 1
     * @param random where the numbers come from
     * @return the problem
     */
    public static GatedProblem random(String name, int units, RandomGenerator random) {
        NetworkLoss loss = NetworkLoss.random(units, random);
        double[] logits = random.doubles(units, -RANDOM_LOGIT, RANDOM_LOGIT).toArray();
        return new GatedProblem(
                name,
                loss,
                logits,
                Arrays.stream(logits).map(a -> HARD_SCALE * a).toArray());
    }

    /**
     * @param activation sigmoid or hard sigmoid
     * @return the gates with this activation and slope 1
     */
    public Gates gates(GateActivation activation) {
        return new Gates(
                activation,
                1,
                switch (activation) {
                    case SIGMOID -> logits;
                    case HARD_SIGMOID -> hardLogits;
                });
    }
}
