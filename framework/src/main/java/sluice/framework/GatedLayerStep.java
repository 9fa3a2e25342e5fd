package sluice.framework;

import java.util.Arrays;
import sluice.framework.kernel.Blas;
import sluice.framework.kernel.NativeMatrix;
import sluice.framework.kernel.RowPasses;
import sluice.gating.Granularity;
import sluice.gating.Probe;

/**
 * One gated hidden layer in the training step: gathers the active block of its weights, runs it forward and backward, and
 * writes what is free. All buffers are allocated once per task.
 *
 * <p>With a gate sample per mini-batch only observed units are computed: the open ones, and the closed ones too if the
 * estimator asks what their gates would have changed. With one per example these are the units open in any row.
 */
final class GatedLayerStep implements AutoCloseable {
    private final DenseLayer layer;
    private final FreeEntries free;
    private final GateTraining gates;
    private final ActiveUnits active;
    private final RowPasses passes;
    private final ParameterUpdate weightUpdate;
    private final ParameterUpdate biasUpdate;
    private final boolean perExample;

    private final NativeMatrix weights;
    private final NativeMatrix units;
    private final NativeMatrix gated;
    private final NativeMatrix dOut;
    private final NativeMatrix dz;
    private final NativeMatrix dWeights;
    private final float[] biases;
    private final float[] dBiases;
    private final float[] row;
    private final float[] gateRows;
    private final int[] freeColumns;
    private final double[] dGates;
    private Probe probe;

    GatedLayerStep(
            DenseLayer layer,
            FreeEntries free,
            GateTraining gates,
            Optimizer optimizer,
            Granularity granularity,
            int batch) {
        this.layer = layer;
        this.free = free;
        this.gates = gates;
        this.active = ActiveUnits.ofLayer(layer.units());
        this.passes = new RowPasses(layer.units());
        this.weightUpdate = ParameterUpdate.of(optimizer, layer.weights(), layer.inputs());
        this.biasUpdate = ParameterUpdate.of(optimizer, layer.biases(), 1);
        this.perExample = granularity == Granularity.PER_EXAMPLE;
        this.weights = NativeMatrix.allocate(layer.units(), layer.inputs());
        this.units = NativeMatrix.allocate(batch, layer.units());
        this.gated = perExample ? NativeMatrix.allocate(batch, layer.units()) : units;
        this.dOut = NativeMatrix.allocate(batch, layer.units());
        this.dz = NativeMatrix.allocate(batch, layer.units());
        this.dWeights = NativeMatrix.allocate(layer.units(), layer.inputs());
        this.biases = new float[layer.units()];
        this.dBiases = new float[layer.units()];
        this.row = new float[Math.max(layer.inputs(), layer.units())];
        this.freeColumns = new int[layer.inputs()];
        this.gateRows = new float[perExample ? batch * layer.units() : 0];
        this.dGates = new double[(perExample ? batch : 1) * layer.units()];
    }

    /** Draws this step's gates and sorts the units by them. */
    void draw(double slope, int batch) {
        probe = gates.draw(slope, batch);
        active.choose(gates.open(), free.canLearn(), probe.needsClosedUpstream());
    }

    ActiveUnits active() {
        return active;
    }

    GateTraining gates() {
        return gates;
    }

    /** The gated output [batch, open]; its stride may be wider. */
    NativeMatrix output() {
        return gated;
    }

    /** The gradient at the gated output [batch, observed], to be filled by the layer above. */
    NativeMatrix outputGradient() {
        return dOut;
    }

    boolean needsUpstream() {
        return probe.needsUpstream();
    }

    /** {@code relu(x W^T + b) * gates}; returns the multiply-adds done. */
    long forward(NativeMatrix input, ActiveUnits below, int batch) {
        gatherBlock(below);
        units.shape(batch, active.observed());
        Blas.multiplyTransposed(input, weights, units, batch, active.observed(), below.open());
        passes.biasAndRelu(units, batch, active.observed(), biases);
        if (perExample) {
            gatherGates(batch);
            gated.shape(batch, active.open());
            passes.gate(units, gateRows, gated, batch, active.open());
        }
        return (long) batch * active.observed() * below.open();
    }

