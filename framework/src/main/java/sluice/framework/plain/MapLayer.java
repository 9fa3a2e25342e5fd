package sluice.framework.plain;

import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.layer.Connection;

/** A layer of maps: how it lies on what is below, and a copy of its parameters as its products take them. */
final class MapLayer implements AutoCloseable {
    private final ParameterBlock block;
    private final Connection connection;
    private final NativeMatrix weights;
    private final float[] biases;
    private final double[] gates;

    MapLayer(ParameterBlock block, Connection connection) {
        this.block = block;
        this.connection = connection;
        this.weights = NativeMatrix.allocate(block.units(), block.inputs());
        this.biases = new float[block.units()];
        this.gates = new double[block.units()];
    }

    ParameterBlock block() {
        return block;
    }

    Connection connection() {
        return connection;
    }

    /** Maps below. */
    int below() {
        return block.inputs() / connection.weightsPerUnitBelow();
    }

    /** Values of an example. */
    int values() {
        return Math.multiplyExact(block.units(), connection.valuesPerUnit());
    }

    /** Values of an example below. */
    int valuesBelow() {
        return Math.multiplyExact(below(), connection.valuesPerUnitBelow());
    }

    /** [units, inputs]. */
    NativeMatrix weights() {
        return weights;
    }

    float[] biases() {
        return biases;
    }

    double[] gates() {
        return gates;
    }

    void setGates(float[] values) {
        for (int u = 0; u < gates.length; u++) {
            gates[u] = values[u];
        }
    }

    /** Takes over the parameters of this lane's share of the units. */
    void upload(Lane lane, float[] parameters) {
        float[] row = lane.rows().row(block.inputs());
        int to = lane.end(0, block.units(), 1);
        for (int unit = lane.first(0, block.units(), 1); unit < to; unit++) {
            for (int i = 0, at = block.weight(0, unit); i < block.inputs(); i++, at += block.units()) {
                row[i] = parameters[at];
            }
            lane.rows().write(weights, unit, 0, block.inputs());
            biases[unit] = parameters[block.biases() + unit];
        }
    }

    /**
     * Adds numbers of parameters to those that lie as the parameters do.
     *
     * @param byUnit [units, inputs], then [units] of biases
     */
    void addTo(float[] flat, float[] byUnit) {
        for (int unit = 0, from = 0; unit < block.units(); unit++) {
            for (int i = 0, at = block.weight(0, unit); i < block.inputs(); i++, at += block.units()) {
                flat[at] += byUnit[from++];
            }
            flat[block.biases() + unit] += byUnit[block.units() * block.inputs() + unit];
        }
    }

    @Override
    public void close() {
        weights.close();
    }
}
