package sluice.framework;

import sluice.framework.kernel.NativeMatrix;

/**
 * The weights of a layer, and their moments, while a task trains: native matrices whose rows and columns follow the
 * orders of the layer's units and of those below, so that open blocks are plain sub-matrices. Only rows of open units are
 * kept here; when a unit closes, its row goes home to the layer (and its moments to the heap), and comes back when it
 * opens. What cannot change does not go home: of a used unit's row, only weights from free units below.
 */
final class WorkingWeights implements AutoCloseable {
    private final DenseLayer layer;
    private final UnitOrder rows;
    private final UnitOrder columns;
    private final NativeMatrix weights;
    private final Moments[] moments;
    private final float[] row;
    private boolean holdsClosed;

    /**
     * @param momentCount moments per free weight, 0 to 2
     */
    WorkingWeights(DenseLayer layer, UnitOrder rows, UnitOrder columns, int momentCount) {
        this.layer = layer;
        this.rows = rows;
        this.columns = columns;
        this.weights = NativeMatrix.allocate(rows.size(), Math.max(1, columns.size()));
        this.moments = new Moments[momentCount];
        for (int i = 0; i < momentCount; i++) {
            moments[i] = new Moments();
        }
        this.row = new float[Math.max(1, columns.size())];
        for (int at = rows.first(); at < rows.end(); at++) {
            load(at);
        }
    }

    /** Rows that may have been written to: of a free unit all weights, of a used one those from free units. */
    private int freeColumns(boolean freeRow) {
        return freeRow ? columns.size() : columns.boundary();
    }

    /** Keeps the rows of closed units here too, from now on. */
    void holdClosedToo() {
        if (!holdsClosed) {
            for (int at = 0; at < rows.size(); at++) {
                if (at < rows.first() || at >= rows.end()) {
                    load(at);
                }
            }
            holdsClosed = true;
        }
    }

    /** Follows the last arrangement of the units below. */
    void moveColumns() {
        if (columns.swaps() == 0) {
            return;
        }
        int from = holdsClosed ? 0 : rows.first();
        int to = holdsClosed ? rows.size() : rows.end();
        weights.swapColumns(from, to, columns.swapLeft(), columns.swapRight(), columns.swaps());
        for (Moments moment : moments) {
            moment.working.swapColumns(from, to, columns.swapLeft(), columns.swapRight(), columns.swaps());
        }
    }

    /** Follows the last arrangement of the layer's own units. */
    void moveRows() {
        if (holdsClosed) {
            for (int i = 0; i < rows.swaps(); i++) {
                swap(rows.swapLeft()[i], rows.swapRight()[i]);
            }
            return;
        }
        for (int i = 0; i < rows.closed(); i++) {
            store(rows.closedAt()[i], rows.closedUnits()[i]);
        }
        for (int i = 0; i < rows.moved(); i++) {
            copy(rows.movedFrom()[i], rows.movedTo()[i]);
        }
        for (int i = 0; i < rows.opened(); i++) {
            load(rows.openedAt()[i]);
        }
    }

    /** Brings everything home. */
    void finish() {
        int from = holdsClosed ? 0 : rows.first();
        int to = holdsClosed ? rows.size() : rows.end();
        for (int at = from; at < to; at++) {
            store(at, rows.units()[at]);
        }
    }

    private void load(int at) {
        int[] inputs = columns.units();
        int start = rows.units()[at] * layer.inputs();
        for (int c = 0; c < columns.size(); c++) {
            row[c] = layer.weights()[start + inputs[c]];
        }
        weights.put(at, 0, row, 0, columns.size());
        for (Moments moment : moments) {
            moment.load(at);
        }
    }

    private void store(int at, int unit) {
        int[] inputs = columns.units();
        int start = unit * layer.inputs();
        int count = freeColumns(at < rows.boundary());
        weights.get(at, 0, row, 0, count);
        for (int c = 0; c < count; c++) {
            layer.weights()[start + inputs[c]] = row[c];
        }
        for (Moments moment : moments) {
            moment.store(at, unit);
        }
    }

    private void copy(int from, int to) {
        copy(weights, from, to);
        for (Moments moment : moments) {
            copy(moment.working, from, to);
        }
    }

    private void copy(NativeMatrix matrix, int from, int to) {
        matrix.get(from, 0, row, 0, columns.size());
        matrix.put(to, 0, row, 0, columns.size());
    }

    private void swap(int left, int right) {
        weights.swapRows(left, right, row);
        for (Moments moment : moments) {
            moment.working.swapRows(left, right, row);
        }
    }

    /** [units, inputs] in the orders of this step. */
    NativeMatrix weights() {
        return weights;
    }

    /** The moment of that number, or any matrix where there is none: it is not looked at. */
    NativeMatrix moment(int number) {
        return number < moments.length ? moments[number].working : weights;
    }

    @Override
    public void close() {
        weights.close();
        for (Moments moment : moments) {
            moment.working.close();
        }
    }

    /** One running moment per free weight: at home row by row, each as long as the row has free weights. */
    private final class Moments {
        private final NativeMatrix working = NativeMatrix.allocate(rows.size(), Math.max(1, columns.size()));
        private final int[] starts = new int[layer.units()];
        private final int[] columnsAtHome = new int[layer.inputs()];
        private final float[] home;

        Moments() {
            int next = 0;
            for (int at = 0; at < rows.size(); at++) {
                starts[rows.units()[at]] = next;
                next += freeColumns(at < rows.boundary());
            }
            for (int c = 0; c < columns.size(); c++) {
                columnsAtHome[columns.units()[c]] = c;
            }
            home = new float[next];
        }

        void load(int at) {
            int start = starts[rows.units()[at]];
            int count = freeColumns(at < rows.boundary());
            for (int c = 0; c < count; c++) {
                row[c] = home[start + columnsAtHome[columns.units()[c]]];
            }
            working.put(at, 0, row, 0, count);
        }

        void store(int at, int unit) {
            int start = starts[unit];
            int count = freeColumns(at < rows.boundary());
            working.get(at, 0, row, 0, count);
            for (int c = 0; c < count; c++) {
                home[start + columnsAtHome[columns.units()[c]]] = row[c];
            }
        }
    }
}
