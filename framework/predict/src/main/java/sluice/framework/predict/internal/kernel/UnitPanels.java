package sluice.framework.predict.internal.kernel;

import static sluice.framework.predict.internal.kernel.Arguments.checkArgument;

/**
 * Weights on the heap, those of neighbouring units side by side: so a value below meets many units at once ({@link RowProduct}). Rows that
 * were never written are zeros. Of use to any number of threads once it is written.
 */
public final class UnitPanels implements WeightRows {
    /** Most units of a panel: their sums and the weights of some values below stay in the first-level cache. */
    private static final int MOST_UNITS = 512;

    /** [panel][column][unit of the panel]. */
    private final float[][][] panels;

    /** Units of every panel but the last, which has the rest. */
    private final int width;

    private final int rows;
    private final int columns;
    private boolean finite = true;

    private UnitPanels(int rows, int columns) {
        int count = ceiling(rows, MOST_UNITS);
        this.width = ceiling(rows, count);
        this.panels = new float[count][columns][];
        this.rows = rows;
        this.columns = columns;
        for (int p = 0; p < count; p++) {
            for (int i = 0; i < columns; i++) {
                panels[p][i] = new float[units(p)];
            }
        }
    }

    /**
     * {@return weights that are zeros}
     *
     * @param rows units, at least 1
     * @param columns weights of each, at least 1
     * @throws IllegalArgumentException if there are none of either
     */
    public static UnitPanels allocate(int rows, int columns) {
        checkArgument(rows >= 1 && columns >= 1, "weights of %s x %s do not fit", rows, columns);
        return new UnitPanels(rows, columns);
    }

    private static int ceiling(int dividend, int divisor) {
        return (dividend + divisor - 1) / divisor;
    }

    int panels() {
        return panels.length;
    }

    /** The weights of its units [column][unit of the panel]. */
    float[][] panel(int index) {
        return panels[index];
    }

    /** Units of a panel. */
    int units(int panel) {
        return Math.min(width, rows - first(panel));
    }

    /** The first unit of a panel. */
    int first(int panel) {
        return panel * width;
    }

    /** Whether none is infinite or no number, so that a value of 0 below adds nothing. */
    boolean isFinite() {
        return finite;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public void put(int row, int column, float[] source, int from, int length) {
        float[][] panel = panels[row / width];
        int unit = row % width;
        for (int i = 0; i < length; i++) {
            float value = source[from + i];
            panel[column + i][unit] = value;
            finite &= Float.isFinite(value);
        }
    }

    @Override
    public void get(int row, int column, float[] target, int from, int length) {
        float[][] panel = panels[row / width];
        int unit = row % width;
        for (int i = 0; i < length; i++) {
            target[from + i] = panel[column + i][unit];
        }
    }

    @Override
    public void close() {
        // the garbage collector sees it
    }
}
