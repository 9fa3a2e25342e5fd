package sluice.framework.discriminant;

import sluice.framework.kernel.Gemm;
import sluice.framework.kernel.NativeMatrix;

/** Scores of chunks of features. Close it. */
final class DiscriminantScores implements AutoCloseable {
    private final Discriminant discriminant;
    private final Gemm gemm = new Gemm();
    private final NativeMatrix weights;
    private final NativeMatrix products;
    private final float[] row;
    private final double[] scores;

    DiscriminantScores(Discriminant discriminant) {
        this.discriminant = discriminant;
        int components = discriminant.components();
        this.weights = NativeMatrix.allocate(components, discriminant.features());
        weights.put(0, 0, discriminant.weights(), 0, discriminant.weights().length);
        this.products = NativeMatrix.allocate(FeatureStream.CHUNK, components);
        this.row = new float[components];
        this.scores = new double[FeatureStream.CHUNK * components];
    }

    /** Scores [count, components] of the first count rows, row-major; overwritten by the next call. */
    double[] of(NativeMatrix features, int count) {
        int components = discriminant.components();
        gemm.left(features, 0, 0)
                .rightTransposed(weights, 0, 0)
                .into(products, 0, 0)
                .multiply(count, components, discriminant.features());
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
