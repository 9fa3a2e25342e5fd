package sluice.framework.discriminant;

import sluice.framework.MultiplyAdds;

/**
 * What learning a discriminant takes.
 *
 * @param features drawn
 * @param parameters numbers of the random features and of the discriminant, with all gates open
 * @param memoryBytes bytes of sums
 * @param ofFeatures multiply-adds of computing the features of an example
 * @param ofSums multiply-adds of adding the products of its features
 */
public record DiscriminantCost(
        int features, long parameters, long memoryBytes, MultiplyAdds ofFeatures, MultiplyAdds ofSums) {
    static DiscriminantCost of(RandomFeatures features, int components) {
        long d = features.count();
        return new DiscriminantCost(
                features.count(),
                features.parameters() + components * (d + 1),
                FeatureSums.bytes(features.count(), components),
                new MultiplyAdds(features.multiplyAdds(), 0, 0),
                new MultiplyAdds(0, 0, d * (d + 1) / 2));
    }

    /**
     * @param examples in a row
     * @return chunks in which they are taken
     */
    public static long steps(int examples) {
        return FeatureStream.steps(examples);
    }

    /**
     * @param most examples of the largest task
     * @return multiply-adds of a full step
     */
    public MultiplyAdds perStep(int most) {
        return perExample().times(Math.min(FeatureStream.CHUNK, most));
    }

    /**
     * @return multiply-adds per training example
     */
    public MultiplyAdds perExample() {
        return ofFeatures.plus(ofSums);
    }
}
