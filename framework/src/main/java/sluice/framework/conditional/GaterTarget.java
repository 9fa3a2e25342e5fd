package sluice.framework.conditional;

import static com.google.common.base.Preconditions.checkArgument;

/** What holds the gates of a gater to the share that is to be open, while it trains. */
public sealed interface GaterTarget {
    /** A multiplier on the mean open probability, which grows while that is above the share; see {@link sluice.gating.BudgetMultiplier}. */
    record Budget() implements GaterTarget {}

    /**
     * The cross-entropy of the share and each gate's mean probability over the mini-batch, summed over gates (Bengio, Léonard and
     * Courville 2013).
     *
     * @param weight factor on it, above 0
     */
    record KullbackLeibler(double weight) implements GaterTarget {
        /** Checks the range. */
        public KullbackLeibler {
            checkArgument(weight > 0 && Double.isFinite(weight), "weight must be above 0, got %s", weight);
        }
    }

    /**
     * The sum of gate values, for gates that have a size, such as noisy rectifiers (the same paper): its factor grows by a
     * share where more than 1 % too many gates are open, and shrinks where too few are.
     *
     * @param change by which share, in (0, 1)
     */
    record L1(double change) implements GaterTarget {
        /** Checks the range. */
        public L1 {
            checkArgument(change > 0 && change < 1, "change must be in (0, 1), got %s", change);
        }
    }

    /**
     * Batch-shaping (Bejnordi, Blankevoort and Welling 2020): over a mini-batch each gate's probabilities are to lie as a
     * Beta distribution has them, whose mean is the share, so that it is neither always open nor always closed.
     *
     * @param weight factor on the squared distance of the distribution functions, above 0
     * @param concentration sum of the distribution's parameters, above 0; below 2 it has its mass at both ends
     */
    record BatchShaping(double weight, double concentration) implements GaterTarget {
        /** Checks the ranges. */
        public BatchShaping {
            checkArgument(weight > 0 && Double.isFinite(weight), "weight must be above 0, got %s", weight);
            checkArgument(
                    concentration > 0 && Double.isFinite(concentration),
                    "concentration must be above 0, got %s",
                    concentration);
        }
    }
}
