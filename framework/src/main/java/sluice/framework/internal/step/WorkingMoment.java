package sluice.framework.internal.step;

import sluice.framework.internal.kernel.Lane;

/**
 * A moment per free weight, 0 at first. Moments are never multiplied: their working copy is on the heap, an array per row, so that an
 * update takes them where they are and rows change places with no copy. In the master copy they lie row by row, each as long
 * as the row has free weights.
 */
final class WorkingMoment extends WorkingMatrix {
    private final float[][] values;

    WorkingMoment(UnitOrder rows, UnitOrder columns, int span) {
        super(rows, columns, masterCopy(rows, columns, span), span);
        this.values = new float[rows.size()][Math.multiplyExact(columns.size(), span)];
    }

    private static MasterCopy masterCopy(UnitOrder rows, UnitOrder columns, int span) {
        int[] starts = new int[rows.size()];
        int next = 0;
        for (int at = 0; at < rows.size(); at++) {
            starts[rows.units()[at]] = next;
            next = Math.addExact(
                    next, Math.multiplyExact(span, at < rows.boundary() ? columns.size() : columns.boundary()));
        }
        int[] places = new int[columns.size()];
        for (int c = 0; c < places.length; c++) {
            places[c] = c;
        }
        return new MasterCopy(new float[next], starts, places, places.clone(), true);
    }

    /** By row and column. */
    float[][] values() {
        return values;
    }

    @Override
    float[] read(Lane lane, int at, int from, int to) {
        return values[at];
    }

    @Override
    float[] fresh(Lane lane, int at) {
        return values[at];
    }

    @Override
    void write(Lane lane, int at, int from, int to) {
        // it is worked on where it is
    }

    @Override
    void swapRows(Lane lane, int left, int right) {
        float[] kept = values[left];
        values[left] = values[right];
        values[right] = kept;
    }

    @Override
    void moveRow(Lane lane, int source, int target, int from, int to) {
        swapRows(lane, source, target);
    }

    @Override
    public void close() {
        // nothing lies outside the heap
    }
}
