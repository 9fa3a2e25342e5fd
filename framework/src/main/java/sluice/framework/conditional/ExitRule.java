package sluice.framework.conditional;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.Collections;

/**
 * When examples stop: at an exit, an example goes on where the exit is less sure than a threshold: by the difference of the two
 * largest probabilities of its head, or by its neuron.
 *
 * @param thresholds of the exits, lowest first, the end of the network left out; 0 lets nothing on, above 1 everything
 */
public record ExitRule(ImmutableList<Double> thresholds) {
    /** Above every difference of probabilities. */
    static final double ALL_GO_ON = 2;

    /** Checks the range. */
    public ExitRule {
        for (double threshold : thresholds) {
            checkArgument(threshold >= 0, "thresholds must be at least 0, got %s", threshold);
        }
    }

    /** The rule by which every example is computed to the end. */
    static ExitRule none(ExitShape shape) {
        return new ExitRule(ImmutableList.copyOf(Collections.nCopies(shape.exits() - 1, ALL_GO_ON)));
    }

    /** Whether an example goes on. */
    boolean goesOn(int exit, double margin) {
        return exit < thresholds.size() && margin < thresholds.get(exit);
    }
}
