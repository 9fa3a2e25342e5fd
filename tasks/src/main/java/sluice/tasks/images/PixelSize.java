package sluice.tasks.images;

/**
 * The size of an image.
 *
 * @param height pixels of a column
 * @param width pixels of a row
 */
record PixelSize(int height, int width) {
    long pixels() {
        return (long) height * width;
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
