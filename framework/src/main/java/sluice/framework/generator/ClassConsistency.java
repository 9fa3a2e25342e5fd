package sluice.framework.generator;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import sluice.gating.Schedule;

/**
 * What a class encoder learns from images whose class nobody knows: to say of a moved image what it says of the image itself
 * (virtual adversarial training, Miyato, Maeda, Koyama and Ishii 2018), and to be sure of what it says (their entropy term).
 * Images whose class is known are shifted alike.
 *
 * @param weight factor on both, at least 0, over the epochs; best small at first, before the encoder knows anything
 * @param radius how far an image is moved, by the L2 norm of its features, in the direction that changes the answer the most; at
 *     least 0
 * @param shift most pixels that an image is shifted by in each direction before, at least 0; more than 0 for images alone
 * @param entropy factor on the entropy of answers beside the weight, at least 0
 */
public record ClassConsistency(Schedule weight, double radius, int shift, double entropy) {
    /** Unlabelled images say nothing of the class but by the bound. */
    public static final ClassConsistency NONE = new ClassConsistency(new Schedule.Constant(0), 0, 0, 0);

    /** Checks the ranges. */
    public ClassConsistency {
        checkNotNull(weight, "weight");
        checkArgument(radius >= 0 && Double.isFinite(radius), "radius must be at least 0, got %s", radius);
        checkArgument(shift >= 0, "shift must be at least 0, got %s", shift);
        checkArgument(entropy >= 0 && Double.isFinite(entropy), "entropy must be at least 0, got %s", entropy);
    }

    /** {@return whether there is anything to learn} */
    boolean asks() {
        return !equals(NONE);
    }
}
