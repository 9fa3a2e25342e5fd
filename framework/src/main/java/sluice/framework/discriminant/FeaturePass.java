package sluice.framework.discriminant;

/** Computes features, with scratch of its own. Not thread-safe. */
interface FeaturePass extends AutoCloseable {
    /** Computes a row of features for each example of a chunk. */
    void compute(FeatureChunk chunk);

    @Override
    void close();
}
