package sluice.framework.layer.convolution;

import sluice.framework.internal.kernel.PatchGrid;
import sluice.framework.layer.pooling.Pooling;

/**
 * Where a convolution's kernel lies, and what becomes of the positions.
 *
 * @param grid of the kernel on the maps below
 * @param pool positions of a side of a square, 1 for no pooling
 * @param pooling what of a square goes on
 */
record PooledGrid(PatchGrid grid, int pool, Pooling pooling) {
    int height() {
        return grid.rows() / pool;
    }

    /** Values of a row of a map. */
    int width() {
        return grid.columns() / pool;
    }

    /** Values of a map. */
    int values() {
        return height() * width();
    }
}
