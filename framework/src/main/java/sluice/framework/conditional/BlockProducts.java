package sluice.framework.conditional;

import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;

/**
 * The products of a block of units above with a block of units below: rows that have both are gathered, multiplied as a small dense
 * matrix, and scattered. Nothing is multiplied that is not computed. Weights lie unit by unit [above, below]. One thread's own.
 */
final class BlockProducts implements AutoCloseable {
    private final NativeMatrix below;
    private final NativeMatrix above;
    private final int[] met;
    private final float[] row;
    private final float[] sum;
    /** Rows that {@link #remember} read last, so that each is read once however many blocks see it. */
    private final float[][] remembered;

    private NativeMatrix of;
    private int count;

    /**
     * @param rows most rows
     * @param widest most units, or features, on either side of a map
     */
    BlockProducts(int rows, int widest) {
        this.below = NativeMatrix.allocate(rows, widest);
        this.above = NativeMatrix.allocate(rows, widest);
        this.met = new int[rows];
        this.row = new float[widest];
        this.sum = new float[widest];
        this.remembered = new float[rows][0];
    }

    /** Reads the rows of units that are all computed; to be called anew whenever they change. */
    void remember(Units x) {
        of = x.values();
        for (int r = 0; r < x.open().count(0); r++) {
            if (remembered[r].length < x.count()) {
                remembered[r] = new float[row.length];
            }
            of.get(r, 0, remembered[r], 0, x.count());
        }
    }

    /** Adds to a block of y what a block of x gives. */
    void forward(Lane lane, NativeMatrix weights, Units x, int seen, Units y, int block) {
        int from = x.open().width();
        int to = y.open().width();
        count = y.open().meet(block, x.open(), seen, met);
        if (count == 0) {
            return;
        }
        gather(x.values(), seen * from, from, below);
        lane.gemm()
                .left(below, 0, 0)
                .rightTransposed(weights, block * to, seen * from)
                .into(above, 0, 0)
                .multiply(count, to, from);
        scatter(above, to, y.values(), block * to);
    }

    /** Sets the weights between the two to {@code keep w + factor g}, g being their gradient: 0 where no row has both. */
    void addGradient(Lane lane, Scaled weights, Units x, int seen, Units y, int block) {
        int from = x.open().width();
        int to = y.open().width();
        count = y.open().meet(block, x.open(), seen, met);
        gather(x.values(), seen * from, from, below);
        gather(y.gradients(), block * to, to, above);
        lane.gemm()
                .leftTransposed(above, 0, 0)
                .right(below, 0, 0)
                .into(weights.matrix(), block * to, seen * from)
                .multiply(to, from, count, weights.factor(), weights.keep());
    }

    /**
     * Where a gradient goes.
     *
     * @param matrix [above, below]
     * @param factor on the gradient
     * @param keep factor on what the matrix holds
     */
    record Scaled(NativeMatrix matrix, float factor, float keep) {}

    /** Adds to the gradient at a block of x what comes from a block of y. */
    void addInputGradient(Lane lane, NativeMatrix weights, Units x, int seen, Units y, int block) {
        int from = x.open().width();
        int to = y.open().width();
        count = y.open().meet(block, x.open(), seen, met);
        if (count == 0) {
            return;
        }
        gather(y.gradients(), block * to, to, above);
        lane.gemm()
                .left(above, 0, 0)
                .right(weights, block * to, seen * from)
                .into(below, 0, 0)
                .multiply(count, from, to);
        scatter(below, from, x.gradients(), seen * from);
    }

    private void gather(NativeMatrix from, int column, int width, NativeMatrix to) {
        if (from == of) {
            for (int i = 0; i < count; i++) {
                to.put(i, 0, remembered[met[i]], column, width);
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            from.get(met[i], column, row, 0, width);
            to.put(i, 0, row, 0, width);
        }
    }

    private void scatter(NativeMatrix from, int width, NativeMatrix to, int column) {
        for (int i = 0; i < count; i++) {
            from.get(i, 0, row, 0, width);
            to.get(met[i], column, sum, 0, width);
            for (int j = 0; j < width; j++) {
                sum[j] += row[j];
            }
            to.put(met[i], column, sum, 0, width);
        }
    }

    @Override
    public void close() {
        below.close();
        above.close();
    }
}
