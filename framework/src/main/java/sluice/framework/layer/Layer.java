package sluice.framework.layer;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Weights [units, inputs], row-major, and biases [units] of one layer. They live on the heap; a training step gathers
 * what is open into native matrices and writes back what is free. A layer's inputs are the units below, each with as many
 * weights as the connection has it: {@code inputs = units below * span}.
 */
public record Layer(int units, int inputs, float[] weights, float[] biases, Connection connection) {
    /** He-uniform weights (He et al. 2015: variance 2 / inputs) to {@code below} units, and zero biases. */
    public static Layer heUniform(int units, int below, Connection connection, RandomGenerator random) {
        return heUniform(units, below, below, connection, random);
    }

    /** The same where so many of the units below are what a unit can count on to be open. */
    public static Layer heUniform(int units, int below, int counted, Connection connection, RandomGenerator random) {
        int inputs = Math.multiplyExact(below, connection.weightsPerUnitBelow());
        Layer layer =
                new Layer(units, inputs, new float[Math.multiplyExact(units, inputs)], new float[units], connection);
        for (int i = 0; i < layer.weights.length; i++) {
            layer.weights[i] = layer.heUniformWeight(counted, random);
        }
        return layer;
    }

    /** {@return weights of a unit} */
    public int span() {
        return connection.weightsPerUnitBelow();
    }

    /** Units below. */
    public int below() {
        return inputs / span();
    }

    /** Values that it takes from below. */
    public int features() {
        return below() * connection.valuesPerUnitBelow();
    }

    /** Multiply-adds of the forward pass of an example, with everything open. */
    public long multiplyAdds() {
        return (long) units * inputs * connection.positions();
    }

    /** One such weight of a unit that can count on so many units below. */
    public float heUniformWeight(int counted, RandomGenerator random) {
        float bound = (float) Math.sqrt(6.0 / ((double) counted * span()));
        return (2 * random.nextFloat() - 1) * bound;
    }

    /** The same units over some of the units below. */
    public Layer over(int[] some) {
        return block(IntStream.range(0, units).toArray(), some);
    }

    /** A copy of some units over some of the units below, in these orders. */
    public Layer block(int[] some, int[] someBelow) {
        int span = span();
        int fewer = someBelow.length * span;
        float[] kept = new float[some.length * fewer];
        float[] keptBiases = new float[some.length];
        for (int k = 0; k < some.length; k++) {
            keptBiases[k] = biases[some[k]];
            for (int c = 0; c < someBelow.length; c++) {
                System.arraycopy(weights, some[k] * inputs + someBelow[c] * span, kept, k * fewer + c * span, span);
            }
        }
        return new Layer(some.length, fewer, kept, keptBiases, connection);
    }

    /**
     * A wider copy, whose connection is the same: these values keep their places, those of new units and of new units below
     * come after them with He-uniform weights of a stream of their own, and zero biases.
     *
     * @param counted units below that a unit can count on to be open, however many there are
     */
    public Layer grown(int moreUnits, int moreBelow, int counted, RandomGenerator random) {
        Layer grown = heUniform(units + moreUnits, below() + moreBelow, counted, connection, random);
        for (int unit = 0; unit < units; unit++) {
            System.arraycopy(weights, unit * inputs, grown.weights, unit * grown.inputs, inputs);
        }
        System.arraycopy(biases, 0, grown.biases, 0, units);
        return grown;
    }

    /** {@return a layer of the same weights and biases that shares none} */
    public Layer copy() {
        return new Layer(units, inputs, weights.clone(), biases.clone(), connection);
    }

    /** Takes over the values of a layer of the same shape. */
    public void set(Layer other) {
        System.arraycopy(other.weights, 0, weights, 0, weights.length);
        System.arraycopy(other.biases, 0, biases, 0, biases.length);
    }
}
