package sluice.framework.predict.internal.layer;

import java.util.ArrayList;
import java.util.List;
import sluice.framework.predict.internal.kernel.PatchGrid;
import sluice.framework.predict.internal.kernel.PoolingWindows;

/**
 * A convolution cut into tiles whose patches and products stay near: runs of squares, as many rows of
 * them as fit. The cut depends on sizes alone.
 */
public final class ConvTiles {
    /** Floats of the patches and products of a tile, where one square is not more already. */
    private static final int MOST_FLOATS = 450_000;

    /** Columns of a tile, likewise: longer rows do no good. */
    private static final int MOST_COLUMNS = 1536;

    private final List<PoolingWindows> tiles;
    private final int columns;

    /**
     * Cuts a convolution.
     *
     * @param below units below
     * @param units of the layer
     * @param room examples of a position
     */
    public ConvTiles(PooledGrid convolution, int below, int units, int room) {
        int perSquare = Math.multiplyExact(convolution.pool() * convolution.pool(), room);
        long perColumn = (long) below * convolution.grid().taps() + units;
        long squares = Math.max(1, Math.min(MOST_COLUMNS, MOST_FLOATS / perColumn) / perSquare);
        int width = evenly(convolution.width(), squares);
        int height = evenly(convolution.height(), Math.max(1, squares / convolution.width()));
        List<PoolingWindows> cut = new ArrayList<>();
        for (int top = 0; top < convolution.height(); top += height) {
            for (int left = 0; left < convolution.width(); left += width) {
                cut.add(squares(
                        convolution,
                        top,
                        Math.min(convolution.height(), top + height),
                        left,
                        Math.min(convolution.width(), left + width),
                        room));
            }
        }
        tiles = List.copyOf(cut);
        columns = Math.multiplyExact(width * height, perSquare);
    }

    /** The length of parts that are as equal as can be and no longer than that. */
    private static int evenly(int whole, long most) {
        int parts = (int) ((whole + most - 1) / most);
        return (whole + parts - 1) / parts;
    }

    private static PoolingWindows squares(PooledGrid convolution, int top, int bottom, int left, int right, int room) {
        int side = convolution.pool();
        return new PoolingWindows(
                new PatchGrid.Tile(top * side, bottom * side, left * side, right * side),
                side,
                convolution.width(),
                room);
    }

    /** {@return how many there are} */
    public int count() {
        return tiles.size();
    }

    /** {@return one of them, from 0} */
    public PoolingWindows get(int index) {
        return tiles.get(index);
    }

    /** Columns of the patches of the largest tile: positions times examples. */
    public int columns() {
        return columns;
    }
}
