package sluice.framework.conditional;

import java.util.Arrays;
import org.apache.commons.math3.distribution.BetaDistribution;
import sluice.gating.BinaryNeuron;
import sluice.gating.BudgetMultiplier;
import sluice.gating.GateModel;
import sluice.gating.OpenBudget;
import sluice.gating.RunningState;

/** A {@link GaterTarget} at work: adds its gradient to that at the logits of a batch. */
public abstract class GaterPenalty {
    /**
     * {@return that of a gater}
     *
     * @param gater with its target
     * @param rows examples at a time, at most
     */
    public static GaterPenalty of(Gater gater, int rows) {
        GateModel model = gater.learning().estimator().model(BinaryNeuron.STOCHASTIC_SIGMOID);
        GaterTarget target = gater.learning().target();
        if (target instanceof GaterTarget.KullbackLeibler kl) {
            return new KullbackLeibler(gater, model, kl.weight());
        }
        if (target instanceof GaterTarget.L1 l1) {
            return new L1(gater, l1.change());
        }
        if (target instanceof GaterTarget.BatchShaping shaping) {
            return new BatchShaping(gater, model, shaping, rows);
        }
        return new Budget(gater, model);
    }

    /**
     * Adds to the gradient of a batch.
     *
     * @param logits [rows, blocks]
     * @param gates values that were drawn [rows, blocks]
     * @param rows of the batch
     * @param into d loss / d logits, added to
     */
    public abstract void addGradient(double[] logits, double[] gates, int rows, double[] into);

    /**
     * Tells its running state.
     *
     * @param state keeps it, or gives what was kept
     */
    public void state(RunningState state) {}

    private static final class Budget extends GaterPenalty {
        private final BudgetMultiplier multiplier;
        private final GateModel model;
        private final int blocks;

        Budget(Gater gater, GateModel model) {
            this.multiplier = new BudgetMultiplier(new OpenBudget(gater.open()));
            this.model = model;
            this.blocks = gater.blocks();
        }

        @Override
        public void addGradient(double[] logits, double[] gates, int rows, double[] into) {
            multiplier.addGradient(logits, rows * blocks, 1, model, into);
        }

        @Override
        public void state(RunningState state) {
            multiplier.state(state);
        }
    }

    private static final class KullbackLeibler extends GaterPenalty {
        private static final double LEAST = 1e-6;

        private final GateModel model;
        private final double weight;
        private final double share;
        private final double[] means;

        KullbackLeibler(Gater gater, GateModel model, double weight) {
            this.model = model;
            this.weight = weight;
            this.share = gater.open();
            this.means = new double[gater.blocks()];
        }

        @Override
        public void addGradient(double[] logits, double[] gates, int rows, double[] into) {
            Arrays.fill(means, 0);
            for (int r = 0, at = 0; r < rows; r++) {
                for (int b = 0; b < means.length; b++, at++) {
                    means[b] += model.activity(logits[at], 1) / rows;
                }
            }
            for (int r = 0, at = 0; r < rows; r++) {
                for (int b = 0; b < means.length; b++, at++) {
                    double slope = (1 - share) / (1 - means[b] + LEAST) - share / (means[b] + LEAST);
                    into[at] += weight * slope * model.activityDerivative(logits[at], 1) / rows;
                }
            }
        }
    }

    private static final class L1 extends GaterPenalty {
        private static final double AROUND = 0.01;
        private static final double FIRST = 1e-5;
        private static final double LEAST = 1e-13;

        private final double change;
        private final double share;
        private final int blocks;
        private double factor = FIRST;

        L1(Gater gater, double change) {
            this.change = change;
            this.share = gater.open();
            this.blocks = gater.blocks();
        }

        @Override
        public void addGradient(double[] logits, double[] gates, int rows, double[] into) {
            int open = 0;
            for (int at = 0; at < rows * blocks; at++) {
                if (gates[at] > 0) {
                    open++;
                    into[at] += factor / rows;
                }
            }
            double excess = (double) open / (rows * blocks) - share;
            if (excess > AROUND) {
                factor = Math.min(1, factor * (1 + change));
            } else if (excess < -AROUND) {
                factor = Math.max(LEAST, factor * (1 - change));
            }
        }

        @Override
        public void state(RunningState state) {
            factor = state.number("factor", factor);
        }
    }

    private static final class BatchShaping extends GaterPenalty {
        /** Densities may be infinite at 0 and 1. */
        private static final double EDGE = 1e-3;

        private final GateModel model;
        private final double weight;
        private final int blocks;
        private final BetaDistribution beta;
        private final double[] sorted;
        private final long[] order;

        BatchShaping(Gater gater, GateModel model, GaterTarget.BatchShaping shaping, int rows) {
            this.model = model;
            this.weight = shaping.weight();
            this.blocks = gater.blocks();
            this.beta = new BetaDistribution(
                    null, gater.open() * shaping.concentration(), (1 - gater.open()) * shaping.concentration());
            this.sorted = new double[rows];
            this.order = new long[rows];
        }

        @Override
        public void addGradient(double[] logits, double[] gates, int rows, double[] into) {
            for (int b = 0; b < blocks; b++) {
                for (int r = 0; r < rows; r++) {
                    sorted[r] = Math.max(EDGE, Math.min(1 - EDGE, model.activity(logits[r * blocks + b], 1)));
                }
                rank(rows);
                for (int rank = 0; rank < rows; rank++) {
                    int at = (int) order[rank] * blocks + b;
                    double p = sorted[(int) order[rank]];
                    double distance = beta.cumulativeProbability(p) - (rank + 1.0) / (rows + 1);
                    into[at] +=
                            2 * weight * distance * beta.density(p) * model.activityDerivative(logits[at], 1) / rows;
                }
            }
        }

        /** Rows by their probability, equal ones in order: packed into numbers, as positive doubles sort by their bits. */
        private void rank(int rows) {
            for (int r = 0; r < rows; r++) {
                order[r] = (Float.floatToIntBits((float) sorted[r]) & 0xFFFFFFFFL) << 32 | r;
            }
            Arrays.sort(order, 0, rows);
            for (int r = 0; r < rows; r++) {
                order[r] &= 0xFFFFFFFFL;
            }
        }
    }
}
