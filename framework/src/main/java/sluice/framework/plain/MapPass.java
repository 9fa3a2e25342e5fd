package sluice.framework.plain;

import java.util.Arrays;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.layer.Activations;
import sluice.framework.internal.layer.Gating;
import sluice.framework.internal.layer.LayerBias;
import sluice.framework.internal.layer.LayerProducts;
import sluice.framework.internal.layer.LowerGradient;
import sluice.framework.internal.layer.StepLayer;
import sluice.framework.internal.layer.StepUnits;

/**
 * One layer of maps on its way forward and backward, for batches up to some size: the products of its kind in the training
 * step of a gated network, with everything open and free.
 */
final class MapPass implements LowerGradient, AutoCloseable {
    /** Values of maps that are turned into rows of examples at a time, or back. */
    private static final int TURNED = 64;

    private final MapLayer layer;
    private final Buffers buffers;
    private final NativeMatrix valueGradient;
    private final NativeMatrix values;
    private final Activations output;
    private final float[] biasGradient;
    private final double[] gateGradient;
    private final float[] gateFloats;
    private final LayerProducts products;

    /**
     * What passes write to, of a layer.
     *
     * @param units [units, values * room], before the gates
     * @param gated shaped so, the output; the same matrix where whoever takes it multiplies
     * @param gradient shaped so, at the output, then before the ReLU
     * @param weightGradient [units, inputs]
     */
    record Buffers(NativeMatrix units, NativeMatrix gated, NativeMatrix gradient, NativeMatrix weightGradient)
            implements AutoCloseable {
        static Buffers allocate(MapLayer layer, boolean top, int room) {
            int units = layer.block().units();
            int columns = Math.multiplyExact(layer.connection().valuesPerUnit(), room);
            NativeMatrix own = NativeMatrix.allocate(units, columns);
            return new Buffers(
                    own,
                    top ? own : NativeMatrix.allocate(units, columns),
                    NativeMatrix.allocate(units, columns),
                    NativeMatrix.allocate(units, layer.block().inputs()));
        }

        /** The same memory for fewer examples. */
        Buffers part(MapLayer layer, int room) {
            int rows = layer.block().units();
            int columns = layer.connection().valuesPerUnit() * room;
            NativeMatrix own = units.part(rows, columns);
            return new Buffers(
                    own,
                    gated == units ? own : gated.part(rows, columns),
                    gradient.part(rows, columns),
                    weightGradient.part(rows, weightGradient.columns()));
        }

        @Override
        public void close() {
            units.close();
            if (gated != units) {
                gated.close();
            }
            gradient.close();
            weightGradient.close();
        }
    }

    /**
     * @param input what is below, [values, room]
     * @param lanes threads at most
     */
    MapPass(MapLayer layer, Activations input, Buffers buffers, int room, int lanes) {
        this.layer = layer;
        this.buffers = buffers;
        int rows = layer.values();
        this.values = buffers.units().view(rows, room);
        this.valueGradient = buffers.gradient().view(rows, room);
        this.output = new Activations.OfUnits(buffers.gated().view(rows, room));
        this.biasGradient = new float[layer.block().units()];
        this.gateGradient = new double[biasGradient.length];
        this.gateFloats = new float[biasGradient.length];
        AllOpen order = AllOpen.of(biasGradient.length);
        this.products = layer.connection()
                .products(new StepLayer(
                        order,
                        AllOpen.of(layer.below()),
                        layer.below(),
                        layer.weights(),
                        new LayerBias(new StepUnits(
                                order, layer.biases(), new float[0][], biasGradient, GradientAlone.UNMOVED, room)),
                        new GradientAlone(buffers.weightGradient()),
                        input,
                        new StepLayer.Buffers(buffers.units(), buffers.gated(), buffers.gradient(), biasGradient),
                        Gating.PER_BATCH,
                        room,
                        lanes));
    }

    Activations output() {
        return output;
    }

    @Override
    public int firstRow(Lane lane) {
        return lane.first(0, biasGradient.length, products.grain());
    }

    @Override
    public int endRow(Lane lane) {
        return lane.end(0, biasGradient.length, products.grain());
    }

    @Override
    public NativeMatrix outputGradient() {
        return valueGradient;
    }

    @Override
    public NativeMatrix mapGradient() {
        return buffers.gradient();
    }

    void forward(Lane lane, int batch) {
        products.forward(lane, 0, biasGradient.length, batch);
    }

    /** Multiplies this lane's units by their gates, for the layer of maps above. */
    void gate(Lane lane, int batch) {
        products.activate(lane, firstRow(lane), endRow(lane), batch);
        products.gate(lane, firstRow(lane), endRow(lane), layer.gates(), batch);
    }

