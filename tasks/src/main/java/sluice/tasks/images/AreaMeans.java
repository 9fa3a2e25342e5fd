package sluice.tasks.images;

/**
 * Pixels of another size, each the mean of the area that it covers of those stored, in parts of pixels where it ends within
 * some.
 *
 * @param stored what is resized
 * @param size of the result
 */
record AreaMeans(Pixels stored, PixelSize size) implements Pixels {
    @Override
    public double at(Channel channel, int x, int y) {
        Span columns = new Span(x, size.width(), stored.size().width());
        Span rows = new Span(y, size.height(), stored.size().height());
        double sum = 0;
        for (int row = rows.first(); row <= rows.last(); row++) {
            double line = 0;
            for (int column = columns.first(); column <= columns.last(); column++) {
                line += columns.covered(column) * stored.at(channel, column, row);
            }
            sum += rows.covered(row) * line;
        }
        return sum / ((double) columns.stored * rows.stored);
    }

    /**
     * What a pixel covers along one side; a stored pixel is as many units long as there are pixels of the result, so that
     * all ends are whole numbers.
     *
     * @param place of the pixel
     * @param pixels of the result
     * @param stored pixels
     */
    private record Span(int place, int pixels, int stored) {
        int first() {
            return (int) (start() / pixels);
        }

        int last() {
            return (int) ((end() - 1) / pixels);
        }

        /** Units of a stored pixel that are in it. */
        long covered(int index) {
            return Math.min(end(), (index + 1L) * pixels) - Math.max(start(), (long) index * pixels);
        }

        private long start() {
            return (long) place * stored;
        }

        private long end() {
            return (place + 1L) * stored;
        }
    }
}
