package sluice.framework.generator;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

/**
 * How the encoder of the class learns beside the bound.
 *
 * @param labelWeight factor on the cross-entropy of known classes, at least 0
 * @param consistency what it learns from images of no known class
 */
public record ClassLearning(double labelWeight, ClassConsistency consistency) {
    /** The cross-entropy of known classes as it is, and nothing else. */
    public static final ClassLearning PLAIN = new ClassLearning(1, ClassConsistency.NONE);

    /** Checks the range. */
    public ClassLearning {
        checkArgument(
                labelWeight >= 0 && Double.isFinite(labelWeight),
                "labelWeight must be at least 0, got %s",
                labelWeight);
        checkNotNull(consistency, "consistency");
    }
}
