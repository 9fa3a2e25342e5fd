package sluice.framework.account;

/**
 * What training did in one layer, against what it would have done with every unit open and nothing frozen. With a open
 * outputs and b open inputs, of which f and g are used by earlier tasks, an example costs a b forward, a b for the
 * gradient at the input, and a b - f g for that of the weights.
 *
 * @param layer the layer: {@code layer_1}, ... from the lowest hidden layer on, {@code head} at last
 * @param done multiply-adds done
 * @param dense multiply-adds of a dense network of the same widths
 */
public record LayerAccount(String layer, MultiplyAdds done, MultiplyAdds dense) {
    /**
     * {@return both together}
     *
     * @param other an account of the same layer
     */
    public LayerAccount plus(LayerAccount other) {
        return new LayerAccount(layer, done.plus(other.done), dense.plus(other.dense));
    }
}
