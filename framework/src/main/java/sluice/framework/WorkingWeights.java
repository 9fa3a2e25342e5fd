package sluice.framework;

import java.util.stream.IntStream;
import sluice.framework.kernel.Lane;
import sluice.framework.kernel.NativeMatrix;

/**
 * The weights of a layer, and their moments, while a task trains: native matrices whose rows and columns follow the
 * orders of the layer's units and of those below, so that open blocks are plain sub-matrices. Only rows of open units are
 * kept here; when a unit closes, its row goes home to the layer (and its moments to the heap), and comes back when it
 * opens. What cannot change does not go home: of a used unit's row, only weights from free units below.
 *
 * <p>After a new arrangement of units, {@link #beginMove} comes first, then {@link #moveColumns} in every lane, and when
 * all are done, {@link #moveRows} in every lane.
 */
final class WorkingWeights implements AutoCloseable {
    private final DenseLayer layer;
    private final UnitOrder rows;
    private final UnitOrder columns;
    private final NativeMatrix weights;
    private final NativeMatrix[] moments;
    private final float[][] momentsAtHome;
    private final int[] momentStarts;
    private final int[] momentColumns;
    private boolean holdsClosed;

    /**
     * @param momentCount moments per free weight, 0 to 2
     */
    WorkingWeights(DenseLayer layer, UnitOrder rows, UnitOrder columns, int momentCount) {
        this.layer = layer;
        this.rows = rows;
        this.columns = columns;
        this.weights = NativeMatrix.allocate(rows.size(), Math.max(1, columns.size()));
        this.moments = new NativeMatrix[momentCount];
        this.momentsAtHome = new float[momentCount][];
        this.momentStarts = new int[momentCount > 0 ? layer.units() : 0];
        this.momentColumns = IntStream.range(0, columns.size()).toArray();
        int free = momentCount > 0 ? placeMoments() : 0;
        for (int i = 0; i < momentCount; i++) {
            moments[i] = NativeMatrix.allocate(weights.rows(), weights.columns());
            momentsAtHome[i] = new float[free];
        }
        Lane lane = new Lane();
        for (int at = rows.first(); at < rows.end(); at++) {
            comeFromHome(lane, at);
        }
    }

    /** At home, moments lie row by row, each as long as the row has free weights; returns how many there are. */
    private int placeMoments() {
        int next = 0;
        for (int at = 0; at < rows.size(); at++) {
            momentStarts[rows.units()[at]] = next;
            next = Math.addExact(next, freeColumns(at));
        }
        return next;
    }

    /** What may be written to in a row: of a free unit everything, of a used one the weights from free units. */
    private int freeColumns(int at) {
        return at < rows.boundary() ? columns.size() : columns.boundary();
    }

    /** Keeps the rows of closed units here too, from now on. */
    void holdClosedToo() {
        if (!holdsClosed) {
            Lane lane = new Lane();
            for (int at = 0; at < rows.size(); at++) {
                if (at < rows.first() || at >= rows.end()) {
                    comeFromHome(lane, at);
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
        for (int i = 0; i < columns.swaps(); i++) {
            int kept = momentColumns[columns.swapLeft()[i]];
            momentColumns[columns.swapLeft()[i]] = momentColumns[columns.swapRight()[i]];
            momentColumns[columns.swapRight()[i]] = kept;
        }
        return (1 + moments.length)
                * (2L * (endHeld() - firstHeld()) * columns.swaps()
                        + (long) (rows.closed() + rows.opened()) * columns.size());
    }

    private int firstHeld() {
        return holdsClosed ? 0 : rows.firstBefore();
    }

    private int endHeld() {
        return holdsClosed ? rows.size() : rows.endBefore();
    }

    /** Exchanges columns in this lane's rows, and sends those of units that have closed home. */
    void moveColumns(Lane lane) {
        for (int at = lane.first(firstHeld(), endHeld()); at < lane.end(firstHeld(), endHeld()); at++) {
            int unit = rows.leaving()[at];
            swapColumns(lane, weights, at);
            for (NativeMatrix moment : moments) {
                swapColumns(lane, moment, at);
            }
            if (unit != UnitOrder.NOBODY && !holdsClosed) {
                goHome(lane, at, unit);
            }
        }
    }

    private void swapColumns(Lane lane, NativeMatrix matrix, int at) {
        lane.passes().swapColumns(matrix, at, columns.swapLeft(), columns.swapRight(), columns.swaps());
    }

    /** Moves rows, and takes in those of units that have opened. */
    void moveRows(Lane lane) {
        if (holdsClosed) {
            for (int i = 0; i < rows.swaps() && lane.index() == 0; i++) {
                swapRows(lane, rows.swapLeft()[i], rows.swapRight()[i]);
            }
            return;
        }
        for (int i = lane.index(); i < rows.moved(); i += lane.count()) {
            copyRow(lane, rows.movedFrom()[i], rows.movedTo()[i]);
        }
        for (int i = lane.index(); i < rows.opened(); i += lane.count()) {
            comeFromHome(lane, rows.openedAt()[i]);
        }
    }

    private void swapRows(Lane lane, int left, int right) {
        lane.passes().swapRows(weights, left, right);
        for (NativeMatrix moment : moments) {
            lane.passes().swapRows(moment, left, right);
        }
    }

    private void copyRow(Lane lane, int from, int to) {
        lane.passes().copyRow(weights, from, to);
        for (NativeMatrix moment : moments) {
            lane.passes().copyRow(moment, from, to);
        }
    }

    private void comeFromHome(Lane lane, int at) {
        int unit = rows.units()[at];
        lane.passes().gather(layer.weights(), unit * layer.inputs(), columns.units(), weights, at, columns.size());
        for (int i = 0; i < moments.length; i++) {
            lane.passes().gather(momentsAtHome[i], momentStarts[unit], momentColumns, moments[i], at, freeColumns(at));
        }
    }

    private void goHome(Lane lane, int at, int unit) {
        int count = freeColumns(at);
        lane.passes().scatter(weights, at, count, layer.weights(), unit * layer.inputs(), columns.units());
        for (int i = 0; i < moments.length; i++) {
            lane.passes().scatter(moments[i], at, count, momentsAtHome[i], momentStarts[unit], momentColumns);
        }
    }

    /** Brings everything home, and goes on holding it here too. */
    void finish() {
        Lane lane = new Lane();
        int from = holdsClosed ? 0 : rows.first();
        int to = holdsClosed ? rows.size() : rows.end();
        for (int at = from; at < to; at++) {
            goHome(lane, at, rows.units()[at]);
        }
    }

    /** [units, inputs] in the orders of this step. */
    NativeMatrix weights() {
        return weights;
    }

    /** The moment of that number, or any matrix where there is none: it is not looked at. */
    NativeMatrix moment(int number) {
        return number < moments.length ? moments[number] : weights;
    }

    @Override
    public void close() {
        weights.close();
        for (NativeMatrix moment : moments) {
            moment.close();
        }
    }
}
