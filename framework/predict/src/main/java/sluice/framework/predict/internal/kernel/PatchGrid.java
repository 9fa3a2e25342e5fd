package sluice.framework.predict.internal.kernel;

import static sluice.framework.predict.internal.kernel.Arguments.checkArgument;

/**
 * Where a square kernel lies on an image: at every position one pixel after the other, row by row. The kernel's own pixels
 * are its taps, row-major as well.
 *
 * @param height pixels of a column of the image, at least 1
 * @param width pixels of a row, at least 1
 * @param kernel pixels of a side of the kernel, at least 1
 * @param padding what lies beyond the edge
 */
public record PatchGrid(int height, int width, int kernel, Padding padding) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if the kernel does not fit on the image
     */
    public PatchGrid {
        checkArgument(height >= 1 && width >= 1, "an image has at least 1 x 1 pixels, got %s x %s", height, width);
        checkArgument(kernel >= 1, "kernel must be at least 1, got %s", kernel);
        int added = padding.added(kernel);
        checkArgument(
                kernel <= height + added && kernel <= width + added,
                "a kernel of %s x %s does not fit on an image of %s x %s",
                kernel,
                kernel,
                height,
                width);
        checkArgument((long) kernel * kernel * height * width <= Integer.MAX_VALUE, "an image or kernel is too large");
    }

    /** {@return positions above one another} */
    public int rows() {
        return height + padding.added(kernel) - kernel + 1;
    }

    /** {@return positions beside one another} */
    public int columns() {
        return width + padding.added(kernel) - kernel + 1;
    }

    /** {@return positions of the kernel} */
    public int positions() {
        return rows() * columns();
    }

    /** {@return pixels of the kernel} */
    public int taps() {
        return kernel * kernel;
    }

    /** {@return pixels of the image} */
    public int pixels() {
        return height * width;
    }

    /** {@return all positions} */
    public Tile whole() {
        return new Tile(0, rows(), 0, columns());
    }

    /** Zeros before the first pixel of a row or column. */
    int before() {
        return padding.before(kernel);
    }

    /**
     * A rectangle of positions.
     *
     * @param firstRow its first row
     * @param endRow row after its last
     * @param firstColumn its first column
     * @param endColumn column after its last
     */
    public record Tile(int firstRow, int endRow, int firstColumn, int endColumn) {
        /** Checks the ranges. */
        public Tile {
            checkArgument(
                    firstRow >= 0 && firstRow < endRow && firstColumn >= 0 && firstColumn < endColumn,
                    "a tile has at least one position, got rows %s to %s, columns %s to %s",
                    firstRow,
                    endRow,
                    firstColumn,
                    endColumn);
        }

        /** {@return positions above one another} */
        public int rows() {
            return endRow - firstRow;
        }

        /** {@return positions beside one another} */
        public int columns() {
            return endColumn - firstColumn;
        }

        /** {@return positions} */
        public int positions() {
            return rows() * columns();
        }
    }
}
