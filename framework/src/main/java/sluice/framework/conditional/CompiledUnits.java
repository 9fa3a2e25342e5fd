package sluice.framework.conditional;

import sluice.framework.internal.dense.Columns;
import sluice.framework.internal.dense.DenseStack;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;

/** The units of a trained layer for rows of a part: all of them, or the blocks that its gater opens. */
final class CompiledUnits implements AutoCloseable {
    private final CompiledLayer layer;
    private final Activation activation;
    private final Units below;
    private final Units looked;
    private final Units units;
    private final BlockProducts products;
    private final DenseStack gater;
    private final double[] gates;
    private final float[] row;

    /**
     * @param layer not closed with this
     * @param below what it is computed from
     * @param looked what its gater looks at
     * @param products not closed with this
     * @param rows most examples
     */
    CompiledUnits(
            CompiledLayer layer, Activation activation, Units below, Units looked, BlockProducts products, int rows) {
        this.layer = layer;
        this.activation = activation;
        this.below = below;
        this.looked = looked;
        this.products = products;
        this.gater = layer.isGated() ? new DenseStack(layer.gater(), rows) : null;
        int blocks = gater == null ? 1 : gater.last().outputs();
        this.units = new Units(
                NativeMatrix.allocate(rows, layer.units()), null, new BlockRows(blocks, layer.units() / blocks, rows));
        this.gates = new double[gater == null ? 0 : rows * blocks];
        this.row = new float[layer.units()];
    }

    Units units() {
        return units;
    }

    /** What the gater says of a row's blocks. */
    void logits(int index, float[] into) {
        gater.logits().get(index, 0, into, 0, units.open().blocks());
    }

    /** Whether a block is open for a row. */
    boolean isOpen(int index, int block) {
        return gates[index * units.open().blocks() + block] != 0;
    }

    void forward(Lane lane, int rows) {
        if (gater == null) {
            units.open().openAll(rows);
        } else {
            gate(lane, rows);
        }
        layer.dense()
                .ifPresent(
                        map -> map.forward(lane, new Columns(below.values(), 0, below.count()), units.values(), rows));
        layer.blocks().ifPresent(map -> map.forward(lane, products, below, units, rows));
        if (gater == null && !activation.rectified()) {
            return;
        }
        for (int r = 0; r < rows; r++) {
            finish(r);
        }
    }

    private void finish(int index) {
        int width = units.open().width();
        units.values().get(index, 0, row, 0, row.length);
        for (int b = 0; b < units.open().blocks(); b++) {
            if (!units.open().isOpen(index, b)) {
                continue;
            }
            float gate = gater == null ? 1 : (float) gates[index * units.open().blocks() + b];
            for (int j = b * width; j < (b + 1) * width; j++) {
                row[j] = gate * (activation.rectified() ? Math.max(0, row[j]) : row[j]);
            }
        }
        units.values().put(index, 0, row, 0, row.length);
    }

    private void gate(Lane lane, int rows) {
        gater.forward(lane, new Columns(looked.values(), 0, looked.count()), rows);
        int blocks = units.open().blocks();
        for (int r = 0, at = 0; r < rows; r++) {
            gater.logits().get(r, 0, row, 0, blocks);
            for (int b = 0; b < blocks; b++, at++) {
                gates[at] = row[b] > layer.threshold() ? activation.open(row[b]) : 0;
            }
        }
        units.open().openWhere(gates, rows);
    }

    /** Multiply-adds of a row in the last {@link #forward}, the gater's counted. */
    long multiplyAdds(int index) {
        return (gater == null ? 0 : gater.multiplyAdds())
                + (long) below.open().openUnits(index) * units.open().openUnits(index);
    }

    @Override
    public void close() {
        units.values().close();
        if (gater != null) {
            gater.closeBuffers();
        }
    }
}
