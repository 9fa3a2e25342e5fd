package sluice.framework.conditional;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableList;
import sluice.gating.BinaryNeuron;
import sluice.gating.GateEstimation;
import sluice.gating.GateLayout;
import sluice.gating.Granularity;

/**
 * A small network that looks at an example and decides which blocks of a layer's units are computed for it (Bengio, Léonard and
 * Courville 2013). It looks at the highest layer below whose units are all computed, or at the example, through layers of tanh
 * units, and gives a logit per block. Tested, a block is open where its logit is above a threshold, chosen on held-out examples
 * so that they have the asked share open; of gates with a magnitude, such as noisy rectifiers, at most that share, as a small one may
 * be worth nothing.
 *
 * @param hidden units of its hidden layers, lowest first, each at least 1; none for logits that are affine in what it looks at
 * @param blocks equal blocks of the layer's units, at least 1
 * @param open share of blocks that is to be open, in (0, 1]
 * @param experts what units do with what they compute, before it is multiplied with the gate
 * @param learning how it is trained
 */
public record Gater(ImmutableList<Integer> hidden, int blocks, double open, Experts experts, GaterLearning learning) {
    /** What gated units do with what they compute. */
    public enum Experts {
        /** Nothing. */
        LINEAR,
        /** They rectify it. */
        RELU
    }

    /** Checks the ranges. */
    public Gater {
        hidden.forEach(
                units -> checkArgument(units >= 1, "hidden layers of a gater have at least 1 unit, got %s", units));
        checkArgument(
                blocks >= 1 && blocks <= ExitLayer.MOST_UNITS,
                "blocks must be in [1, %s], got %s",
                ExitLayer.MOST_UNITS,
                blocks);
        checkArgument(open > 0 && open <= 1, "open must be in (0, 1], got %s", open);
        checkNotNull(experts, "experts");
        checkNotNull(learning, "learning");
        checkArgument(
                open < 1 || !(learning.target() instanceof GaterTarget.BatchShaping),
                "gates that are all open have no distribution: open must be below 1 with target batch-shaping");
        learning.estimator().begin(layout(blocks, 1));
    }

    /** What an estimator needs to know of it. */
    static GateLayout layout(int blocks, int batch) {
        return new GateLayout(
                BinaryNeuron.STOCHASTIC_SIGMOID,
                Granularity.PER_EXAMPLE,
                blocks,
                batch,
                1,
                GateLayout.Logits.PER_EXAMPLE);
    }

    /**
     * {@return what forms gradients through its gates}
     *
     * @param batch examples at a time, at most
     */
    public GateEstimation begin(int batch) {
        return learning.estimator().begin(layout(blocks, batch));
    }

    /** {@return the logit that opens a gate with the probability that is asked for} */
    public double startingLogit() {
        return GatedLayer.logitOf(this);
    }

    /** Multiply-adds of one example. */
    long multiplyAdds(int inputs) {
        long sum = 0;
        int below = inputs;
        for (int units : hidden) {
            sum += (long) below * units;
            below = units;
        }
        return sum + (long) below * blocks;
    }

    /** Blocks that are open on average, were the share kept exactly. */
    double openBlocks() {
        return open * blocks;
    }
}
