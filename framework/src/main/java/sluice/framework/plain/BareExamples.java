package sluice.framework.plain;

/** Nothing between the examples and the fully connected layers. */
final class BareExamples implements LowerLayers {
    @Override
    public void forward(Batch examples, float[][] gates, RowLayers above) {
        above.take(examples);
    }

    @Override
    public int values(int layer) {
        throw none(layer);
    }

    @Override
    public float[] hidden(int layer) {
        throw none(layer);
    }

    @Override
    public void propagate(RowLayers above) {
        // there is nothing to learn below
    }

    @Override
    public void form(float[] into) {
        // no parameters
    }

    @Override
    public float[] gateGradient(int layer) {
        throw none(layer);
    }

    private static IndexOutOfBoundsException none(int layer) {
        return new IndexOutOfBoundsException("hidden layer " + layer);
    }

    @Override
    public void beginSums() {
        // no parameters
    }

    @Override
    public void addToSums(PerExample of, RowLayers above) {
        // no parameters
    }

    @Override
    public void writeSums(float[] into) {
        // no parameters
    }

    @Override
    public void close() {
        // no buffers
    }
}
