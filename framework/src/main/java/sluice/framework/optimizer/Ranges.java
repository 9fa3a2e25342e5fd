package sluice.framework.optimizer;

import static com.google.common.base.Preconditions.checkArgument;

/** Ranges that several optimisers' constants have. */
final class Ranges {
    private Ranges() {}

    static void checkRates(double learningRate, double weightDecay) {
        checkArgument(
                learningRate > 0 && Double.isFinite(learningRate),
                "learningRate must be above 0 and finite, got %s",
                learningRate);
        checkArgument(
                weightDecay >= 0 && Double.isFinite(weightDecay),
                "weightDecay must be at least 0 and finite, got %s",
                weightDecay);
    }

    static void checkShare(String name, double value) {
        checkArgument(value >= 0 && value < 1, "%s must be in [0, 1), got %s", name, value);
    }

    static void checkEpsilon(double epsilon) {
        checkArgument(epsilon > 0 && Double.isFinite(epsilon), "epsilon must be above 0, got %s", epsilon);
    }
}
