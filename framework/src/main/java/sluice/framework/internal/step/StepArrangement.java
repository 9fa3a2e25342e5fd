package sluice.framework.internal.step;

import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.Lanes;

/** Lets the rows and columns of all weights follow the gates that were drawn for a step. */
final class StepArrangement {
    /** What moving a weight to another place costs, in multiply-adds: what decides whether lanes share it. */
    static final long ENTRY_COST = 100;

    private final GatedLayerStep[] layers;
    private final HeadStep head;
    private final Lanes lanes;
    private final Lanes.Job movingColumns = this::moveColumns;
    private final Lanes.Job movingRows = this::moveRows;

    StepArrangement(GatedLayerStep[] layers, HeadStep head, Lanes lanes) {
        this.layers = layers;
        this.head = head;
        this.lanes = lanes;
    }

    /** Columns first, everywhere, and then rows, as these are written back by columns. */
    void follow() {
        boolean changed = false;
        for (GatedLayerStep layer : layers) {
            layer.arrange();
            changed |= layer.order().changed();
        }
        if (changed) {
            long entries = head.weights().beginMove();
            for (GatedLayerStep layer : layers) {
                entries += layer.weights().beginMove();
            }
            lanes.run(movingColumns, ENTRY_COST * entries);
            lanes.run(movingRows, ENTRY_COST * entries);
        }
    }

    private void moveColumns(Lane lane) {
        for (GatedLayerStep layer : layers) {
            layer.weights().moveColumns(lane);
        }
        head.weights().moveColumns(lane);
    }

    private void moveRows(Lane lane) {
        for (GatedLayerStep layer : layers) {
            layer.weights().moveRows(lane);
        }
    }
}
