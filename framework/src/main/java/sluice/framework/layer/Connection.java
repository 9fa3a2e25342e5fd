package sluice.framework.layer;

import sluice.framework.internal.kernel.PatchGrid;

/**
 * How the weights of a layer meet what is below it, whatever the widths of both. Each unit has {@link #span} weights per
 * unit below, side by side.
 */
public sealed interface Connection {
    /** Every unit sees every value below, of which a unit has one. */
    Connection FULL = new Full(1);

    /** Weights between a unit and one below. */
    int span();

    /** How often an example meets each weight. */
    int uses();

    /** Values of a unit below. */
    int values();

    /** Values of a unit of the layer: what each has to say to a dense layer above. */
    int outputs();

    /**
     * A dense layer.
     *
     * @param span values of each unit below
     */
    record Full(int span) implements Connection {
        @Override
        public int values() {
            return span;
        }

        @Override
        public int uses() {
            return 1;
        }

        @Override
        public int outputs() {
            return 1;
        }
    }

    /**
     * A convolution, a unit of which is a whole map, and the maximum of each square of positions. What does not fill a
     * square at the right and the lower edge is left out.
     *
     * @param grid where the kernel lies on the maps below
     * @param pool positions of a side of a square, 1 for no pooling
     */
    record Convolution(PatchGrid grid, int pool) implements Connection {
        int height() {
            return grid.rows() / pool;
        }

        public int width() {
            return grid.columns() / pool;
        }

        @Override
        public int span() {
            return grid.taps();
        }

        @Override
        public int values() {
            return grid.pixels();
        }

        @Override
        public int uses() {
            return outputs() * pool * pool;
        }

        @Override
        public int outputs() {
            return height() * width();
        }
    }
}