    private void gatherBlock(ActiveUnits below) {
        weights.shape(active.observed(), below.observed());
        int[] columns = below.units();
        for (int k = 0; k < active.observed(); k++) {
            int unit = active.units()[k];
            int start = unit * layer.inputs();
            if (below.everything()) {
                weights.putRow(k, 0, layer.weights(), start, layer.inputs());
            } else {
                for (int c = 0; c < below.observed(); c++) {
                    row[c] = layer.weights()[start + columns[c]];
                }
                weights.putRow(k, row, below.observed());
            }
            biases[k] = layer.biases()[unit];
        }
    }

    private void gatherGates(int batch) {
        for (int r = 0, at = 0; r < batch; r++) {
            for (int k = 0; k < active.open(); k++, at++) {
                gateRows[at] = (float) probe.gates()[r * layer.units() + active.units()[k]];
            }
        }
    }

    /**
     * Gradients of the gates, weights and biases from the gradient at the output; returns the multiply-adds done.
     *
     * @param inputGradient where the gradient at the input goes [batch, below.observed()]; null if nothing below learns
     */
    long backward(NativeMatrix input, ActiveUnits below, NativeMatrix inputGradient, int batch) {
        dz.shape(batch, active.open());
        throughGates(batch);
        dWeights.shape(active.learning(), below.open());
        Blas.transposedMultiply(dz, input, dWeights, active.learning(), below.open(), batch);
        passes.columnSums(dz, batch, active.learning(), dBiases);
        long done = (long) batch * active.learning() * below.open();
        if (inputGradient != null) {
            inputGradient.shape(batch, below.observed());
            Blas.multiply(dz, weights, inputGradient, batch, below.observed(), active.open());
            done += (long) batch * active.open() * below.observed();
        }
        return done;
    }

    private void throughGates(int batch) {
        int observed = active.observed();
        if (perExample) {
            passes.backwardPerExample(dOut, units, gateRows, dz, batch, observed, active.open(), dGates);
        } else {
            Arrays.fill(dGates, 0, observed, 0);
            passes.backwardShared(dOut, units, dz, batch, observed, active.open(), dGates);
        }
        if (probe.needsUpstream()) {
            for (int r = 0, at = 0; r < probe.rows(); r++) {
                for (int k = 0; k < observed; k++, at++) {
                    probe.upstream()[r * layer.units() + active.units()[k]] = dGates[at];
                }
            }
        }
    }

    /** Squared norm of the gradient of what this step may write. */
    double freeGradientNorm(ActiveUnits below) {
        double sum = 0;
        for (int k = 0; k < active.learning(); k++) {
            int unit = active.units()[k];
            dWeights.getRow(k, row, below.open());
            int count = free.rowFree(unit) ? below.open() : keepFreeColumns(unit, below);
            for (int c = 0; c < count; c++) {
                sum += (double) row[c] * row[c];
            }
            if (free.rowFree(unit)) {
                sum += (double) dBiases[k] * dBiases[k];
            }
        }
        return sum;
    }

    /** Moves the open free entries. */
    void update(ActiveUnits below, long step, float scale) {
        weightUpdate.beginStep(step);
        biasUpdate.beginStep(step);
        for (int k = 0; k < active.learning(); k++) {
            int unit = active.units()[k];
            dWeights.getRow(k, row, below.open());
            scaleRow(below.open(), scale);
            updateRow(unit, below);
            if (free.rowFree(unit)) {
                biasUpdate.entry(unit, dBiases[k] * scale);
            }
        }
    }

    private void scaleRow(int columns, float scale) {
        if (scale != 1) {
            for (int c = 0; c < columns; c++) {
                row[c] *= scale;
            }
        }
    }

    private void updateRow(int unit, ActiveUnits below) {
        int start = unit * layer.inputs();
        if (!free.rowFree(unit)) {
            weightUpdate.columns(start, freeColumns, row, keepFreeColumns(unit, below));
        } else if (below.everything()) {
            weightUpdate.run(start, row, layer.inputs());
        } else {
            weightUpdate.columns(start, below.units(), row, below.open());
        }
    }

    /** Moves the gradients of a row's open free entries to its front, and their columns to freeColumns. */
    private int keepFreeColumns(int unit, ActiveUnits below) {
        boolean[] frozen = free.frozenInputs(unit);
        int count = 0;
        for (int c = 0; c < below.open(); c++) {
            int input = below.units()[c];
            if (!frozen[input]) {
                freeColumns[count] = input;
                row[count] = row[c];
                count++;
            }
        }
        return count;
    }

    @Override
    public void close() {
        weights.close();
        units.close();
        if (perExample) {
            gated.close();
        }
        dOut.close();
        dz.close();
        dWeights.close();
    }
}
