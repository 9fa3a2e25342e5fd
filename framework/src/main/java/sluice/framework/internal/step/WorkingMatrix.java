package sluice.framework.internal.step;

import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.state.State;

/**
 * The weights of a layer, or one of their moments, while a task trains: a matrix in the orders of the layer's units
 * and of those below: the working copy of a master copy on the heap. What a unit has per unit below is a span of entries side
 * by side, in both; places are counted in spans.
 */
abstract sealed class WorkingMatrix implements AutoCloseable permits WorkingNumbers, WorkingMoment {
    private static final int WORTH_READING = 32;

    private final UnitOrder rows;
    private final UnitOrder columns;
    private final float[] master;
    private final int[] starts;
    private final int[] places;
    private final int[] placesBefore;
    private final boolean freeOnly;
    private final int span;

    /**
     * Where entries lie on the heap.
     *
     * @param values all of them
     * @param starts by unit, where its row starts
     * @param places by column, where its span lies in a row
     * @param placesBefore the same before the last arrangement
     * @param freeOnly whether only what is free has a place
     */
    record MasterCopy(float[] values, int[] starts, int[] places, int[] placesBefore, boolean freeOnly) {}

    WorkingMatrix(UnitOrder rows, UnitOrder columns, MasterCopy copy, int span) {
        this.rows = rows;
        this.columns = columns;
        this.master = copy.values();
        this.starts = copy.starts();
        this.freeOnly = copy.freeOnly();
        this.places = copy.places();
        this.placesBefore = copy.placesBefore();
        this.span = span;
    }

    /** A row with these columns in it, each at its place; until the lane asks for another. */
    abstract float[] read(Lane lane, int at, int from, int to);

    /** A row to be filled. */
    abstract float[] fresh(Lane lane, int at);

    /** Keeps what was done to these columns of a row that was read, or is filled. */
    abstract void write(Lane lane, int at, int from, int to);

    abstract void swapRows(Lane lane, int left, int right);

    /** Takes columns {@code from} to {@code to - 1} of a row to another, whose own are of no more use. */
    abstract void moveRow(Lane lane, int source, int target, int from, int to);

    /** Tells what lies on the heap, once all is written back; of weights that is their layer's to tell. */
    void state(State state) {
        if (freeOnly) {
            state.floats("values", master);
            state.ints("places", places);
        }
    }

    /** Follows the exchanges of columns in what it knows of their places in the master copy. */
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
    final int freeEnd(int at, int end) {
        return at < rows.boundary() ? end : Math.min(end, columns.boundary());
    }

    /** Loads columns {@code from} to {@code to - 1} of a row. */
    void load(Lane lane, int at, int from, int to) {
        int end = freeOnly ? freeEnd(at, to) : to;
        float[] row = fresh(lane, at);
        prefetch(lane, rows.units()[at], end - from);
        gather(master, starts[rows.units()[at]], places, row, from, end);
        write(lane, at, from, end);
    }

    /** Writes columns {@code from} to {@code to - 1} of a row back, as far as they may have changed. */
    void writeBack(Lane lane, int at, int from, int to) {
        int end = freeEnd(at, to);
        float[] row = read(lane, at, from, end);
        scatter(row, master, starts[rows.units()[at]], places, from, end);
    }

    /** Writes back the row of a unit that has closed, by the columns as they were before. */
    void evict(Lane lane, int at) {
        int end = freeEnd(at, columns.endBefore());
        float[] row = read(lane, at, columns.firstBefore(), end);
        prefetch(lane, rows.leaving()[at], end - columns.firstBefore());
        scatter(row, master, starts[rows.leaving()[at]], placesBefore, columns.firstBefore(), end);
    }

    /** In the row of a unit that stays: columns that have closed are written back, others move, those that have opened are loaded. */
    void moveColumns(Lane lane, int at) {
        int from = Math.min(columns.firstBefore(), columns.first());
        int to = Math.max(columns.endBefore(), columns.end());
        int free = freeEnd(at, to);
        int known = freeOnly ? free : to;
        int start = starts[rows.unitsBefore()[at]];
        float[] row = read(lane, at, from, to);
        prefetch(lane, rows.unitsBefore()[at], columns.closed() + columns.opened());
        storeClosed(row, master, start, free);
        for (int i = 0; i < columns.moved(); i++) {
            copy(row, columns.movedFrom()[i] * span, row, columns.movedTo()[i] * span);
        }
        loadOpened(row, master, start, known);
        write(lane, at, from, to);
    }

    /** Reads a row's master copy through, in order, where many of its single places are about to be used in none. */
    private void prefetch(Lane lane, int unit, int uses) {
        if (uses > WORTH_READING && span == 1) {
            lane.rows().touch(master, starts[unit], Math.min(columns.size() * span, master.length - starts[unit]));
        }
    }

    private void storeClosed(float[] row, float[] into, int start, int end) {
        int[] closedAt = columns.closedAt();
        for (int i = 0; i < columns.closed(); i++) {
            int c = closedAt[i];
            if (c < end) {
                copy(row, c * span, into, start + placesBefore[c] * span);
            }
        }
    }

    private void loadOpened(float[] row, float[] from, int start, int end) {
        int[] openedAt = columns.openedAt();
        for (int i = 0; i < columns.opened(); i++) {
            int c = openedAt[i];
            if (c < end) {
                copy(from, start + places[c] * span, row, c * span);
            }
        }
    }

    /** Exchanges columns in a row that holds them all. */
    void swapColumns(Lane lane, int at) {
        int[] left = columns.swapLeft();
        int[] right = columns.swapRight();
        float[] row = read(lane, at, 0, columns.size());
        for (int i = 0; i < columns.swaps(); i++) {
            for (int k = 0; k < span; k++) {
                float kept = row[left[i] * span + k];
                row[left[i] * span + k] = row[right[i] * span + k];
                row[right[i] * span + k] = kept;
            }
        }
        write(lane, at, 0, columns.size());
    }

    private void gather(float[] source, int start, int[] places, float[] into, int from, int to) {
        if (span > 1) {
            for (int c = from; c < to; c++) {
                copy(source, start + places[c] * span, into, c * span);
            }
            return;
        }
        for (int c = from; c < to; c++) {
            into[c] = source[start + places[c]];
        }
    }

    private void scatter(float[] source, float[] into, int start, int[] places, int from, int to) {
        if (span > 1) {
            for (int c = from; c < to; c++) {
                copy(source, c * span, into, start + places[c] * span);
            }
            return;
        }
        for (int c = from; c < to; c++) {
            into[start + places[c]] = source[c];
        }
    }

    /** One span. */
    private void copy(float[] source, int from, float[] into, int to) {
        if (span == 1) {
            into[to] = source[from];
        } else {
            System.arraycopy(source, from, into, to, span);
        }
    }

    final int span() {
        return span;
    }

    final float[] master() {
        return master;
    }

    /** Where the row of a unit that stays lies in the master copy. */
    final int start(int at) {
        return starts[rows.unitsBefore()[at]];
    }

    final UnitOrder columns() {
        return columns;
    }

    @Override
    public abstract void close();
}
