package sluice.framework.discriminant;

/**
 * Linear discriminant scores: {@code weights z + biases}, a logarithm of each component's posterior up to what they share
 * and up to the scale that calibration finds (Fisher 1936; Hastie, Tibshirani and Friedman 2009, eq. 4.10).
 *
 * @param features of an example
 * @param weights [components, features], row-major
 * @param biases by component; negative infinity where a component has no examples
 */
record Discriminant(int features, float[] weights, double[] biases) {
    int components() {
        return biases.length;
    }
}
