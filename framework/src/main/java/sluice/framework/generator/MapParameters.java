package sluice.framework.generator;

import java.util.Arrays;
import sluice.framework.internal.dense.DenseMap;
import sluice.framework.internal.state.State;

/**
 * The parameters of an affine map, on the heap.
 *
 * @param weights [inputs][units]
 * @param biases [units]
 */
record MapParameters(float[][] weights, float[] biases) {
    /** A copy of those of a map as it is now. */
    static MapParameters of(DenseMap map) {
        float[] all = map.parameters();
        int units = map.outputs();
        float[][] weights = new float[map.inputs()][];
        Arrays.setAll(weights, i -> Arrays.copyOfRange(all, i * units, (i + 1) * units));
        return new MapParameters(weights, Arrays.copyOfRange(all, weights.length * units, all.length));
    }

    /** A map of zeros. */
    static MapParameters zeros(int inputs, int units) {
        return new MapParameters(new float[inputs][units], new float[units]);
    }

    /** Tells all of them. */
    void state(State state) {
        int units = units();
        float[] all = new float[(inputs() + 1) * units];
        for (int i = 0; i < inputs(); i++) {
            System.arraycopy(weights[i], 0, all, i * units, units);
        }
        System.arraycopy(biases, 0, all, inputs() * units, units);
        state.floats("parameters", all);
        for (int i = 0; i < inputs(); i++) {
            System.arraycopy(all, i * units, weights[i], 0, units);
        }
        System.arraycopy(all, inputs() * units, biases, 0, units);
    }

    int inputs() {
        return weights.length;
    }

    int units() {
        return biases.length;
    }

    /** A copy of the part between some inputs and all units. */
    MapParameters ofInputs(int[] inputs) {
        return new MapParameters(
                Arrays.stream(inputs).mapToObj(input -> weights[input].clone()).toArray(float[][]::new),
                biases.clone());
    }

    /**
     * The map between some inputs and some units, with zeros for what there is beyond them.
     *
     * @param inputs of these, those that take part
     * @param units of these, those that take part
     * @param width inputs of the map, at least those that take part
     * @param height its units, at least those that take part
     * @return in the order of {@link DenseMap#parameters}
     */
    float[] part(int[] inputs, int[] units, int width, int height) {
        float[] all = new float[(width + 1) * height];
        for (int a = 0; a < inputs.length; a++) {
            gather(weights[inputs[a]], units, all, a * height);
        }
        gather(biases, units, all, width * height);
        return all;
    }

    static void gather(float[] values, int[] at, float[] into, int from) {
        for (int k = 0; k < at.length; k++) {
            into[from + k] = values[at[k]];
        }
    }

    /** How many there are. */
    long count() {
        return (weights.length + 1L) * biases.length;
    }
}
