package sluice.framework.discriminant;

import sluice.framework.account.MultiplyAdds;

/**
 * What learning a discriminant takes.
 *
 * @param features drawn
 * @param components scores of an example
 * @param parameters numbers of the random features and of the discriminant, with all gates open
 * @param memoryBytes bytes of sums
 * @param ofFeatures multiply-adds of computing the features of an example
 * @param ofSums multiply-adds of adding the products of its features
 */
public record DiscriminantCost(
        int features, int components, long parameters, long memoryBytes, MultiplyAdds ofFeatures, MultiplyAdds ofSums) {
    /** Every so many examples of a task one is held out, until the probabilities are calibrated on it. */
    static final int HELD_OUT = 20;

    static DiscriminantCost of(RandomFeatures features, int components) {
        long d = features.count();
        return new DiscriminantCost(
                features.count(),
                components,
                features.parameters() + components * (d + 1),
                FeatureSums.bytes(features.count(), components) + Calibration.bytes(),
                new MultiplyAdds(features.multiplyAdds(), 0, 0),
                new MultiplyAdds(0, 0, d * (d + 1) / 2));
    }

    /** Those of a task that are held out for a while: of a small one none. */
    static int heldOut(int examples) {
        return examples < 10 * HELD_OUT ? 0 : examples / HELD_OUT;
    }

    /**
     * {@return chunks in which they are taken}
     *
     * @param examples of a task
     */
    public static int steps(int examples) {
        int heldOut = heldOut(examples);
        return FeatureStream.steps(examples - heldOut) + FeatureStream.steps(heldOut);
    }

    /**
     * {@return multiply-adds of adding a full chunk}
     *
     * @param examples in a chunk at the most
     */
    public MultiplyAdds perStep(int examples) {
        return ofFeatures.plus(ofSums).times(Math.min(FeatureStream.CHUNK, examples));
    }

    /** Computing the features of a task: those held out are needed twice. */
    MultiplyAdds computing(int examples) {
        return ofFeatures.times((long) examples + heldOut(examples));
    }

    /** Adding the features of a task, and solving for calibration, for the gates, and for the features that these keep. */
    MultiplyAdds learning(int examples, int kept) {
        long full = heldOut(examples) == 0 ? 1 : 2;
        return ofSums.times(examples).plus(solving(features).times(full)).plus(solving(kept));
    }

    /** A Cholesky factor, and the two triangles for each component. */
    private MultiplyAdds solving(int order) {
        double d = order;
        return new MultiplyAdds(0, 0, (long) (d * d * d / 6 + components * d * d));
    }

    /**
     * {@return multiply-adds of learning it, at the most: with all gates open}
     *
     * @param examples of a task
     */
    public MultiplyAdds ofTask(int examples) {
        return computing(examples).plus(learning(examples, features));
    }
}
