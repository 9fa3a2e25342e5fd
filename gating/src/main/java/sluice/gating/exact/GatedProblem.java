package sluice.gating.exact;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import sluice.gating.GateActivation;

/**
 * A loss with the gates at which estimators are measured on it.
 *
 * @param name for reports
 * @param loss of gates
 * @param gates at least one kind, of the same choices; an estimator is measured at the first that it serves
 */
public record GatedProblem(String name, GatedLoss loss, List<Gates> gates) {
    private static final double RANDOM_LOGIT = 2;
    /** Takes logits of [-2, 2] into [-0.9, 0.9], where the hard sigmoid is not flat. */
    private static final double HARD_SCALE = 0.45;

    /** Checks that there is a logit per gate. */
    public GatedProblem {
        gates = ImmutableList.copyOf(gates);
        checkArgument(!gates.isEmpty(), "a problem has gates of at least one kind");
        int choices = gates.get(0).choices();
        for (Gates kind : gates) {
            checkArgument(
                    kind.logits().length == loss.units(),
                    "logits must be one per gate: %s, got %s",
                    loss.units(),
                    kind.logits().length);
            checkArgument(kind.choices() == choices, "choices must be equal, got %s and %s", choices, kind.choices());
        }
    }

    /**
     * Independent gates of slope 1.
     *
     * @param name for reports
     * @param loss of gates
     * @param logits a [units] of gates with the sigmoid
     * @param hardLogits a [units] of gates with the hard sigmoid
     * @return the problem
     */
    public static GatedProblem independent(String name, GatedLoss loss, double[] logits, double[] hardLogits) {
        return new GatedProblem(
                name,
                loss,
                List.of(
                        new Gates(GateActivation.SIGMOID, 1, logits),
                        new Gates(GateActivation.HARD_SIGMOID, 1, hardLogits)));
    }

    /**
     * Gates of slope 1 of which one of each run is open.
     *
     * @param name for reports
     * @param loss of gates
     * @param choices K, at least 2; a divisor of units
     * @param logits a [units]
     * @return the problem
     */
    public static GatedProblem choices(String name, GatedLoss loss, int choices, double[] logits) {
        return new GatedProblem(name, loss, List.of(new Gates(GateActivation.SIGMOID, 1, logits, choices)));
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
        double[] logits = randomLogits(units, random);
        return independent(
                name,
                loss,
                logits,
                Arrays.stream(logits).map(a -> HARD_SCALE * a).toArray());
    }

    /**
     * The same with choices.
     *
     * @param name for reports
     * @param units gates, at least 1
     * @param choices K, at least 2; a divisor of units
     * @param random where the numbers come from
     * @return the problem
     */
    public static GatedProblem randomChoices(String name, int units, int choices, RandomGenerator random) {
        return choices(name, NetworkLoss.random(units, random), choices, randomLogits(units, random));
    }

    private static double[] randomLogits(int units, RandomGenerator random) {
        return random.doubles(units, -RANDOM_LOGIT, RANDOM_LOGIT).toArray();
    }

    /** {@return 1 for independent gates, else K: one of each run of K gates is open} */
    public int choices() {
        return gates.get(0).choices();
    }

    /**
     * {@return the loss at all configurations of such gates}
     *
     * @throws IllegalArgumentException if there are more than {@link Enumeration} takes
     */
    public Enumeration enumeration() {
        return new Enumeration(loss, choices());
    }
}
