package sluice.framework;

import java.util.random.RandomGenerator;

/**
 * Weights [units, inputs], row-major, and biases [units] of one layer. They live on the heap; a training step gathers
 * what is open into native matrices and writes back what is free.
 */
record DenseLayer(int units, int inputs, float[] weights, float[] biases) {
    /** He-uniform weights (He et al. 2015: variance 2 / inputs) and zero biases. */
    static DenseLayer heUniform(int units, int inputs, RandomGenerator random) {
        float bound = (float) Math.sqrt(6.0 / inputs);
        float[] weights = new float[Math.multiplyExact(units, inputs)];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (2 * random.nextFloat() - 1) * bound;
        }
        return new DenseLayer(units, inputs, weights, new float[units]);
    }

    DenseLayer copy() {
        return new DenseLayer(units, inputs, weights.clone(), biases.clone());
    }

    /** Takes over the values of a layer of the same shape. */
    void set(DenseLayer other) {
        System.arraycopy(other.weights, 0, weights, 0, weights.length);
        System.arraycopy(other.biases, 0, biases, 0, biases.length);
    }
}
