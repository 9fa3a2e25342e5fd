package sluice.gating.exact;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;

/** A mean loss at all 2^n gate configurations: exact expectations under independent gates. */
public final class Enumeration {
    /** Most gates that are enumerated: a million configurations. */
    public static final int MOST_GATES = 20;

    private final int units;
    private final double[] losses;

    /**
     * Computes the loss of each configuration.
     *
     * @param loss of at most {@value #MOST_GATES} gates
     * @throws IllegalArgumentException if it has more
     */
    public Enumeration(GatedLoss loss) {
        units = loss.units();
        checkArgument(
                units <= MOST_GATES,
                "enumeration of 2^%s configurations: %s gates; at most %s",
                units,
                units,
                MOST_GATES);
        losses = new double[1 << units];
        double[] gates = new double[units];
        for (int code = 0; code < losses.length; code++) {
            configure(code, gates);
            losses[code] = loss.loss(gates);
        }
    }

    /** Sets gates to the configuration with this number: its binary digits, gate 0 most significant. */
    static void configure(int code, double[] gates) {
        for (int i = 0; i < gates.length; i++) {
            gates[i] = code >> (gates.length - 1 - i) & 1;
        }
    }

    /**
     * @return mean loss of each configuration [2^units]; its index has the gates for binary digits, gate 0 most
     *     significant
     */
    public double[] losses() {
        return losses.clone();
    }

    /**
     * @param gates as many as the loss has
     * @return E[L]
     */
    public double expectedLoss(Gates gates) {
        return expectedLoss(gates.probabilities());
    }

    /** Takes the expectation over one gate after another, which halves what is left each time. */
    private double expectedLoss(double[] probabilities) {
        double[] expected = losses;
        double[] target = new double[losses.length / 2];
        int left = losses.length;
        for (double p : probabilities) {
            left /= 2;
            for (int code = 0; code < left; code++) {
                target[code] = (1 - p) * expected[code] + p * expected[code + left];
            }
            expected = target;
        }
        return expected[0];
    }

    private double expectedLossGiven(double[] probabilities, int unit, double gate) {
        double[] given = probabilities.clone();
        given[unit] = gate;
        return expectedLoss(given);
    }

    /**
     * @param gates as many as the loss has
     * @return {@code dE[L]/da_i = p_i' (E[L | h_i = 1] - E[L | h_i = 0])} [units]
     */
    public double[] gradient(Gates gates) {
        double[] probabilities = gates.probabilities();
        double[] gradient = new double[units];
        Arrays.setAll(
                gradient,
                i -> gates.activation().derivative(gates.logits()[i], gates.slope())
                        * (expectedLossGiven(probabilities, i, 1) - expectedLossGiven(probabilities, i, 0)));
        return gradient;
    }

    /**
     * The baselines that give score times centred loss the least variance, one per gate (Bengio, Léonard and Courville
     * 2013).
     *
     * @param gates as many as the loss has
     * @return {@code (1 - p_i) E[L | h_i = 1] + p_i E[L | h_i = 0]} [units]
     */
    public double[] baselines(Gates gates) {
        double[] probabilities = gates.probabilities();
        double[] baselines = new double[units];
        Arrays.setAll(
                baselines,
                i -> (1 - probabilities[i]) * expectedLossGiven(probabilities, i, 1)
                        + probabilities[i] * expectedLossGiven(probabilities, i, 0));
        return baselines;
    }
}
