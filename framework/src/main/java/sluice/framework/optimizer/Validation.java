package sluice.framework.optimizer;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * Training that stops when examples which it does not learn from are answered no better any more: a part of each task's own
 * training examples is held out, asked after every pass, and what answered it best is kept (Prechelt, Early Stopping - But When?,
 * 1998). Test examples have no part in it.
 *
 * @param share of each class's training examples that is held out, in (0, 0.5]
 * @param patience passes without a better answer after which a task's training ends, at least 1
 */
public record Validation(double share, int patience) {
    /** Passes without a better answer, where nothing else is said. */
    public static final int PATIENCE = 5;

    /** The largest share. */
    public static final double MOST = 0.5;

    /** Checks the ranges. */
    public Validation {
        checkArgument(share > 0 && share <= MOST, "share must be in (0, %s], got %s", MOST, share);
        checkArgument(patience >= 1, "patience must be at least 1, got %s", patience);
    }
}
