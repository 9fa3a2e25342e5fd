package sluice.framework.plain;

/** What the fully connected layers of a plain network lie on: layers of maps, or {@link BareExamples}. */
interface LowerLayers extends AutoCloseable {
    /**
     * Passes examples on.
     *
     * @param gates per hidden layer of the network
     * @param above what takes them in
     */
    void forward(Batch examples, float[][] gates, RowLayers above);

    /** Values that a layer of these gives for each example. */
    int values(int layer);

    /** What a layer of these gave: [size, values], row-major. */
    float[] hidden(int layer);

    /** Brings the gradient on from the layers above. */
    void propagate(RowLayers above);

    /** Forms the gradient where the parameters lie. */
    void form(float[] into);

    /** The gradient at each gate of a layer of these. */
    float[] gateGradient(int layer);

    /** Begins a sum over several gradients of each example. */
    void beginSums();

    /** Adds what {@code of} makes of the gradient of each example, of which the layers above have their part. */
    void addToSums(PerExample of, RowLayers above);

    /** Writes the sums where the parameters lie. */
    void writeSums(float[] into);

    @Override
    void close();
}
