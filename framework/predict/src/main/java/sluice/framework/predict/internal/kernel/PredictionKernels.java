package sluice.framework.predict.internal.kernel;

/** What one thread predicts with: each has scratch of its own. */
public final class PredictionKernels {
    private final OrderedProduct orderedProduct = new OrderedProduct();
    private final BiasAndRelu biasAndRelu = new BiasAndRelu();
    private final Im2Col patches = new Im2Col();
    private final MaxPooling maxPooling = new MaxPooling();
    private final AveragePooling averagePooling = new AveragePooling();
    private final Transposition transposition = new Transposition();

    /** {@return the multiply whose bits are the same for a column wherever it stands} */
    public OrderedProduct orderedProduct() {
        return orderedProduct;
    }

    /** {@return biases and ReLU} */
    public BiasAndRelu biasAndRelu() {
        return biasAndRelu;
    }

    /** {@return the patches of convolutions} */
    public Im2Col patches() {
        return patches;
    }

    /** {@return the pooling of maps by their largest values} */
    public MaxPooling maxPooling() {
        return maxPooling;
    }

    /** {@return the pooling of maps by their means} */
    public AveragePooling averagePooling() {
        return averagePooling;
    }

    /** {@return how examples become columns} */
    public Transposition transposition() {
        return transposition;
    }
}
