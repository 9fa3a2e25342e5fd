package sluice.framework.discriminant;

import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.predict.internal.kernel.OrderedProduct;

/** Scores of chunks of features, each example's in a fixed order. Close it. */
final class DiscriminantScores implements AutoCloseable {
    private final Discriminant discriminant;
    private final OrderedProduct product = new Lane().orderedProduct();
    private final NativeMatrix weights;
    private final NativeMatrix products;
    private final float[] row;
    private final double[] scores;

    DiscriminantScores(Discriminant discriminant) {
        this.discriminant = discriminant;
        int components = discriminant.components();
        this.weights = NativeMatrix.allocate(discriminant.features(), components);
        new Lane().mapPasses().transpose(discriminant.weights(), components, weights, 0);
        this.products = NativeMatrix.allocate(FeatureStream.CHUNK, components);
        this.row = new float[components];
        this.scores = new double[FeatureStream.CHUNK * components];
    }

    /** Scores [count, components] of the first count rows, row-major; overwritten by the next call. */
    double[] of(NativeMatrix features, int count) {
        int components = discriminant.components();
        product.multiply(features, weights, products, count, components, discriminant.features());
        for (int e = 0, at = 0; e < count; e++) {
            products.get(e, 0, row, 0, components);
            for (int c = 0; c < components; c++, at++) {
                scores[at] = row[c] + discriminant.biases()[c];
            }
        }
        return scores;
    }

    @Override
    public void close() {
        weights.close();
        products.close();
    }
}
