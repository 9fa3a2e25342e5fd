package sluice.gating.exact;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;

/**
 * A mean loss at all gate configurations: exact expectations. Independent gates are open or closed, 2^n configurations;
 * gates that choose one of each run of K are one-hot, K^(n/K) configurations. A gate, or a run of K, is a <i>digit</i>
 * of the configuration's number, to the base of 2 or K, the first digit most significant.
 */
public final class Enumeration {
    /** Most independent gates that are enumerated: a million configurations. */
    public static final int MOST_GATES = 20;

    private final int units;
    private final int choices;
    private final int base;
    private final double[] losses;

    /**
     * Computes the loss of each configuration of independent gates.
     *
     * @param loss of at most {@value #MOST_GATES} gates
     * @throws IllegalArgumentException if it has more
     */
    public Enumeration(GatedLoss loss) {
        this(loss, 1);
    }

    /**
     * Computes the loss of each configuration.
     *
     * @param loss of at most {@value #MOST_GATES} gates, or of as many as have no more configurations
     * @param choices 1 for independent gates, else K; a divisor of the loss's gates
     * @throws IllegalArgumentException if it has more
     */
    public Enumeration(GatedLoss loss, int choices) {
        this.units = loss.units();
        this.choices = choices;
        this.base = base(choices);
        int digits = units / choices;
        int most = (int) (MOST_GATES / log2(base));
        checkArgument(
                digits <= most,
                "enumeration of %s^%s configurations: %s gates; at most %s",
                base,
                digits,
                units,
                most * choices);
        losses = new double[(int) Math.pow(base, digits)];
        double[] gates = new double[units];
        for (int code = 0; code < losses.length; code++) {
            configure(code, choices, gates);
            losses[code] = loss.loss(gates);
        }
    }

    private static double log2(int number) {
        return Math.log(number) / Math.log(2);
    }

    private static int base(int choices) {
        return Math.max(2, choices);
    }

    /** Sets gates to the configuration with this number. */
    static void configure(int code, int choices, double[] gates) {
        int left = code;
        for (int from = gates.length - choices; from >= 0; from -= choices) {
            int digit = left % base(choices);
            left /= base(choices);
            for (int i = 0; i < choices; i++) {
                gates[from + i] = digit == (choices == 1 ? 1 : i) ? 1 : 0;
            }
        }
    }

    /** {@return mean loss of each configuration, by its number} */
    public double[] losses() {
        return losses.clone();
    }

    /**
     * {@return E[L]}
     *
     * @param gates of the enumerated kind, as many as the loss has
     */
    public double expectedLoss(Gates gates) {
        return expectedLoss(outcomes(gates));
    }

    /** The probability of each value of each digit. */
    private double[][] outcomes(Gates gates) {
        checkArgument(
                gates.choices() == choices && gates.logits().length == units,
                "enumerated were %s gates of choices %s, not %s of choices %s",
                units,
                choices,
                gates.logits().length,
                gates.choices());
        double[] p = gates.probabilities();
        double[][] outcomes = new double[units / choices][];
        Arrays.setAll(
                outcomes,
                digit -> choices == 1
                        ? new double[] {1 - p[digit], p[digit]}
                        : Arrays.copyOfRange(p, digit * choices, (digit + 1) * choices));
        return outcomes;
    }

    /** Takes the expectation over one digit after another, which divides what is left by the base each time. */
    private double expectedLoss(double[][] outcomes) {
        double[] expected = losses;
        double[] target = new double[losses.length / base];
        int left = losses.length;
        for (double[] probabilities : outcomes) {
            left /= base;
            for (int code = 0; code < left; code++) {
                double sum = 0;
                for (int value = 0; value < base; value++) {
                    sum += probabilities[value] * expected[code + value * left];
                }
                target[code] = sum;
            }
            expected = target;
        }
        return expected[0];
    }

    /** E[L] given the value of one digit. */
    private double expectedLossGiven(double[][] outcomes, int digit, int value) {
        double[][] given = outcomes.clone();
        given[digit] = new double[base];
        given[digit][value] = 1;
        return expectedLoss(given);
    }

    /**
     * {@return dE[L]/da [units]: {@code p_i' (E[L | h_i = 1] - E[L | h_i = 0])} for independent gates, {@code s pi_i
     * (E[L | h_i = 1] - E[L])} for choices}
     *
     * @param gates of the enumerated kind, as many as the loss has
     */
    public double[] gradient(Gates gates) {
        double[][] outcomes = outcomes(gates);
        double[] gradient = new double[units];
        if (choices == 1) {
            Arrays.setAll(
                    gradient,
                    i -> gates.activation().derivative(gates.logits()[i], gates.slope())
                            * (expectedLossGiven(outcomes, i, 1) - expectedLossGiven(outcomes, i, 0)));
        } else {
            double mean = expectedLoss(outcomes);
            Arrays.setAll(
                    gradient,
                    i -> gates.slope()
                            * outcomes[i / choices][i % choices]
                            * (expectedLossGiven(outcomes, i / choices, i % choices) - mean));
        }
        return gradient;
    }

    /**
     * The baselines that give score times centred loss the least variance, one per gate (Bengio, Léonard and Courville
     * 2013).
     *
     * @param gates independent, as many as the loss has
     * @return {@code (1 - p_i) E[L | h_i = 1] + p_i E[L | h_i = 0]} [units]
     */
    public double[] baselines(Gates gates) {
        checkArgument(choices == 1, "baselines are for independent gates, these choose one of %s", choices);
        double[][] outcomes = outcomes(gates);
        double[] baselines = new double[units];
        Arrays.setAll(
                baselines,
                i -> outcomes[i][0] * expectedLossGiven(outcomes, i, 1)
                        + outcomes[i][1] * expectedLossGiven(outcomes, i, 0));
        return baselines;
    }
}
