package sluice.framework.internal.step;

import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.layer.Layer;

/** The weights themselves, whose working copy is multiplied: a native matrix. Their master copy is their layer's. */
final class WorkingNumbers extends WorkingMatrix {
    /** A row of so many times more columns than change is not read through for them. */
    private static final int FEW = 8;

    private final NativeMatrix matrix;

    WorkingNumbers(Layer layer, UnitOrder rows, UnitOrder columns) {
        super(
                rows,
                columns,
                new MasterCopy(layer.weights(), starts(layer), columns.units(), columns.unitsBefore(), false),
                layer.span());
        this.matrix = NativeMatrix.allocate(rows.size(), Math.max(1, columns.size() * layer.span()));
    }

    private static int[] starts(Layer layer) {
        int[] starts = new int[layer.units()];
        for (int unit = 0; unit < starts.length; unit++) {
            starts[unit] = unit * layer.inputs();
        }
        return starts;
    }

    NativeMatrix matrix() {
        return matrix;
    }

    @Override
    float[] read(Lane lane, int at, int from, int to) {
        return lane.rows().read(matrix, at, from * span(), to * span());
    }

    @Override
    float[] fresh(Lane lane, int at) {
        return lane.rows().row(matrix.columns());
    }

    @Override
    void write(Lane lane, int at, int from, int to) {
        lane.rows().write(matrix, at, from * span(), to * span());
    }

    /** Single entries where they lie, if they are few; else whole rows are read and written. */
    @Override
    void moveColumns(Lane lane, int at) {
        if (span() == 1 && FEW * columns().changes() < columns().size()) {
            moveFew(at);
        } else {
            super.moveColumns(lane, at);
        }
    }

    private void moveFew(int at) {
        UnitOrder order = columns();
        float[] master = master();
        int start = start(at);
        int free = freeEnd(at, order.size());
        for (int i = 0; i < order.closed(); i++) {
            int c = order.closedAt()[i];
            if (c < free) {
                master[start + order.unitsBefore()[c]] = matrix.get(at, c);
            }
        }
        for (int i = 0; i < order.moved(); i++) {
            matrix.put(at, order.movedTo()[i], matrix.get(at, order.movedFrom()[i]));
        }
        for (int i = 0; i < order.opened(); i++) {
            int c = order.openedAt()[i];
            matrix.put(at, c, master[start + order.units()[c]]);
        }
    }

    @Override
    void swapRows(Lane lane, int left, int right) {
        lane.rows().swapRows(matrix, left, right);
    }

    @Override
    void moveRow(Lane lane, int source, int target, int from, int to) {
        read(lane, source, from, to);
        write(lane, target, from, to);
    }

    @Override
    public void close() {
        matrix.close();
    }
}
