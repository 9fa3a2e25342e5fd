package sluice.framework.predict.internal.kernel;

/**
 * Squares of positions, of each of which one value goes on.
 *
 * @param tile positions before pooling; its rows and columns begin and end at squares
 * @param side positions of a side of a square, at least 1
 * @param width squares beside one another in the whole map
 * @param batch examples of a position
 */
public record PoolingWindows(PatchGrid.Tile tile, int side, int width, int batch) {
    /** {@return values of a map before pooling} */
    public int fullLength() {
        return tile.positions() * batch;
    }

    /** {@return rows of squares in the tile} */
    public int rows() {
        return tile.rows() / side;
    }

    /** {@return columns of squares in the tile} */
    public int columns() {
        return tile.columns() / side;
    }

    int pooledLength() {
        return rows() * columns() * batch;
    }

    /** Values of a row of squares. */
    int run() {
        return columns() * batch;
    }

    /** Members of a square. */
    int members() {
        return side * side;
    }

    /** Where a row of squares lies in the whole map. */
    public int column(int row) {
        return ((tile.firstRow() / side + row) * width + tile.firstColumn() / side) * batch;
    }

    /** Where a member of a square lies in the tile: members are numbered row by row. */
    public int member(int row, int column, int number) {
        int y = row * side + number / side;
        int x = column * side + number % side;
        return (y * tile.columns() + x) * batch;
    }
}
