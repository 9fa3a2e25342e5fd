package sluice.gating;

/**
 * How a gate's logit becomes its probability of being open, with slope {@code s > 0}: the argument is {@code s * a}.
 */
public enum GateActivation implements GateModel {
    /** {@code p = 1 / (1 + exp(-s a))}. */
    SIGMOID {
        @Override
        public double probability(double logit, double slope) {
            double x = slope * logit;
            // exp of a positive number would overflow to infinity for very negative logits
            if (x >= 0) {
                return 1 / (1 + Math.exp(-x));
            }
            double e = Math.exp(x);
            return e / (1 + e);
        }

        @Override
        public double derivative(double logit, double slope) {
            // p (1 - p), without the digits that 1 - p loses where p is near 1
            double e = Math.exp(-Math.abs(slope * logit));
            return slope * e / ((1 + e) * (1 + e));
        }

        @Override
        void evaluate(double logit, double slope, double[] probabilities, double[] derivatives, int at) {
            double x = slope * logit;
            double e = Math.exp(-Math.abs(x));
            probabilities[at] = x >= 0 ? 1 / (1 + e) : e / (1 + e);
            derivatives[at] = slope * e / ((1 + e) * (1 + e));
        }

        @Override
        public double scoreFactor(double logit, double slope) {
            return slope;
        }

        @Override
        public double relativeDerivative(double logit, double slope) {
            return slope * (1 - probability(logit, slope));
        }
    },

    /**
     * {@code p = clip((s a + 1) / 2, 0, 1)}. Where {@code |s a| >= 1} the gate is deterministic and every derivative is
     * exactly 0 (the strict window), so that logits are kept inside.
     */
    HARD_SIGMOID {
        @Override
        public double probability(double logit, double slope) {
            return Math.max(0, Math.min(1, (slope * logit + 1) / 2));
        }

        @Override
        public double derivative(double logit, double slope) {
            return Math.abs(slope * logit) < 1 ? slope / 2 : 0;
        }

        @Override
        public double scoreFactor(double logit, double slope) {
            double x = slope * logit;
            // p (1 - p) = (1 - x) (1 + x) / 4, but never 0 in the window, where p itself may round to 1
            return Math.abs(x) < 1 ? 2 * slope / ((1 - x) * (1 + x)) : 0;
        }

        @Override
        public double relativeDerivative(double logit, double slope) {
            double x = slope * logit;
            return Math.abs(x) < 1 ? slope / (1 + x) : 0;
        }

        @Override
        public double clamp(double logit, double slope, double limit) {
            double inside = Math.min(limit, HARD_LIMIT / slope);
            return Math.max(-inside, Math.min(inside, logit));
        }
    };

    /** Largest |s a| that clamping leaves a hard-sigmoid gate: p stays in [0.0025, 0.9975], as with logits of 6. */
    private static final double HARD_LIMIT = 0.995;

    /**
     * {@return P(h = 1), in [0, 1]}
     *
     * @param logit a
     * @param slope s, above 0
     */
    public abstract double probability(double logit, double slope);

    /**
     * {@return dp/da}
     *
     * @param logit a
     * @param slope s, above 0
     */
    public abstract double derivative(double logit, double slope);

    /** Sets {@link #probability} and {@link #derivative} at once: the same numbers, with one exponential between them. */
    void evaluate(double logit, double slope, double[] probabilities, double[] derivatives, int at) {
        probabilities[at] = probability(logit, slope);
        derivatives[at] = derivative(logit, slope);
    }

    /**
     * The factor {@code p' / (p (1 - p))} that makes {@code h - p} the score d log P(h) / da.
     *
     * @param logit a
     * @param slope s, above 0
     * @return the factor; 0 where p does not depend on a
     */
    public abstract double scoreFactor(double logit, double slope);

    /**
     * The derivative relative to the probability, {@code p' / p}, formed without dividing by p.
     *
     * @param logit a
     * @param slope s, above 0
     * @return d log p / da; 0 where p does not depend on a
     */
    public abstract double relativeDerivative(double logit, double slope);

    @Override
    public double testValue(double logit, double slope) {
        return probability(logit, slope);
    }

    @Override
    public double activity(double logit, double slope) {
        return probability(logit, slope);
    }

    @Override
    public double activityDerivative(double logit, double slope) {
        return derivative(logit, slope);
    }
}
