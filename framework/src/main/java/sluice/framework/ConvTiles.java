package sluice.framework;

import com.google.common.collect.ImmutableList;
import sluice.framework.kernel.PatchGrid;
import sluice.framework.kernel.Pooling;

/**
 * A convolution cut into tiles whose patches and products stay in the second-level cache: runs of squares, as many rows of
 * them as fit. The cut depends on sizes alone.
 */
final class ConvTiles {
    /** Floats of the patches and products of a tile, where one square is not more already. */
    private static final int MOST_FLOATS = 160_000;

    private final ImmutableList<Pooling.Squares> tiles;
    private final int columns;

    /**
     * @param below units below
     * @param units of the layer
     * @param room examples of a position
     */
    ConvTiles(Connection.Convolution convolution, int below, int units, int room) {
        int perSquare = Math.multiplyExact(convolution.pool() * convolution.pool(), room);
        long perColumn = (long) below * convolution.span() + units;
        long squares = Math.max(1, MOST_FLOATS / (perColumn * perSquare));
        int width = (int) Math.min(squares, convolution.width());
        int height = (int) Math.min(Math.max(1, squares / convolution.width()), convolution.height());
        ImmutableList.Builder<Pooling.Squares> cut = ImmutableList.builder();
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
        tiles = cut.build();
        columns = Math.multiplyExact(width * height, perSquare);
    }

    private static Pooling.Squares squares(
            Connection.Convolution convolution, int top, int bottom, int left, int right, int room) {
        int side = convolution.pool();
        return new Pooling.Squares(
                new PatchGrid.Tile(top * side, bottom * side, left * side, right * side),
                side,
                convolution.width(),
                room);
    }

    int count() {
        return tiles.size();
    }

    Pooling.Squares get(int index) {
        return tiles.get(index);
    }

    /** Columns of the patches of the largest tile: positions times examples. */
    int columns() {
        return columns;
    }
}
