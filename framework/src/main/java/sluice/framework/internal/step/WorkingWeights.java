package sluice.framework.internal.step;

import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.state.State;
import sluice.framework.layer.Layer;

/**
 * The weights of a layer, and their moments, while a task trains: matrices whose rows and columns follow the
 * orders of the layer's units and of those below, so that open blocks are plain sub-matrices. Only weights between open
 * units are kept here; when a unit closes, its weights are written back to the layer (and their moments to the heap),
 * and they are loaded when it opens. What cannot change is not written back. Where closed units are computed too, and where columns never
 * move, everything is kept here and changes places.
 *
 * <p>After a new arrangement of units, {@link #beginMove} comes first, then {@link #moveColumns} in every lane, and when
 * all are done, {@link #moveRows} in every lane.
 */
final class WorkingWeights implements AutoCloseable {
    private final UnitOrder rows;
    private final UnitOrder columns;
    private final int span;
    private final WorkingNumbers weights;
    /** Weights, then their moments. */
    private final WorkingMatrix[] matrices;

    /** By moment, row and column. */
    private final float[][][] momentValues;

    private boolean holdsClosed;

    /**
     * @param moments moments per free weight, at least 0
     */
    WorkingWeights(Layer layer, UnitOrder rows, UnitOrder columns, int moments) {
        this.rows = rows;
        this.columns = columns;
        this.span = layer.span();
        this.weights = new WorkingNumbers(layer, rows, columns);
        this.matrices = new WorkingMatrix[1 + moments];
        this.momentValues = new float[moments][][];
        matrices[0] = weights;
        for (int i = 0; i < moments; i++) {
            WorkingMoment moment = new WorkingMoment(rows, columns, layer.span());
            matrices[1 + i] = moment;
            momentValues[i] = moment.values();
        }
        if (rows.stays() || columns.stays()) {
            holdClosedToo();
        }
    }

    /** Tells moments, once all is written back and orders are told; weights are told by whom they are of. */
    void state(State state) {
        for (int i = 1; i < matrices.length; i++) {
            matrices[i].state(state.part("moment-" + i));
        }
        if (state.restores()) {
            load();
        }
    }

    /** Takes up everything that is held here, from the layer and the heap. */
    private void load() {
        Lane lane = new Lane();
        int from = holdsClosed ? 0 : rows.first();
        int to = holdsClosed ? rows.size() : rows.end();
        for (int at = from; at < to; at++) {
            for (WorkingMatrix matrix : matrices) {
                matrix.load(lane, at, holdsClosed ? 0 : columns.first(), holdsClosed ? columns.size() : columns.end());
            }
        }
    }

    /** Keeps all weights here, from now on. */
    void holdClosedToo() {
        if (!holdsClosed) {
            Lane lane = new Lane();
            writeBack();
            for (int at = 0; at < rows.size(); at++) {
                for (WorkingMatrix matrix : matrices) {
                    matrix.load(lane, at, 0, columns.size());
                }
            }
            holdsClosed = true;
        }
    }

    /**
     * Follows new arrangements of the units here and below, so far as it is not the lanes' work.
     *
     * @return about how many entries are to be moved
     */
    long beginMove() {
        for (WorkingMatrix matrix : matrices) {
            matrix.beginMove();
        }
        long perRow = (long) columns.closed() + columns.opened();
        long perColumn = (long) rows.closed() + rows.opened();
        return (long) span * matrices.length * (perRow * (endHeld() - firstHeld()) + perColumn * columns.open());
    }

    private int firstHeld() {
        return holdsClosed ? 0 : rows.firstBefore();
    }

    private int endHeld() {
        return holdsClosed ? rows.size() : rows.endBefore();
    }

    /** Moves columns in this lane's rows; the rows of units that have closed are evicted. */
    void moveColumns(Lane lane) {
        for (int at = lane.first(firstHeld(), endHeld()); at < lane.end(firstHeld(), endHeld()); at++) {
            boolean leaves = !holdsClosed && rows.leaving()[at] != UnitOrder.NOBODY;
            for (WorkingMatrix matrix : matrices) {
                if (leaves) {
                    matrix.evict(lane, at);
                } else if (columns.changed() && holdsClosed) {
                    matrix.swapColumns(lane, at);
                } else if (columns.changed()) {
                    matrix.moveColumns(lane, at);
                }
            }
        }
    }

    /** Moves rows; those of units that have opened are loaded. */
    void moveRows(Lane lane) {
        if (holdsClosed) {
            // no row takes part in two exchanges
            for (int i = lane.index(); i < rows.swaps(); i += lane.count()) {
                swapRows(lane, rows.swapLeft()[i], rows.swapRight()[i]);
            }
            return;
        }
        for (int i = lane.index(); i < rows.moved(); i += lane.count()) {
            for (WorkingMatrix matrix : matrices) {
                matrix.moveRow(lane, rows.movedFrom()[i], rows.movedTo()[i], columns.first(), columns.end());
            }
        }
        for (int i = lane.index(); i < rows.opened(); i += lane.count()) {
            for (WorkingMatrix matrix : matrices) {
                matrix.load(lane, rows.openedAt()[i], columns.first(), columns.end());
            }
        }
    }

    private void swapRows(Lane lane, int left, int right) {
        for (WorkingMatrix matrix : matrices) {
            matrix.swapRows(lane, left, right);
        }
    }

    /** Writes everything to the layer and goes on holding it here too. It may be called at any time, and training goes on. */
    void writeBack() {
        Lane lane = new Lane();
        int from = holdsClosed ? 0 : rows.first();
        int to = holdsClosed ? rows.size() : rows.end();
        for (int at = from; at < to; at++) {
            for (WorkingMatrix matrix : matrices) {
                matrix.writeBack(
                        lane, at, holdsClosed ? 0 : columns.first(), holdsClosed ? columns.size() : columns.end());
            }
        }
    }

    /** Entries per unit below. */
    int span() {
        return span;
    }

    /** [units, units below * span] in the orders of this step. */
    NativeMatrix weights() {
        return weights.matrix();
    }

    /** Their moments by row and column, each of the shape of the weights; rows change places in every step. */
    float[][][] moments() {
        return momentValues;
    }

    @Override
    public void close() {
        for (WorkingMatrix matrix : matrices) {
            matrix.close();
        }
    }
}
