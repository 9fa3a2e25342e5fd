package sluice.framework;

import java.util.random.RandomGenerator;

/**
 * Weights [units, inputs], row-major, and biases [units] of one layer. They live on the heap; a training step gathers
 * what is open into native matrices and writes back what is free.
 */
record DenseLayer(int units, int inputs, float[] weights, float[] biases) {
    /** He-uniform weights (He et al. 2015: variance 2 / inputs) and zero biases. */
    static DenseLayer heUniform(int units, int inputs, RandomGenerator random) {
        DenseLayer layer =
                new DenseLayer(units, inputs, new float[Math.multiplyExact(units, inputs)], new float[units]);
        for (int i = 0; i < layer.weights.length; i++) {
            layer.weights[i] = layer.heUniformWeight(random);
        }
        return layer;
    }

    /** One such weight. */
    float heUniformWeight(RandomGenerator random) {
        float bound = (float) Math.sqrt(6.0 / inputs);
        return (2 * random.nextFloat() - 1) * bound;
    }

    /** The same units over some of the inputs. */
    DenseLayer over(int[] some) {
        float[] fewer = new float[units * some.length];
        for (int unit = 0; unit < units; unit++) {
            for (int c = 0; c < some.length; c++) {
                fewer[unit * some.length + c] = weights[unit * inputs + some[c]];
            }
        }
        return new DenseLayer(units, some.length, fewer, biases.clone());
    }

    /**
     * A wider copy: these values keep their places, new units and new inputs come after them with He-uniform weights of
     * a stream of their own, by the new number of inputs, and zero biases.
     */
    DenseLayer grown(int moreUnits, int moreInputs, RandomGenerator random) {
        int wide = inputs + moreInputs;
        DenseLayer grown = heUniform(units + moreUnits, wide, random);
        for (int unit = 0; unit < units; unit++) {
            System.arraycopy(weights, unit * inputs, grown.weights, unit * wide, inputs);
        }
        System.arraycopy(biases, 0, grown.biases, 0, units);
        return grown;
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
