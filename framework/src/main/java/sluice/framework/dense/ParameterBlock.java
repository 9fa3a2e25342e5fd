package sluice.framework.dense;

/**
 * Where one layer's parameters lie in the flat array: weights [inputs, units], row-major, then biases [units].
 *
 * @param start the first weight
 * @param inputs inputs of the layer
 * @param units its outputs
 */
public record ParameterBlock(int start, int inputs, int units) {
    /**
     * @return the first bias
     */
    public int biases() {
        return start + inputs * units;
    }

    /**
     * @return after the last bias
     */
    public int end() {
        return biases() + units;
    }

    /**
     * @param input of the layer, from 0
     * @param unit of the layer, from 0
     * @return where the weight between them lies
     */
    public int weight(int input, int unit) {
        return start + input * units + unit;
    }
}
