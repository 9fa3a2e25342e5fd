package sluice.framework;

import java.util.random.RandomGenerator;

/**
 * Weights [units, inputs], row-major, and biases [units] of one layer. They live on the heap; a training step gathers
 * what is open into native matrices and writes back what is free. A layer's inputs are the units below, each with as many
 * weights as the connection has it: {@code inputs = units below * span}.
 */
record DenseLayer(int units, int inputs, float[] weights, float[] biases, Connection connection) {
    /** A layer that is dense on dense units or on plain inputs. */
    DenseLayer(int units, int inputs, float[] weights, float[] biases) {
        this(units, inputs, weights, biases, Connection.FULL);
    }

    /** He-uniform weights (He et al. 2015: variance 2 / inputs) and zero biases. */
    static DenseLayer heUniform(int units, int inputs, RandomGenerator random) {
        return heUniform(units, inputs, Connection.FULL, random);
    }

    /** The same for a layer that is connected in any way to {@code below} units. */
    static DenseLayer heUniform(int units, int below, Connection connection, RandomGenerator random) {
        int inputs = Math.multiplyExact(below, connection.span());
        float bound = (float) Math.sqrt(6.0 / inputs);
        float[] weights = new float[Math.multiplyExact(units, inputs)];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (2 * random.nextFloat() - 1) * bound;
        }
        return new DenseLayer(units, inputs, weights, new float[units], connection);
    }

    int span() {
        return connection.span();
    }

    /** Units below. */
    int below() {
        return inputs / span();
    }

    /** Values that it takes from below. */
    int features() {
        return below() * connection.values();
    }

    /** Multiply-adds of the forward pass of an example, with everything open. */
    long multiplyAdds() {
        return (long) units * inputs * connection.uses();
    }

    DenseLayer copy() {
        return new DenseLayer(units, inputs, weights.clone(), biases.clone(), connection);
    }

    /** Takes over the values of a layer of the same shape. */
    void set(DenseLayer other) {
        System.arraycopy(other.weights, 0, weights, 0, weights.length);
        System.arraycopy(other.biases, 0, biases, 0, biases.length);
    }
}
