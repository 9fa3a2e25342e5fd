package sluice.framework;

import sluice.framework.kernel.Lane;
import sluice.framework.kernel.NativeMatrix;

/**
 * The weights of a layer, or one of their moments, while a task trains: a native matrix in the orders of the layer's units
 * and of those below, and the home of its entries on the heap.
 */
final class WorkingMatrix implements AutoCloseable {
    private static final int WORTH_READING = 32;

    private final UnitOrder rows;
    private final UnitOrder columns;
    private final NativeMatrix matrix;
    private final float[] home;
    private final int[] starts;
    private final int[] places;
    private final int[] placesBefore;
    private final boolean freeOnly;

    private WorkingMatrix(
            UnitOrder rows, UnitOrder columns, float[] home, int[] starts, int[] places, int[] before, boolean free) {
        this.rows = rows;
        this.columns = columns;
        this.matrix = NativeMatrix.allocate(rows.size(), Math.max(1, columns.size()));
        this.home = home;
        this.starts = starts;
        this.places = places;
        this.placesBefore = before;
        this.freeOnly = free;
    }

    /** Weights, at home in their layer. */
    static WorkingMatrix ofWeights(DenseLayer layer, UnitOrder rows, UnitOrder columns) {
        int[] starts = new int[layer.units()];
        for (int unit = 0; unit < starts.length; unit++) {
            starts[unit] = unit * layer.inputs();
        }
        return new WorkingMatrix(rows, columns, layer.weights(), starts, columns.units(), columns.unitsBefore(), false);
    }

    /** A moment per free weight, 0 at first; at home they lie row by row, each as long as the row has free weights. */
    static WorkingMatrix ofMoments(UnitOrder rows, UnitOrder columns) {
        int[] starts = new int[rows.size()];
        int next = 0;
        for (int at = 0; at < rows.size(); at++) {
            starts[rows.units()[at]] = next;
            next = Math.addExact(next, at < rows.boundary() ? columns.size() : columns.boundary());
        }
        int[] places = new int[columns.size()];
        for (int c = 0; c < places.length; c++) {
            places[c] = c;
        }
        return new WorkingMatrix(rows, columns, new float[next], starts, places, places.clone(), true);
    }

    /** Follows the exchanges of columns in what it knows of their places at home. */
    void beginMove() {
        if (places != columns.units()) {
            System.arraycopy(places, 0, placesBefore, 0, places.length);
            for (int i = 0; i < columns.swaps(); i++) {
                swap(places, columns.swapLeft()[i], columns.swapRight()[i]);
            }
        }
    }

    private static void swap(int[] values, int left, int right) {
        int kept = values[left];
        values[left] = values[right];
        values[right] = kept;
    }

    /** End of the columns of a row that may be written to. */
    private int freeEnd(int at, int end) {
        return at < rows.boundary() ? end : Math.min(end, columns.boundary());
    }

    /** Fills columns {@code from} to {@code to - 1} of a row. */
    void comeFromHome(Lane lane, int at, int from, int to) {
        int end = freeOnly ? freeEnd(at, to) : to;
        float[] row = lane.rows().row(matrix.columns());
        comeNear(lane, rows.units()[at], end - from);
        gather(home, starts[rows.units()[at]], places, row, from, end);
        lane.rows().write(matrix, at, from, end);
    }

    /** Sends columns {@code from} to {@code to - 1} of a row home, as far as they may have changed. */
    void goHome(Lane lane, int at, int from, int to) {
        int end = freeEnd(at, to);
        float[] row = lane.rows().read(matrix, at, from, end);
        scatter(row, home, starts[rows.units()[at]], places, from, end);
    }

    /** Sends the row of a unit that has closed home, by the columns as they were before. */
    void leave(Lane lane, int at) {
        int end = freeEnd(at, columns.endBefore());
        float[] row = lane.rows().read(matrix, at, columns.firstBefore(), end);
        comeNear(lane, rows.leaving()[at], end - columns.firstBefore());
        scatter(row, home, starts[rows.leaving()[at]], placesBefore, columns.firstBefore(), end);
    }

    /** In the row of a unit that stays: columns that have closed go home, others move, those that have opened come. */
    void moveColumns(Lane lane, int at) {
        int from = Math.min(columns.firstBefore(), columns.first());
        int to = Math.max(columns.endBefore(), columns.end());
        int free = freeEnd(at, to);
        int known = freeOnly ? free : to;
        int start = starts[rows.unitsBefore()[at]];
        float[] row = lane.rows().read(matrix, at, from, to);
        comeNear(lane, rows.unitsBefore()[at], columns.closed() + columns.opened());
        letGo(row, home, start, free);
        for (int i = 0; i < columns.moved(); i++) {
            row[columns.movedTo()[i]] = row[columns.movedFrom()[i]];
        }
        takeIn(row, home, start, known);
        lane.rows().write(matrix, at, from, to);
    }

    /** Reads a row's home through, in order, where many of its places are about to be used in none. */
    private void comeNear(Lane lane, int unit, int uses) {
        if (uses > WORTH_READING) {
            lane.rows().touch(home, starts[unit], Math.min(columns.size(), home.length - starts[unit]));
        }
    }

    private void letGo(float[] row, float[] into, int start, int end) {
        int[] closedAt = columns.closedAt();
        for (int i = 0; i < columns.closed(); i++) {
            int c = closedAt[i];
            if (c < end) {
                into[start + placesBefore[c]] = row[c];
            }
        }
    }

    private void takeIn(float[] row, float[] from, int start, int end) {
        int[] openedAt = columns.openedAt();
        for (int i = 0; i < columns.opened(); i++) {
            int c = openedAt[i];
            if (c < end) {
                row[c] = from[start + places[c]];
            }
        }
    }

    /** Exchanges columns in a row that holds them all. */
    void swapColumns(Lane lane, int at) {
        int[] left = columns.swapLeft();
        int[] right = columns.swapRight();
        float[] row = lane.rows().read(matrix, at, 0, columns.size());
        for (int i = 0; i < columns.swaps(); i++) {
            float kept = row[left[i]];
            row[left[i]] = row[right[i]];
            row[right[i]] = kept;
        }
        lane.rows().write(matrix, at, 0, columns.size());
    }

    void swapRows(Lane lane, int left, int right) {
        lane.rows().swapRows(matrix, left, right);
    }

    void copyRow(Lane lane, int source, int target, int from, int to) {
        lane.rows().read(matrix, source, from, to);
        lane.rows().write(matrix, target, from, to);
    }

    private static void gather(float[] source, int start, int[] places, float[] into, int from, int to) {
        for (int c = from; c < to; c++) {
            into[c] = source[start + places[c]];
        }
    }

    private static void scatter(float[] source, float[] into, int start, int[] places, int from, int to) {
        for (int c = from; c < to; c++) {
            into[start + places[c]] = source[c];
        }
    }

    NativeMatrix matrix() {
        return matrix;
    }

    @Override
    public void close() {
        matrix.close();
    }
}