    /**
     * Turns what this lane's units are, times their gates, into rows of examples.
     *
     * @param rows [at least batch][values]
     * @param sums per value, the sum over the batch before the gates
     */
    void handUp(Lane lane, float[][] rows, float[] sums, int batch) {
        products.activate(lane, firstRow(lane), endRow(lane), batch);
        int of = layer.connection().valuesPerUnit();
        float[] block = lane.mapPasses().block(TURNED * batch);
        for (int from = firstRow(lane) * of, end = endRow(lane) * of; from < end; from += TURNED) {
            int count = Math.min(TURNED, end - from);
            for (int k = 0; k < count; k++) {
                values.get(from + k, 0, block, k * batch, batch);
                sums[from + k] = scaled(block, k * batch, batch, (float) layer.gates()[(from + k) / of]);
            }
            for (int e = 0; e < batch; e++) {
                float[] row = rows[e];
                for (int k = 0, at = e; k < count; k++, at += batch) {
                    row[from + k] = block[at];
                }
            }
        }
    }

    private static float scaled(float[] values, int from, int count, float gate) {
        float sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += values[i];
            values[i] *= gate;
        }
        return sum;
    }

    /**
     * Takes this lane's part of the gradient at the output from rows of examples, and brings it to before the ReLU.
     *
     * @param rows [examples, live values]
     * @param first row of the first example
     * @param live which values these are; others have no gradient
     */
    void takeDown(Lane lane, NativeMatrix rows, int first, LiveInputs live, int batch) {
        int of = layer.connection().valuesPerUnit();
        float[] block = lane.mapPasses().block(TURNED * batch + TURNED);
        int scratch = TURNED * batch;
        for (int from = firstRow(lane) * of, end = endRow(lane) * of; from < end; from += TURNED) {
            int count = Math.min(TURNED, end - from);
            int place = live.place(from);
            int known = live.place(from + count) - place;
            Arrays.fill(block, 0, count * batch, 0);
            for (int e = 0; e < batch; e++) {
                rows.get(first + e, place, block, scratch, known);
                for (int k = 0; k < count; k++) {
                    if (live.isLive(from + k)) {
                        block[k * batch + e] = block[scratch + live.place(from + k) - place];
                    }
                }
            }
            for (int k = 0; k < count; k++) {
                valueGradient.put(from + k, 0, block, k * batch, batch);
            }
        }
        throughGates(lane, batch);
    }

    /** From the gradient at the output of this lane's units to that at the gates and before the ReLU. */
    private void throughGates(Lane lane, int batch) {
        products.throughGates(lane, firstRow(lane), endRow(lane), layer.gates(), gateGradient, batch);
    }

    /** The same of the layer of maps below, of which this lane has the same share in both. */
    void propagate(Lane lane, MapPass below, int batch) {
        products.inputGradient(lane, below, batch);
        below.throughGates(lane, batch);
    }

    void form(Lane lane, int batch) {
        products.form(lane, batch);
    }

    /** Writes the gradient of this lane's units where their parameters lie, once all lanes have formed theirs. */
    void collect(Lane lane, float[] gradient) {
        products.addUp(lane);
        ParameterBlock block = layer.block();
        int to = lane.end(0, block.units(), 1);
        for (int unit = lane.first(0, block.units(), 1); unit < to; unit++) {
            float[] row = lane.rows().read(buffers.weightGradient(), unit, 0, block.inputs());
            for (int i = 0, at = block.weight(0, unit); i < block.inputs(); i++, at += block.units()) {
                gradient[at] = row[i];
            }
            gradient[block.biases() + unit] = biasGradient[unit];
        }
    }

    /**
     * Copies the gradient as it was formed, where one lane has formed all of it.
     *
     * @param into [units, inputs], then [units] of biases
     */
    void copyGradient(float[] into) {
        int weights = into.length - biasGradient.length;
        buffers.weightGradient().get(0, 0, into, 0, weights);
        System.arraycopy(biasGradient, 0, into, weights, biasGradient.length);
    }

    /** What units are after their gates: [batch, values], row-major. */
    float[] hidden(int batch) {
        int width = layer.values();
        float[] hidden = new float[Math.multiplyExact(batch, width)];
        float[] row = new float[batch];
        for (int v = 0; v < width; v++) {
            float gate = (float) layer.gates()[v / layer.connection().valuesPerUnit()];
            values.get(v, 0, row, 0, batch);
            for (int e = 0; e < batch; e++) {
                hidden[e * width + v] = row[e] * gate;
            }
        }
        return hidden;
    }

    /** The gradient at each gate, overwritten by the next call. */
    float[] gateGradient() {
        for (int u = 0; u < gateFloats.length; u++) {
            gateFloats[u] = (float) gateGradient[u];
        }
        return gateFloats;
    }

    @Override
    public void close() {
        products.close();
        buffers.close();
    }
}
