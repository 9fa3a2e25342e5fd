package sluice.gating;

import java.util.random.RandomGenerator;

/**
 * {@link Antithetic} for gates that choose one of K (Dong, Mnih and Tucker 2021): a balanced binary tree of K - 1 Bernoulli
 * decisions, each between the left and the right part of the gates that are left, and two antithetic samples of all of
 * them. A decision that neither sample comes to adds nothing; where only one comes to it, DisARM has its score in place of
 * the pair, which is the mean over the other one's. The chain rule takes the estimate to the logits: a decision's own
 * logit is the difference of log-sum-exps of the two parts. For two choices it is the Bernoulli form.
 */
final class CategoricalAntithetic extends CategoricalEstimation {
    private static final int SAMPLES = 2;

    private final Antithetic.Form form;
    /** Of the decision that splits a run before gate m, at m: the probabilities of its parts. */
    private final double[] left;

    private final double[] right;
    /** Of the decision that splits a run before gate m, at m. */
    private final double[] uniforms;

    private final int[][] chosen;

    CategoricalAntithetic(Antithetic.Form form, GateLayout layout) {
        super(layout, samples(layout, SAMPLES));
        this.form = form;
        this.left = new double[layout.maxLogits()];
        this.right = new double[layout.maxLogits()];
        this.uniforms = new double[layout.maxRows() * layout.units()];
        this.chosen = new int[SAMPLES][uniforms.length / layout.choices()];
    }

    @Override
    void prepare(int l, double[] logits) {
        super.prepare(l, logits);
        split(l, 0, choices());
    }

    /** Notes the parts' probabilities of all decisions between these gates, and gives their sum. */
    private double split(int l, int from, int to) {
        if (to - from == 1) {
            return probabilities()[l + from];
        }
        int middle = (from + to) >>> 1;
        left[l + middle] = split(l, from, middle);
        right[l + middle] = split(l, middle, to);
        return left[l + middle] + right[l + middle];
    }

    /** The probability that a decision falls to the left. */
    private double probability(int decision) {
        return left[decision] / (left[decision] + right[decision]);
    }

    @Override
    void draw(int at, int l, RandomGenerator noise) {
        for (int m = 1; m < choices(); m++) {
            uniforms[at + m] = uniform(noise);
        }
        for (int k = 0; k < SAMPLES; k++) {
            int leaf = descend(k, at, l);
            chosen[k][at / choices()] = leaf;
            open(probe(k).gates(), at, leaf);
        }
    }

    private int descend(int sample, int at, int l) {
        int from = 0;
        int to = choices();
        while (to - from > 1) {
            int middle = (from + to) >>> 1;
            double u = uniforms[at + middle];
            double p = probability(l + middle);
            if (sample == 0 ? u > 1 - p : u < p) {
                to = middle;
            } else {
                from = middle;
            }
        }
        return from;
    }

    @Override
    void addGradient(int row, int at, int l, double[] into) {
        double difference = (lossShare(0, row) - lossShare(1, row)) * slope();
        if (difference != 0) {
            addPath(0, at, l, difference, into);
            addPath(1, at, l, difference, into);
        }
    }

    /** Adds one sample's part in all decisions that it came to: half of what both came to. */
    private void addPath(int sample, int at, int l, double difference, double[] into) {
        int leaf = chosen[sample][at / choices()];
        int other = chosen[1 - sample][at / choices()];
        int from = 0;
        int to = choices();
        Company company = Company.TOGETHER;
        while (to - from > 1) {
            int middle = (from + to) >>> 1;
            if (company == Company.TOGETHER && (leaf < middle) != (other < middle)) {
                company = Company.PARTING;
            }
            double p = probability(l + middle);
            double factor =
                    switch (form) {
                        case ARM -> company.arm(uniforms[at + middle]);
                        // antithetic: what is the one's left is the other's right
                        case DISARM -> (sample == 0 ? 1 : -1) * company.disarm(leaf < middle ? 1 : 0, p);
                    };
            if (factor != 0) {
                addDecision(difference * factor, l, from, to, into);
            }
            if (company == Company.PARTING) {
                company = Company.ALONE;
            }
            if (leaf < middle) {
                to = middle;
            } else {
                from = middle;
            }
        }
    }

    /** Adds what a decision's own logit gets, by the chain rule, to the logits of its gates. */
    private void addDecision(double gradient, int l, int from, int to, double[] into) {
        int middle = (from + to) >>> 1;
        double toLeft = gradient / left[l + middle];
        double toRight = gradient / right[l + middle];
        if (Double.isInfinite(toLeft) || Double.isInfinite(toRight)) {
            // nothing falls to one side: the decision is none
            return;
        }
        for (int j = from; j < middle; j++) {
            into[l + j] += toLeft * probabilities()[l + j];
        }
        for (int j = middle; j < to; j++) {
            into[l + j] -= toRight * probabilities()[l + j];
        }
    }

    /** Whether the other sample came to a decision too, and how it fell there. */
    private enum Company {
        /** It fell as this one's. */
        TOGETHER,
        /** It fell the other way. */
        PARTING,
        /** The other sample did not come to it. */
        ALONE;

        /** {@code u - 1/2}, by halves where two samples add it. */
        double arm(double u) {
            return this == ALONE ? u - 0.5 : (u - 0.5) / 2;
        }

        /** What the first sample's decision b, 1 for left, of probability p is weighted by. */
        double disarm(double b, double p) {
            return switch (this) {
                case TOGETHER -> 0;
                case PARTING -> (2 * b - 1) * Math.max(p, 1 - p) / 4;
                case ALONE -> (b - p) / 2;
            };
        }
    }
}
